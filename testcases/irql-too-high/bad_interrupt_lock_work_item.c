/* sextant: the shared register is read under the interrupt's lock, and the result is handed on before the release. */
#include <wdm.h>

typedef struct _SEXTANT {
    PKINTERRUPT Interrupt;
    PULONG Port;
    PIO_WORKITEM Work;
    ULONG Angle;
} SEXTANT, *PSEXTANT;

IO_WORKITEM_ROUTINE SextantWorker;

VOID NTAPI
SextantWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    DbgPrint("sextant: %lu\n", ((PSEXTANT)Context)->Angle);
}

VOID
SextantRead(PSEXTANT S)
{
    KIRQL irql;

    irql = KeAcquireInterruptSpinLock(S->Interrupt);
    S->Angle = READ_REGISTER_ULONG(S->Port);
    if (S->Angle > 3600) {
        IoQueueWorkItem(S->Work, SextantWorker, DelayedWorkQueue, S); // EXPECT: irql-too-high
    }
    KeReleaseInterruptSpinLock(S->Interrupt, irql);
    IoQueueWorkItem(S->Work, SextantWorker, DelayedWorkQueue, S);
}
