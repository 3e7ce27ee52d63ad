/*
 * Good: the stop function takes the handle out of its place with an interlocked exchange; whoever gets NULL has nothing
 * to do. It runs on every close and on unload.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HarrierUnload;

static PVOID volatile HarrierHandle;
static const NPIID HarrierNpiId = { 0x89d75293, 0xb0a5, 0x4b34, { 0x85, 0x3c, 0xc9, 0x74, 0x49, 0xc5, 0x0d, 0x94 } };
static const NPI_MODULEID HarrierModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x5044f7bb, 0xc056, 0x4bba, { 0x89, 0x23, 0x8e, 0x41, 0xc9, 0x98, 0x07, 0xe0 } } }
};
static const ULONG HarrierDispatch = 5;
static volatile LONG HarrierClients;

static NTSTATUS NTAPI HarrierAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&HarrierClients);
    *ProviderBindingContext = (PVOID)&HarrierClients;
    *ProviderDispatch = &HarrierDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI HarrierDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS HarrierProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), HarrierAttachClient, HarrierDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HarrierNpiId, &HarrierModuleId, 0, NULL }
};

static VOID HarrierStop(VOID)
{
    HANDLE Handle = InterlockedExchangePointer(&HarrierHandle, NULL);

    if (Handle != NULL) {
        NTSTATUS Status = NmrDeregisterProvider(Handle);

        NT_ASSERT(Status == STATUS_PENDING);
        if (Status == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Handle);
        }
    }
}

static NTSTATUS NTAPI HarrierCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    if (IoGetCurrentIrpStackLocation(Irp)->MajorFunction == IRP_MJ_CLOSE) {
        HarrierStop();
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI HarrierUnload(PDRIVER_OBJECT DriverObject)
{
    HarrierStop();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&HarrierProvider, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    InterlockedExchangePointer(&HarrierHandle, Handle);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HarrierCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HarrierCreateClose;
    DriverObject->DriverUnload = HarrierUnload;
    return STATUS_SUCCESS;
}
