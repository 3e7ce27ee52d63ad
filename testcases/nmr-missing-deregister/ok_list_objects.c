/* Good: both the request that removes one object and unload go through the same destroy function. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_ADD CTL_CODE(FILE_DEVICE_NETWORK, 0x820, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_DEL CTL_CODE(FILE_DEVICE_NETWORK, 0x821, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define NODE_TAG 'edoN'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD NodeUnload;

static const NPIID NodeNpiId = { 0x6c3a6944, 0xa808, 0x4a7c, { 0xbb, 0xb6, 0x78, 0x8d, 0xbe, 0xc5, 0x4a, 0x9f } };
static const NPI_MODULEID NodeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x61c86826, 0x9647, 0x487a, { 0x6b, 0x98, 0x01, 0x89, 0x73, 0x75, 0xdb, 0x2b } } } };
static const ULONG NodeDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } NodePeer;

static NTSTATUS NTAPI NodeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &NodePeer, &NodeDispatch, &NodePeer.Context, &NodePeer.Dispatch);
}

static NTSTATUS NTAPI NodeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    NodePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS NodeClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), NodeAttach, NodeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &NodeNpiId, &NodeModuleId, 0, NULL }
};

typedef struct _NODE {
    LIST_ENTRY Link;
    ULONG Key;
    HANDLE Handle;
} NODE, *PNODE;

static LIST_ENTRY NodeList;
static FAST_MUTEX NodeLock;

static VOID NodeDestroy(PNODE Node)
{
    if (NmrDeregisterClient(Node->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Node->Handle);
    }
    ExFreePoolWithTag(Node, NODE_TAG);
}

static NTSTATUS NodeAdd(ULONG Key)
{
    PNODE Node = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Node), NODE_TAG);
    NTSTATUS Status;

    if (Node == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Node->Key = Key;
    Status = NmrRegisterClient(&NodeClient, NULL, &Node->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Node, NODE_TAG);
        return Status;
    }
    ExAcquireFastMutex(&NodeLock);
    InsertTailList(&NodeList, &Node->Link);
    ExReleaseFastMutex(&NodeLock);
    return STATUS_SUCCESS;
}

static PNODE NodeUnlink(ULONG Key)
{
    PNODE Found = NULL;
    PLIST_ENTRY Link;

    ExAcquireFastMutex(&NodeLock);
    for (Link = NodeList.Flink; Link != &NodeList; Link = Link->Flink) {
        PNODE Node = CONTAINING_RECORD(Link, NODE, Link);

        if (Node->Key == Key) {
            RemoveEntryList(&Node->Link);
            Found = Node;
            break;
        }
    }
    ExReleaseFastMutex(&NodeLock);
    return Found;
}

static NTSTATUS NTAPI NodeControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG Key = *(PULONG)Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS Status;
    PNODE Node;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        Status = STATUS_BUFFER_TOO_SMALL;
    } else if (Stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_ADD) {
        Status = NodeAdd(Key);
    } else {
        Node = NodeUnlink(Key);
        if (Node != NULL) {
            NodeDestroy(Node);
            Status = STATUS_SUCCESS;
        } else {
            Status = STATUS_NOT_FOUND;
        }
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI NodeUnload(PDRIVER_OBJECT DriverObject)
{
    while (!IsListEmpty(&NodeList)) {
        NodeDestroy(CONTAINING_RECORD(RemoveHeadList(&NodeList), NODE, Link));
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    InitializeListHead(&NodeList);
    ExInitializeFastMutex(&NodeLock);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = NodeControl;
    DriverObject->DriverUnload = NodeUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
}
