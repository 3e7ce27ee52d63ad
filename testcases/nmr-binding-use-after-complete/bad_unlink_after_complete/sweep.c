#include "iris.h"

static KSPIN_LOCK IrisLock;
static LIST_ENTRY IrisClients;
static KTIMER IrisTimer;
static KDPC IrisDpc;

VOID
IrisListInsert(PIRIS_CLIENT Client)
{
    KIRQL irql;

    KeAcquireSpinLock(&IrisLock, &irql);
    InsertTailList(&IrisClients, &Client->Link);
    KeReleaseSpinLock(&IrisLock, irql);
}

VOID
IrisListRemove(PIRIS_CLIENT Client)
{
    RemoveEntryList(&Client->Link); // EXPECT: nmr-binding-use-after-complete
}

/* Every half second: complete the detaches that were asked for. */
static VOID NTAPI
IrisSweep(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PLIST_ENTRY entry, next;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);

    KeAcquireSpinLockAtDpcLevel(&IrisLock);
    for (entry = IrisClients.Flink; entry != &IrisClients; entry = next) {
        PIRIS_CLIENT client = CONTAINING_RECORD(entry, IRIS_CLIENT, Link);

        next = entry->Flink;
        if (client->Detaching) {
            NmrProviderDetachClientComplete(client->NmrBindingHandle);
            IrisListRemove(client);
        }
    }
    KeReleaseSpinLockFromDpcLevel(&IrisLock);
}

VOID
IrisStart(VOID)
{
    LARGE_INTEGER due = { .QuadPart = -5000000LL };

    KeInitializeSpinLock(&IrisLock);
    InitializeListHead(&IrisClients);
    KeInitializeTimerEx(&IrisTimer, SynchronizationTimer);
    KeInitializeDpc(&IrisDpc, IrisSweep, NULL);
    KeSetTimerEx(&IrisTimer, due, 500, &IrisDpc);
}

VOID
IrisStop(VOID)
{
    KeCancelTimer(&IrisTimer);
    KeFlushQueuedDpcs();
}
