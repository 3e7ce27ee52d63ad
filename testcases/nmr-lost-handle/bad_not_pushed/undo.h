#pragma once
#include <ntddk.h>

/* A stack of what must be undone, last first. */
typedef VOID UNDO_FN(PVOID Argument);

VOID UndoPush(UNDO_FN *Function, PVOID Argument);
VOID UndoAll(VOID);
