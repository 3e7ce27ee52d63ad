#pragma once
#include <ntddk.h>

typedef enum _MOORHEN_MODE { MoorhenIdle, MoorhenRead, MoorhenWrite, MoorhenFlush } MOORHEN_MODE;

VOID MoorhenLockInitialize(VOID);
VOID MoorhenLockEnter(MOORHEN_MODE Mode);
VOID MoorhenLockLeave(MOORHEN_MODE Mode);

NTSTATUS MoorhenSessionRun(MOORHEN_MODE Mode);
