/* gadwall: the port's lock is taken through its table of functions. */
#include <ntddk.h>

typedef struct _GADWALL_PORT {
    const struct _GADWALL_OPS *Ops;
    KSPIN_LOCK Lock;
    KIRQL Irql;
    ULONG Sent;
} GADWALL_PORT, *PGADWALL_PORT;

typedef struct _GADWALL_OPS {
    VOID (*Lock)(PGADWALL_PORT Port);
    VOID (*Unlock)(PGADWALL_PORT Port);
} GADWALL_OPS;

static VOID
GadwallLock(PGADWALL_PORT Port)
{
    KIRQL irql;

    KeAcquireSpinLock(&Port->Lock, &irql);
    Port->Irql = irql;
}

static VOID
GadwallUnlock(PGADWALL_PORT Port)
{
    KeReleaseSpinLock(&Port->Lock, Port->Irql);
}

static const GADWALL_OPS GadwallOps = { GadwallLock, GadwallUnlock };

NTSTATUS
GadwallSend(PGADWALL_PORT Port, PVOID Buffer, ULONG Length)
{
    Port->Ops->Lock(Port);
    if (Length > 1500) {
        return STATUS_INVALID_BUFFER_SIZE; // EXPECT: irql-not-restored
    }
    Port->Sent += Length;
    RtlZeroMemory(Buffer, Length);
    Port->Ops->Unlock(Port);
    return STATUS_SUCCESS;
}

VOID
GadwallAttach(PGADWALL_PORT Port)
{
    KeInitializeSpinLock(&Port->Lock);
    Port->Ops = &GadwallOps;
}
