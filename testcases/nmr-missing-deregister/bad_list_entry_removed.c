/*
 * Defect: the objects on a list own their registrations' handles; the request that removes one frees it without ending
 * the registration. Unload, which empties the list, does it right. Characteristics and contexts are static.
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_ADD CTL_CODE(FILE_DEVICE_NETWORK, 0x820, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_DEL CTL_CODE(FILE_DEVICE_NETWORK, 0x821, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define ENTRY_TAG 'ytnE'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ListUnload;

static const NPIID ListNpiId = { 0x4ee29ca1, 0x2c7d, 0x4126, { 0x54, 0xbd, 0x0e, 0x52, 0x75, 0xde, 0x61, 0x35 } };
static const NPI_MODULEID ListModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x38693532, 0x0221, 0x4250, { 0x26, 0x41, 0xe3, 0x09, 0xd5, 0xeb, 0x6d, 0xda } } } };
static const ULONG ListDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ListPeer;

static NTSTATUS NTAPI ListAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ListPeer, &ListDispatch, &ListPeer.Context, &ListPeer.Dispatch);
}

static NTSTATUS NTAPI ListDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ListPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ListClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ListAttach, ListDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ListNpiId, &ListModuleId, 0, NULL }
};

typedef struct _ENTRY {
    LIST_ENTRY Link;
    ULONG Key;
    HANDLE Handle;
} ENTRY, *PENTRY;

static LIST_ENTRY ListHead;
static FAST_MUTEX ListLock;

static NTSTATUS ListAdd(ULONG Key)
{
    PENTRY Entry = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Entry), ENTRY_TAG);
    NTSTATUS Status;

    if (Entry == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Entry->Key = Key;
    Status = NmrRegisterClient(&ListClient, NULL, &Entry->Handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Entry, ENTRY_TAG);
        return Status;
    }
    ExAcquireFastMutex(&ListLock);
    InsertTailList(&ListHead, &Entry->Link);
    ExReleaseFastMutex(&ListLock);
    return STATUS_SUCCESS;
}

static NTSTATUS ListRemove(ULONG Key)
{
    NTSTATUS Status = STATUS_NOT_FOUND;
    PLIST_ENTRY Link;

    ExAcquireFastMutex(&ListLock);
    for (Link = ListHead.Flink; Link != &ListHead; Link = Link->Flink) {
        PENTRY Entry = CONTAINING_RECORD(Link, ENTRY, Link);

        if (Entry->Key == Key) {
            RemoveEntryList(&Entry->Link);
            ExFreePoolWithTag(Entry, ENTRY_TAG);
            Status = STATUS_SUCCESS;
            break;
        }
    }
    ExReleaseFastMutex(&ListLock);
    return Status;
}

static NTSTATUS NTAPI ListControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        Status = STATUS_BUFFER_TOO_SMALL;
    } else if (Stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_ADD) {
        Status = ListAdd(*(PULONG)Irp->AssociatedIrp.SystemBuffer);
    } else if (Stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_DEL) {
        Status = ListRemove(*(PULONG)Irp->AssociatedIrp.SystemBuffer);
    } else {
        Status = STATUS_INVALID_DEVICE_REQUEST;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI ListUnload(PDRIVER_OBJECT DriverObject)
{
    while (!IsListEmpty(&ListHead)) {
        PENTRY Entry = CONTAINING_RECORD(RemoveHeadList(&ListHead), ENTRY, Link);

        if (NmrDeregisterClient(Entry->Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Entry->Handle);
        }
        ExFreePoolWithTag(Entry, ENTRY_TAG);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    InitializeListHead(&ListHead);
    ExInitializeFastMutex(&ListLock);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ListControl;
    DriverObject->DriverUnload = ListUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
}
