/* scree: begin and end of a batch take and release a lock under the same test of the object's data: they are a pair. */
#include <ntddk.h>

typedef struct scree_program {
    BOOLEAN has_map;
} scree_program_t;

typedef struct scree_queue {
    scree_program_t *program;
    KIRQL lock_irql;
    ULONG batches;
} scree_queue_t;

static EX_SPIN_LOCK scree_map_lock;
static scree_queue_t scree_queue;

static VOID
scree_batch_begin(scree_queue_t *queue)
{
    queue->batches++;
    if (queue->program != NULL && queue->program->has_map)
        queue->lock_irql = ExAcquireSpinLockShared(&scree_map_lock);
}

static VOID
scree_batch_end(scree_queue_t *queue)
{
    if (queue->program != NULL && queue->program->has_map)
        ExReleaseSpinLockShared(&scree_map_lock, queue->lock_irql);
}

static KDEFERRED_ROUTINE scree_dpc;

static VOID NTAPI
scree_dpc(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    scree_queue_t *queue = context;

    UNREFERENCED_PARAMETER(dpc);
    UNREFERENCED_PARAMETER(a);
    UNREFERENCED_PARAMETER(b);
    scree_batch_begin(queue);
    KeQueryTickCount((PLARGE_INTEGER)a);
    scree_batch_end(queue);
}

static KDPC scree_dpc_object;

static VOID NTAPI
scree_unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    KeRemoveQueueDpc(&scree_dpc_object);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    KeInitializeDpc(&scree_dpc_object, scree_dpc, &scree_queue);
    driver->DriverUnload = scree_unload;
    return STATUS_SUCCESS;
}
