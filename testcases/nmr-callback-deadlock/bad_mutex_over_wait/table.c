#include "juniper.h"

static KGUARDED_MUTEX JuniperMutex;
static LIST_ENTRY JuniperClients;

VOID
JuniperTableInitialize(VOID)
{
    KeInitializeGuardedMutex(&JuniperMutex);
    InitializeListHead(&JuniperClients);
}

VOID
JuniperTableLock(VOID)
{
    KeAcquireGuardedMutex(&JuniperMutex);
}

VOID
JuniperTableUnlock(VOID)
{
    KeReleaseGuardedMutex(&JuniperMutex);
}

VOID
JuniperTableInsert(PJUNIPER_CLIENT Client)
{
    KeAcquireGuardedMutex(&JuniperMutex);
    InsertTailList(&JuniperClients, &Client->Link);
    KeReleaseGuardedMutex(&JuniperMutex);
}

VOID
JuniperTableRemove(PJUNIPER_CLIENT Client)
{
    KeAcquireGuardedMutex(&JuniperMutex); // EXPECT: irql-too-high
    RemoveEntryList(&Client->Link);
    KeReleaseGuardedMutex(&JuniperMutex);
}
