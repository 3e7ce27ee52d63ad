#include "server.h"

NUTHATCH_QUEUE NuthatchQueue;

static KSTART_ROUTINE NuthatchQueueThread;

static VOID NTAPI
NuthatchQueueThread(PVOID Context)
{
    PNUTHATCH_QUEUE queue = Context;
    PLIST_ENTRY entry;
    BOOLEAN stop = FALSE;
    KIRQL irql;

    for (;;) {
        KeWaitForSingleObject(&queue->Wake, Executive, KernelMode, FALSE, NULL);
        for (;;) {
            KeAcquireSpinLock(&queue->Lock, &irql);
            if (IsListEmpty(&queue->Ops)) {
                stop = queue->Stop;
                KeReleaseSpinLock(&queue->Lock, irql);
                break;
            }
            entry = RemoveHeadList(&queue->Ops);
            KeReleaseSpinLock(&queue->Lock, irql);
            PNUTHATCH_OP op = CONTAINING_RECORD(entry, NUTHATCH_OP, Link);
            op->Work(op);
        }
        if (stop) {
            break;
        }
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

NTSTATUS
NuthatchQueueStart(PNUTHATCH_QUEUE Queue)
{
    OBJECT_ATTRIBUTES attributes;
    HANDLE thread;
    NTSTATUS status;

    KeInitializeSpinLock(&Queue->Lock);
    InitializeListHead(&Queue->Ops);
    KeInitializeEvent(&Queue->Wake, SynchronizationEvent, FALSE);
    Queue->Stop = FALSE;
    InitializeObjectAttributes(&attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, &attributes, NULL, NULL, NuthatchQueueThread, Queue);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, *PsThreadType, KernelMode, (PVOID *)&Queue->Thread, NULL);
    if (!NT_SUCCESS(status)) {
        Queue->Stop = TRUE;
        KeSetEvent(&Queue->Wake, IO_NO_INCREMENT, FALSE);
        ZwWaitForSingleObject(thread, FALSE, NULL);
    }
    ZwClose(thread);
    return status;
}

VOID
NuthatchQueueStop(PNUTHATCH_QUEUE Queue)
{
    KIRQL irql;

    KeAcquireSpinLock(&Queue->Lock, &irql);
    Queue->Stop = TRUE;
    KeReleaseSpinLock(&Queue->Lock, irql);
    KeSetEvent(&Queue->Wake, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(Queue->Thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(Queue->Thread);
}

VOID
NuthatchQueuePut(PNUTHATCH_QUEUE Queue, PNUTHATCH_OP Op)
{
    KIRQL irql;

    KeAcquireSpinLock(&Queue->Lock, &irql);
    InsertTailList(&Queue->Ops, &Op->Link);
    KeReleaseSpinLock(&Queue->Lock, irql);
    KeSetEvent(&Queue->Wake, IO_NO_INCREMENT, FALSE);
}
