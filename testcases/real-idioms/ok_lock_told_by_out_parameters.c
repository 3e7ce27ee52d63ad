/* moraine: the caller knows from an out parameter and its own argument whether the lock is held; enter and exit are a pair. */
#include <ntddk.h>

typedef struct moraine_queue {
    KSPIN_LOCK lock;
    BOOLEAN busy, worker;
    PVOID handle;
} moraine_queue_t;

static moraine_queue_t moraine_rx, moraine_tx;

static VOID
moraine_enter(BOOLEAN transmit, moraine_queue_t **queue, PVOID *handle)
{
    *queue = transmit ? &moraine_tx : &moraine_rx;
    *handle = (*queue)->handle;
    if (*handle == NULL)
        return;
    KeAcquireSpinLockAtDpcLevel(&(*queue)->lock);
    if (transmit) {
        if ((*queue)->busy || (*queue)->worker)
            *handle = NULL;
        else
            (*queue)->busy = TRUE;
        KeReleaseSpinLockFromDpcLevel(&(*queue)->lock);
    }
}

static VOID
moraine_exit(moraine_queue_t *queue)
{
    if (queue->busy) {
        KeAcquireSpinLockAtDpcLevel(&queue->lock);
        queue->busy = FALSE;
    }
    KeReleaseSpinLockFromDpcLevel(&queue->lock);
}

static KDEFERRED_ROUTINE moraine_dpc;

static VOID NTAPI
moraine_dpc(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    moraine_queue_t *queue;
    PVOID handle;

    UNREFERENCED_PARAMETER(dpc);
    UNREFERENCED_PARAMETER(b);
    moraine_enter(a != NULL, &queue, &handle);
    if (handle != NULL)
        moraine_exit(queue);
    UNREFERENCED_PARAMETER(context);
}

static KDPC moraine_dpc_object;

static VOID NTAPI
moraine_unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    KeRemoveQueueDpc(&moraine_dpc_object);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    KeInitializeSpinLock(&moraine_rx.lock);
    KeInitializeSpinLock(&moraine_tx.lock);
    KeInitializeDpc(&moraine_dpc_object, moraine_dpc, NULL);
    driver->DriverUnload = moraine_unload;
    return STATUS_SUCCESS;
}
