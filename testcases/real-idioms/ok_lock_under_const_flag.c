/* runnel: the same bit of a structure that everybody reads through pointers to const decides on taking and on releasing the lock. */
#include <ntddk.h>

#define RUNNEL_UNDER_LOCK 0x10
#define RUNNEL_LOG 0x20

typedef struct runnel_filter {
    UINT64 context, id;
} runnel_filter_t;

static KSPIN_LOCK runnel_lock;

typedef struct runnel_data {
    const runnel_filter_t *filter;
    ULONG layer;
} runnel_data_t;

/* Another module's. */
ULONG runnel_layer_name(ULONG layer);
VOID runnel_log(const runnel_filter_t *filter);
VOID runnel_examine(runnel_data_t *data);

static VOID
runnel_classify(ULONG layer, const runnel_filter_t *filter, ULONG *action)
{
    KIRQL irql = PASSIVE_LEVEL;
    runnel_data_t *data = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*data), 'nnuR');

    if (data == NULL)
        goto exit;
    data->filter = filter;
    data->layer = layer;
    if (filter->context & RUNNEL_UNDER_LOCK)
        KeAcquireSpinLock(&runnel_lock, &irql);
    if (filter->context & RUNNEL_LOG)
        DbgPrint("runnel: %u\n", runnel_layer_name(layer));
    else if (runnel_layer_name(layer) == 3)
        runnel_log(filter);
    runnel_examine(data);
    if (filter->context & RUNNEL_UNDER_LOCK)
        KeReleaseSpinLock(&runnel_lock, irql);
exit:
    if (data != NULL)
        ExFreePoolWithTag(data, 'nnuR');
    *action = 1;
}

static KDEFERRED_ROUTINE runnel_dpc;

static VOID NTAPI
runnel_dpc(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    ULONG action;

    UNREFERENCED_PARAMETER(dpc);
    UNREFERENCED_PARAMETER(b);
    runnel_classify((ULONG)(ULONG_PTR)a, context, &action);
}

static KDPC runnel_dpc_object;
static runnel_filter_t runnel_filter;

static VOID NTAPI
runnel_unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    KeRemoveQueueDpc(&runnel_dpc_object);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    KeInitializeSpinLock(&runnel_lock);
    KeInitializeDpc(&runnel_dpc_object, runnel_dpc, &runnel_filter);
    driver->DriverUnload = runnel_unload;
    return STATUS_SUCCESS;
}
