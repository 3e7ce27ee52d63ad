#include "harbor.h"

static VOID HarborAcquire(PHARBOR Harbor) { KeAcquireGuardedMutex(&Harbor->Mutex); }
static VOID HarborRelease(PHARBOR Harbor) { KeReleaseGuardedMutex(&Harbor->Mutex); }

ULONG
HarborDocks(PHARBOR Harbor)
{
    ULONG docks;

    HarborAcquire(Harbor);
    docks = Harbor->Docks;
    HarborRelease(Harbor);
    return docks;
}

VOID
HarborConfigure(PHARBOR Harbor, ULONG Docks)
{
    HarborAcquire(Harbor);
    Harbor->Docks = Docks;
    HarborRelease(Harbor);
}
