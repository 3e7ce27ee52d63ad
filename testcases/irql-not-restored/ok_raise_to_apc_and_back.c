/* shoveler: APCs are held off while the file is written; the level is lowered on every way out, by __finally. */
#include <ntddk.h>

NTSTATUS
ShovelerRun(PKSPIN_LOCK Lock, PULONG Counters, ULONG Length)
{
    KIRQL old, irql;
    NTSTATUS status = STATUS_SUCCESS;

    KeRaiseIrql(APC_LEVEL, &old);
    __try {
        if (Length > 100) {
            status = STATUS_INVALID_PARAMETER;
            __leave;
        }
        KeAcquireSpinLock(Lock, &irql);
        Counters[Length]++;
        KeReleaseSpinLock(Lock, irql);
        if (Counters[0] == 7) {
            return STATUS_ALERTED;
        }
    } __finally {
        KeLowerIrql(old);
    }
    return status;
}
