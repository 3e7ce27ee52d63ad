/* ledger: Enter and Leave take what the flags ask for; a flag is a bit, a boolean, or one of the two only. */
#include <ntddk.h>

#define LEDGER_LOCK 0x01
#define LEDGER_TRACE 0x02

typedef struct _LEDGER {
    KSPIN_LOCK Lock;
    KIRQL Irql;
    ULONG Pages;
} LEDGER, *PLEDGER;

static LEDGER Ledger;

static VOID
LedgerEnter(PLEDGER L, ULONG Flags)
{
    KIRQL irql;

    if (Flags & LEDGER_LOCK) {
        KeAcquireSpinLock(&L->Lock, &irql);
        L->Irql = irql;
    }
}

static VOID
LedgerLeave(PLEDGER L, ULONG Flags)
{
    if (Flags & LEDGER_LOCK) {
        KeReleaseSpinLock(&L->Lock, L->Irql);
    }
}

/* The caller that holds the lock already says so. */
static ULONG
LedgerCount(PLEDGER L, BOOLEAN Locked)
{
    KIRQL irql = 0;
    ULONG pages;

    if (!Locked) {
        KeAcquireSpinLock(&L->Lock, &irql);
    }
    pages = ++L->Pages;
    if (!Locked) {
        KeReleaseSpinLock(&L->Lock, irql);
    }
    return pages;
}

NTSTATUS
LedgerWrite(ULONG Flags, PULONG Pages)
{
    NTSTATUS status = STATUS_SUCCESS;

    LedgerEnter(&Ledger, Flags);
    if (Ledger.Pages > 1000) {
        status = STATUS_QUOTA_EXCEEDED;
        goto Done;
    }
    *Pages = LedgerCount(&Ledger, (Flags & LEDGER_LOCK) != 0);
    if (Flags & LEDGER_TRACE) {
        DbgPrint("ledger: %u\n", *Pages);
    }
Done:
    LedgerLeave(&Ledger, Flags);
    return status;
}

NTSTATUS
LedgerFlush(VOID)
{
    LedgerEnter(&Ledger, LEDGER_LOCK | LEDGER_TRACE);
    Ledger.Pages = 0;
    LedgerLeave(&Ledger, LEDGER_LOCK | LEDGER_TRACE);
    return ZwFlushKey(NULL);
}
