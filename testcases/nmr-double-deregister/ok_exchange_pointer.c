/* Good: shutdown and unload both stop; whoever takes the handle out of the variable ends it. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CootUnload;

static const NPIID CootNpiId = { 0x6d5da896, 0xb967, 0x4dfa, { 0xcc, 0xfc, 0x66, 0xf6, 0x50, 0x79, 0x49, 0xe4 } };
static const NPI_MODULEID CootModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa483fdad, 0xa3a0, 0x43e0, { 0xee, 0x69, 0xf8, 0x8c, 0xc1, 0xba, 0xb8, 0x73 } } } };
static const ULONG CootDispatch[2] = { 8, 1 };
static volatile LONG CootClients;

static NTSTATUS NTAPI CootAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CootClients);
    *ProviderBindingContext = (PVOID)&CootClients;
    *ProviderDispatch = CootDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CootDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CootProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CootAttachClient, CootDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CootNpiId, &CootModuleId, 0, NULL }
};

static PVOID volatile CootHandle;

static VOID CootStop(VOID)
{
    HANDLE Handle = InterlockedExchangePointer(&CootHandle, NULL);

    if (Handle == NULL) {
        return;
    }
    if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Handle);
    }
}

static NTSTATUS NTAPI CootShutdown(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    CootStop();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI CootUnload(PDRIVER_OBJECT DriverObject)
{
    CootStop();
    IoUnregisterShutdownNotification(DriverObject->DeviceObject);
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&CootProvider, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    InterlockedExchangePointer(&CootHandle, Handle);
    Status = IoRegisterShutdownNotification(DeviceObject);
    if (!NT_SUCCESS(Status)) {
        CootStop();
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_SHUTDOWN] = CootShutdown;
    DriverObject->DriverUnload = CootUnload;
    return STATUS_SUCCESS;
}
