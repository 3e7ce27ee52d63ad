/*
 * Defect: the shutdown handler ends the registration, and unload does so again.
 * (Twin: ok_stop_then_unload.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BeechUnload;

static HANDLE BeechHandle;
static const NPIID BeechNpiId = { 0xe7a492b6, 0xa4e1, 0x4a31, { 0x88, 0x6b, 0x6e, 0x92, 0x4a, 0x57, 0x3c, 0x40 } };
static const NPI_MODULEID BeechModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x548e25d8, 0x03a1, 0x4a75, { 0x8e, 0xb4, 0x63, 0x57, 0x8d, 0x35, 0x19, 0x90 } } }
};
static const ULONG BeechDispatch = 4;
static volatile LONG BeechClients;

static NTSTATUS NTAPI BeechAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BeechClients);
    *ProviderBindingContext = (PVOID)&BeechClients;
    *ProviderDispatch = &BeechDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BeechDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BeechProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BeechAttachClient, BeechDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BeechNpiId, &BeechModuleId, 0, NULL }
};

static VOID BeechEnd(VOID)
{
    if (NmrDeregisterProvider(BeechHandle) == STATUS_PENDING) { // EXPECT: nmr-double-deregister
        NmrWaitForProviderDeregisterComplete(BeechHandle);
    }
}

static NTSTATUS NTAPI BeechShutdown(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    BeechEnd();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI BeechUnload(PDRIVER_OBJECT DriverObject)
{
    IoUnregisterShutdownNotification(DriverObject->DeviceObject);
    BeechEnd();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&BeechProvider, NULL, &BeechHandle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    Status = IoRegisterShutdownNotification(DeviceObject);
    if (!NT_SUCCESS(Status)) {
        BeechEnd();
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_SHUTDOWN] = BeechShutdown;
    DriverObject->DriverUnload = BeechUnload;
    return STATUS_SUCCESS;
}
