#include "defer.h"

typedef struct job { LIST_ENTRY link; defer_fn *fn; void *context; } job_t;

static LIST_ENTRY jobs;
static KSPIN_LOCK jobs_lock;
static KTIMER jobs_timer;
static KDPC jobs_dpc;

static BOOLEAN
defer_run_one(void)
{
    PLIST_ENTRY entry = ExInterlockedRemoveHeadList(&jobs, &jobs_lock);
    job_t *job;

    if (entry == NULL)
        return FALSE;
    job = CONTAINING_RECORD(entry, job_t, link);
    job->fn(job->context);
    ExFreePoolWithTag(job, 'rfeD');
    return TRUE;
}

static VOID NTAPI
defer_dpc(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    (void)dpc;
    (void)context;
    (void)a;
    (void)b;
    while (defer_run_one())
        ;
}

void
defer_start(void)
{
    LARGE_INTEGER due = { .QuadPart = -100000LL };

    InitializeListHead(&jobs);
    KeInitializeSpinLock(&jobs_lock);
    KeInitializeTimerEx(&jobs_timer, SynchronizationTimer);
    KeInitializeDpc(&jobs_dpc, defer_dpc, NULL);
    KeSetTimerEx(&jobs_timer, due, 10, &jobs_dpc);
}

void
defer_stop(void)
{
    KeCancelTimer(&jobs_timer);
    KeFlushQueuedDpcs();
}

void
defer_add(defer_fn *fn, void *context)
{
    job_t *job = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*job), 'rfeD');

    if (job != NULL) {
        job->fn = fn;
        job->context = context;
        ExInterlockedInsertTailList(&jobs, &job->link, &jobs_lock);
    }
}
