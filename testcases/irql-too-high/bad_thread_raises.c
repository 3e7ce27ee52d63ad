/* trio: a thread raises to keep the processor, and writes its log before it lowers. */
#include <ntddk.h>

typedef struct _TRIO {
    PVOID Thread;
    HANDLE Log;
    KEVENT Stop;
    ULONG Samples[64];
} TRIO, *PTRIO;

static TRIO Trio;

static ULONG
TrioSample(PTRIO T)
{
    ULONG i, sum = 0;

    for (i = 0; i < ARRAYSIZE(T->Samples); i++) {
        T->Samples[i] = (ULONG)KeQueryPerformanceCounter(NULL).QuadPart;
        sum += T->Samples[i];
    }
    return sum;
}

static VOID
TrioWrite(PTRIO T)
{
    IO_STATUS_BLOCK iosb;

    ZwWriteFile(T->Log, NULL, NULL, NULL, &iosb, T->Samples, sizeof(T->Samples), NULL, NULL); // EXPECT: irql-too-high
}

static VOID NTAPI
TrioMain(PVOID StartContext)
{
    PTRIO trio = StartContext;
    LARGE_INTEGER pause = { .QuadPart = -10000000LL };
    KIRQL old;

    while (KeWaitForSingleObject(&trio->Stop, Executive, KernelMode, FALSE, &pause) == STATUS_TIMEOUT) {
        old = KeRaiseIrqlToDpcLevel();
        if (TrioSample(trio) > 0xFFFF0000) {
            TrioWrite(trio);
        }
        KeLowerIrql(old);
        TrioWrite(trio);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

NTSTATUS
TrioStart(HANDLE Log)
{
    NTSTATUS status;
    HANDLE thread;

    Trio.Log = Log;
    KeInitializeEvent(&Trio.Stop, NotificationEvent, FALSE);
    status = PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, TrioMain, &Trio);
    if (NT_SUCCESS(status)) {
        status = ObReferenceObjectByHandle(thread, SYNCHRONIZE, *PsThreadType, KernelMode, &Trio.Thread, NULL);
        ZwClose(thread);
    }
    return status;
}
