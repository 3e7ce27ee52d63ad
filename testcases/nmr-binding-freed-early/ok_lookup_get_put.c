// An IOCTL looks a binding up, takes a reference for the time of its use, and puts it; the list and the NMR have theirs.
#include <ntddk.h>
#include <netioddk.h>

#define BALSAM_TAG 'slaB'

typedef struct _BALSAM_PROVIDER { USHORT Version; NTSTATUS (NTAPI *Query)(PVOID ProviderContext, PULONG Value); } BALSAM_PROVIDER;

typedef struct _BALSAM_BINDING {
    LIST_ENTRY Link;
    volatile LONG References;
    ULONG Number;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const BALSAM_PROVIDER *Provider;
} BALSAM_BINDING, *PBALSAM_BINDING;

static KSPIN_LOCK BalsamLock;
static LIST_ENTRY BalsamList;
static HANDLE BalsamClient;
static PDEVICE_OBJECT BalsamDevice;

static const NPIID BalsamNpiId = { 0x380b368a, 0x1bd7, 0x4fb0, { 0xa8, 0x93, 0x55, 0xdf, 0xa9, 0xc6, 0x23, 0x90 } };
static const NPI_MODULEID BalsamModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x05cd41d2, 0x2ac2, 0x44d9, { 0xd2, 0x8e, 0xaf, 0x4d, 0x2f, 0xe8, 0xd7, 0x95 } } } };

static VOID
BalsamPut(PBALSAM_BINDING Binding)
{
    if (InterlockedDecrement(&Binding->References) == 0) {
        ExFreePoolWithTag(Binding, BALSAM_TAG);
    }
}

static PBALSAM_BINDING
BalsamFind(ULONG Number)
{
    PBALSAM_BINDING found = NULL;
    PLIST_ENTRY entry;
    KIRQL irql;

    KeAcquireSpinLock(&BalsamLock, &irql);
    for (entry = BalsamList.Flink; entry != &BalsamList; entry = entry->Flink) {
        PBALSAM_BINDING binding = CONTAINING_RECORD(entry, BALSAM_BINDING, Link);

        if (binding->Number == Number) {
            InterlockedIncrement(&binding->References);
            found = binding;
            break;
        }
    }
    KeReleaseSpinLock(&BalsamLock, irql);
    return found;
}

static NTSTATUS NTAPI
BalsamAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PBALSAM_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), BALSAM_TAG);
    NTSTATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(ClientContext);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->References = 1;
    binding->Number = ProviderInstance->Number;
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, (const VOID **)&binding->Provider);
    if (!NT_SUCCESS(status)) {
        BalsamPut(binding);
        return status;
    }
    InterlockedIncrement(&binding->References);
    KeAcquireSpinLock(&BalsamLock, &irql);
    InsertTailList(&BalsamList, &binding->Link);
    KeReleaseSpinLock(&BalsamLock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
BalsamDetach(PVOID ClientBindingContext)
{
    PBALSAM_BINDING binding = ClientBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&BalsamLock, &irql);
    RemoveEntryList(&binding->Link);
    KeReleaseSpinLock(&BalsamLock, irql);
    BalsamPut(binding);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BalsamCleanup(PVOID ClientBindingContext)
{
    BalsamPut(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS BalsamCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = BalsamAttach,
    .ClientDetachProvider = BalsamDetach,
    .ClientCleanupBindingContext = BalsamCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &BalsamNpiId,
        .ModuleId = &BalsamModuleId,
    },
};

static NTSTATUS NTAPI
BalsamControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PBALSAM_BINDING binding = BalsamFind(IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode);
    NTSTATUS status = STATUS_NOT_FOUND;
    ULONG value;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (binding != NULL) {
        status = binding->Provider->Query(binding->ProviderContext, &value);
        BalsamPut(binding);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
BalsamUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(BalsamClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BalsamClient);
    }
    IoDeleteDevice(BalsamDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&BalsamLock);
    InitializeListHead(&BalsamList);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &BalsamDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NmrRegisterClient(&BalsamCharacteristics, NULL, &BalsamClient);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(BalsamDevice);
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BalsamControl;
    DriverObject->DriverUnload = BalsamUnload;
    return STATUS_SUCCESS;
}
