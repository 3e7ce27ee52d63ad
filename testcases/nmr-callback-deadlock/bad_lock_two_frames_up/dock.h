#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _DOCK { EX_PUSH_LOCK Lock; ULONG Plugged; HANDLE Handle; BOOLEAN Up; } DOCK, *PDOCK;

typedef NTSTATUS (*PDOCK_STEP)(PDOCK Dock);

VOID DockLock(PDOCK Dock);
VOID DockUnlock(PDOCK Dock);
NTSTATUS DockRunSteps(PDOCK Dock, const PDOCK_STEP *Steps, ULONG Count);
NTSTATUS DockRegister(PDOCK Dock);
VOID DockDeregister(PDOCK Dock);
