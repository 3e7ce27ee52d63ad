#include "crocus.h"

static KSPIN_LOCK CrocusLock;
static LIST_ENTRY CrocusClients;
static KTIMER CrocusTimer;
static KDPC CrocusDpc;

VOID
CrocusListInsert(PCROCUS_CLIENT Client)
{
    KIRQL irql;

    KeAcquireSpinLock(&CrocusLock, &irql);
    InsertTailList(&CrocusClients, &Client->Link);
    KeReleaseSpinLock(&CrocusLock, irql);
}

VOID
CrocusListRemove(PCROCUS_CLIENT Client)
{
    RemoveEntryList(&Client->Link);
}

/* Every half second: complete the detaches that were asked for. */
static VOID NTAPI
CrocusSweep(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PLIST_ENTRY entry, next;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);

    KeAcquireSpinLockAtDpcLevel(&CrocusLock);
    for (entry = CrocusClients.Flink; entry != &CrocusClients; entry = next) {
        PCROCUS_CLIENT client = CONTAINING_RECORD(entry, CROCUS_CLIENT, Link);

        next = entry->Flink;
        if (client->Detaching) {
            CrocusListRemove(client);
            NmrProviderDetachClientComplete(client->NmrBindingHandle);
        }
    }
    KeReleaseSpinLockFromDpcLevel(&CrocusLock);
}

VOID
CrocusStart(VOID)
{
    LARGE_INTEGER due = { .QuadPart = -5000000LL };

    KeInitializeSpinLock(&CrocusLock);
    InitializeListHead(&CrocusClients);
    KeInitializeTimerEx(&CrocusTimer, SynchronizationTimer);
    KeInitializeDpc(&CrocusDpc, CrocusSweep, NULL);
    KeSetTimerEx(&CrocusTimer, due, 500, &CrocusDpc);
}

VOID
CrocusStop(VOID)
{
    KeCancelTimer(&CrocusTimer);
    KeFlushQueuedDpcs();
}
