/* stonechat: the outer level goes with the outer lock; inner ones use the DPC forms, nested three deep. */
#include <ntddk.h>

typedef struct _STONECHAT_NODE {
    KSPIN_LOCK Lock;
    struct _STONECHAT_NODE *Next;
    ULONG Value;
} STONECHAT_NODE, *PSTONECHAT_NODE;

static KSPIN_LOCK StonechatLock;
static STONECHAT_NODE StonechatNodes[3];

static ULONG
StonechatSum(VOID)
{
    PSTONECHAT_NODE node, next;
    ULONG sum = 0;
    KIRQL irql;

    KeAcquireSpinLock(&StonechatLock, &irql);
    node = &StonechatNodes[0];
    KeAcquireSpinLockAtDpcLevel(&node->Lock);
    KeReleaseSpinLockFromDpcLevel(&StonechatLock);
    while (node != NULL) {
        sum += node->Value;
        next = node->Next;
        if (next != NULL) {
            KeAcquireSpinLockAtDpcLevel(&next->Lock);
        }
        KeReleaseSpinLockFromDpcLevel(&node->Lock);
        node = next;
    }
    KeLowerIrql(irql);
    return sum;
}

static VOID
StonechatInitialize(VOID)
{
    ULONG i;

    KeInitializeSpinLock(&StonechatLock);
    for (i = 0; i < ARRAYSIZE(StonechatNodes); i++) {
        KeInitializeSpinLock(&StonechatNodes[i].Lock);
        StonechatNodes[i].Next = i + 1 < ARRAYSIZE(StonechatNodes) ? &StonechatNodes[i + 1] : NULL;
    }
}

static NTSTATUS NTAPI
StonechatControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = StonechatSum() != 0 ? STATUS_SUCCESS : STATUS_NO_MORE_ENTRIES;
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT StonechatDevice;

static NTSTATUS NTAPI
StonechatCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
StonechatUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(StonechatDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    StonechatInitialize();
    DriverObject->MajorFunction[IRP_MJ_CREATE] = StonechatCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = StonechatCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = StonechatControl;
    DriverObject->DriverUnload = StonechatUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &StonechatDevice);
}
