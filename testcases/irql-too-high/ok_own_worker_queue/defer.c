#include "defer.h"

typedef struct job { LIST_ENTRY link; defer_fn *fn; void *context; } job_t;

static LIST_ENTRY jobs;
static KSPIN_LOCK jobs_lock;
static KEVENT jobs_wake, jobs_ended;
static BOOLEAN jobs_stop;

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
defer_thread(PVOID context)
{
    (void)context;
    while (!jobs_stop) {
        KeWaitForSingleObject(&jobs_wake, Executive, KernelMode, FALSE, NULL);
        while (defer_run_one())
            ;
    }
    KeSetEvent(&jobs_ended, IO_NO_INCREMENT, FALSE);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

void
defer_start(void)
{
    HANDLE thread;

    InitializeListHead(&jobs);
    KeInitializeSpinLock(&jobs_lock);
    KeInitializeEvent(&jobs_wake, SynchronizationEvent, FALSE);
    KeInitializeEvent(&jobs_ended, NotificationEvent, FALSE);
    if (NT_SUCCESS(PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, defer_thread, NULL)))
        ZwClose(thread);
    else
        KeSetEvent(&jobs_ended, IO_NO_INCREMENT, FALSE);
}

void
defer_stop(void)
{
    jobs_stop = TRUE;
    KeSetEvent(&jobs_wake, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(&jobs_ended, Executive, KernelMode, FALSE, NULL);
}

void
defer_add(defer_fn *fn, void *context)
{
    job_t *job = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*job), 'rfeD');

    if (job != NULL) {
        job->fn = fn;
        job->context = context;
        ExInterlockedInsertTailList(&jobs, &job->link, &jobs_lock);
        KeSetEvent(&jobs_wake, IO_NO_INCREMENT, FALSE);
    }
}
