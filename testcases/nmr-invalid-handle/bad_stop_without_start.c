/*
 * Defect: a STOP request deregisters whether or not a START request came before; any caller can send it alone.
 * (Twin: ok_stop_without_start.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_WREN_START CTL_CODE(FILE_DEVICE_NETWORK, 0x830, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_WREN_STOP  CTL_CODE(FILE_DEVICE_NETWORK, 0x831, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WrenUnload;

static HANDLE WrenHandle;
static const NPIID WrenNpiId =
    { 0x5cfc2c8c, 0x6c47, 0x4495, { 0x85, 0x55, 0x7a, 0xd9, 0x40, 0xb7, 0xf9, 0x0b } };

static const NPI_MODULEID WrenModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x3768df28, 0xe283, 0x42b4, { 0x8d, 0x0f, 0xcb, 0x4e, 0x0c, 0x9f, 0xf8, 0x76 } } }
};

static NPI_PROVIDER_ATTACH_CLIENT_FN WrenAttachClient;
static NPI_PROVIDER_DETACH_CLIENT_FN WrenDetachClient;

static const ULONG_PTR WrenDispatch[1] = { 0 };
static volatile LONG WrenClients;

static NTSTATUS NTAPI
WrenAttachClient(
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

    if (InterlockedCompareExchange(&WrenClients, 1, 0) != 0)
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = WrenDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
WrenDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    InterlockedExchange(&WrenClients, 0);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS WrenProvider =
{
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    WrenAttachClient,
    WrenDetachClient,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &WrenNpiId,
        &WrenModuleId,
        0,
        NULL
    }
};

static NTSTATUS
WrenStart(
    VOID
    )
{
    HANDLE Handle;
    NTSTATUS Status;

    if (WrenHandle != NULL)
    {
        return STATUS_ALREADY_REGISTERED;
    }

    Status = NmrRegisterProvider(&WrenProvider, NULL, &Handle);
    if (NT_SUCCESS(Status))
    {
        WrenHandle = Handle;
    }
    return Status;
}

static NTSTATUS
WrenStop(
    VOID
    )
{
    if (NmrDeregisterProvider(WrenHandle) == STATUS_PENDING) // EXPECT: nmr-invalid-handle
    {
        NmrWaitForProviderDeregisterComplete(WrenHandle);
    }
    WrenHandle = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
WrenControl(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    NTSTATUS Status;
    ULONG Code = IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (Code == IOCTL_WREN_START)
    {
        Status = WrenStart();
    }
    else if (Code == IOCTL_WREN_STOP)
    {
        Status = WrenStop();
    }
    else
    {
        Status = STATUS_INVALID_DEVICE_REQUEST;
    }

    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI
WrenUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    IoDeleteDevice(DriverObject->DeviceObject);
    if (WrenHandle != NULL)
    {
        WrenStop();
    }
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = WrenControl;
    DriverObject->DriverUnload = WrenUnload;
    return STATUS_SUCCESS;
}
