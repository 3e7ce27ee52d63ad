/*
 * Defect: there is an unload routine, and it does not know of the registration.
 * (Twin: ok_boot_never_unloads.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD KnotUnload;

static HANDLE KnotHandle;
static UNICODE_STRING KnotName = RTL_CONSTANT_STRING(L"\\Device\\Knot");
static const NPIID KnotNpiId =
    { 0x51741e11, 0x90cf, 0x4e7c, { 0x8a, 0x4d, 0x25, 0x4a, 0x95, 0x66, 0x2b, 0x04 } };

static const NPI_MODULEID KnotModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x29f2549a, 0xfb16, 0x4045, { 0x82, 0x7e, 0xc6, 0x7c, 0xbe, 0x31, 0x47, 0x75 } } }
};

static NPI_PROVIDER_ATTACH_CLIENT_FN KnotAttachClient;
static NPI_PROVIDER_DETACH_CLIENT_FN KnotDetachClient;

static const ULONG_PTR KnotDispatch[1] = { 0 };
static volatile LONG KnotClients;

static NTSTATUS NTAPI
KnotAttachClient(
    HANDLE NmrBindingHandle,
    PVOID ProviderContext,
    PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext,
    const VOID *ClientDispatch,
    PVOID *ProviderBindingContext,
    const VOID **ProviderDispatch
    )
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);

    if (InterlockedCompareExchange(&KnotClients, 1, 0) != 0)
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = KnotDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
KnotDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    InterlockedExchange(&KnotClients, 0);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS KnotProvider =
{
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    KnotAttachClient,
    KnotDetachClient,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &KnotNpiId,
        &KnotModuleId,
        0,
        NULL
    }
};

static NTSTATUS NTAPI
KnotCreateClose(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);

    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI
KnotUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    PDEVICE_OBJECT Device;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Status = IoCreateDevice(DriverObject, 0, &KnotName, FILE_DEVICE_NETWORK, 0, FALSE, &Device);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    DriverObject->MajorFunction[IRP_MJ_CREATE] = KnotCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = KnotCreateClose;
    DriverObject->DriverUnload = KnotUnload;

    Status = NmrRegisterProvider(&KnotProvider, NULL, &KnotHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status))
    {
        IoDeleteDevice(Device);
    }
    return Status;
}
