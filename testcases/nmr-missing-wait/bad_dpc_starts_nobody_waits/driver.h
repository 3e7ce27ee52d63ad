#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* A client that lives for a fixed time. */
NTSTATUS TimedStart(VOID);
VOID TimedStop(VOID);
