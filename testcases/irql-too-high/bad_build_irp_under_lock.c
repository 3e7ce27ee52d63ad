/* hobby: builds a synchronous request with the queue locked; that is for APC_LEVEL at most. */
#include <ntddk.h>

typedef struct _HOBBY { KSPIN_LOCK Lock; PDEVICE_OBJECT Target; PIRP Current; IO_STATUS_BLOCK Iosb; KEVENT Event; } HOBBY, *PHOBBY;

static PIRP
HobbyBuild(PHOBBY H, ULONG Code)
{
    KeInitializeEvent(&H->Event, NotificationEvent, FALSE);
    return IoBuildDeviceIoControlRequest(Code, H->Target, NULL, 0, NULL, 0, FALSE, &H->Event, &H->Iosb); // EXPECT: irql-too-high
}

NTSTATUS
HobbySend(PHOBBY H, ULONG Code)
{
    NTSTATUS status = STATUS_DEVICE_BUSY;
    KLOCK_QUEUE_HANDLE queue;
    PIRP irp = NULL;

    KeAcquireInStackQueuedSpinLock(&H->Lock, &queue);
    if (H->Current == NULL) {
        H->Current = HobbyBuild(H, Code);
        irp = H->Current;
    }
    KeReleaseInStackQueuedSpinLock(&queue);
    if (irp != NULL) {
        status = IoCallDriver(H->Target, irp);
        if (status == STATUS_PENDING) {
            KeWaitForSingleObject(&H->Event, Executive, KernelMode, FALSE, NULL);
            status = H->Iosb.Status;
        }
    }
    return status;
}
