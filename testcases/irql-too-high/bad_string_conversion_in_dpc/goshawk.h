#pragma once
#include <ntddk.h>

extern ULONG GoshawkLogCount;

VOID GoshawkLog(PCSTR Text);
VOID GoshawkWatchStart(VOID);
VOID GoshawkWatchStop(VOID);

#define GOSHAWK_LOG_IF(cond, text) do { if (cond) { GoshawkLog(text); } } while (0)
