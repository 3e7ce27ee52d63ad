#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* One lock for the configuration of the harbor. */
typedef struct _HARBOR { KGUARDED_MUTEX Mutex; ULONG Docks; ULONG Taken; PVOID Provider; const VOID *Dispatch; } HARBOR, *PHARBOR;

VOID HarborConfigure(PHARBOR Harbor, ULONG Docks);
ULONG HarborDocks(PHARBOR Harbor);
NTSTATUS HarborJoin(PHARBOR Harbor);
VOID HarborLeave(VOID);
