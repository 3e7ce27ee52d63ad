// IOCTL "forget" throws a binding away that the NMR still knows; the list is the driver's own, the memory is not, yet.
#include <ntddk.h>
#include <netioddk.h>

#define BORAGE_TAG 'groB'

typedef struct _BORAGE_BINDING {
    LIST_ENTRY Link;
    ULONG Number;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} BORAGE_BINDING, *PBORAGE_BINDING;

static KSPIN_LOCK BorageLock;
static LIST_ENTRY BorageList;
static HANDLE BorageClient;
static PDEVICE_OBJECT BorageDevice;

static const NPIID BorageNpiId = { 0x75858503, 0xe82e, 0x48c6, { 0x15, 0x4b, 0x0e, 0x41, 0x3a, 0xeb, 0xee, 0xb6 } };
static const NPI_MODULEID BorageModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x25dbcf96, 0x0bb2, 0x4666, { 0xa4, 0x31, 0xee, 0x5c, 0x04, 0x44, 0x00, 0xda } } } };

static NTSTATUS NTAPI
BorageAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PBORAGE_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), BORAGE_TAG);
    NTSTATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(ClientContext);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->Number = ProviderInstance->Number;
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, BORAGE_TAG);
        return status;
    }
    KeAcquireSpinLock(&BorageLock, &irql);
    InsertTailList(&BorageList, &binding->Link);
    KeReleaseSpinLock(&BorageLock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
BorageDetach(PVOID ClientBindingContext)
{
    KIRQL irql;

    KeAcquireSpinLock(&BorageLock, &irql);
    RemoveEntryList(&((PBORAGE_BINDING)ClientBindingContext)->Link);
    KeReleaseSpinLock(&BorageLock, irql);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BorageCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, BORAGE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS BorageCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BorageAttach, BorageDetach, BorageCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BorageNpiId, &BorageModuleId, 0, NULL }
};

static VOID
BorageForget(ULONG Number)
{
    PLIST_ENTRY entry;
    KIRQL irql;

    KeAcquireSpinLock(&BorageLock, &irql);
    for (entry = BorageList.Flink; entry != &BorageList; entry = entry->Flink) {
        PBORAGE_BINDING binding = CONTAINING_RECORD(entry, BORAGE_BINDING, Link);

        if (binding->Number == Number) {
            RemoveEntryList(&binding->Link);
            ExFreePoolWithTag(binding, BORAGE_TAG); // EXPECT: nmr-binding-freed-early
            break;
        }
    }
    KeReleaseSpinLock(&BorageLock, irql);
}

static NTSTATUS NTAPI
BorageControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    BorageForget(IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BorageUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(BorageClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BorageClient);
    }
    IoDeleteDevice(BorageDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&BorageLock);
    InitializeListHead(&BorageList);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &BorageDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NmrRegisterClient(&BorageCharacteristics, NULL, &BorageClient);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(BorageDevice);
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BorageControl;
    DriverObject->DriverUnload = BorageUnload;
    return STATUS_SUCCESS;
}
