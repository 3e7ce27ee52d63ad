#pragma once
#include <ntddk.h>
#include <wsk.h>

/* At most one WSK client at a time. */
NTSTATUS CrossbillOpen(VOID);
VOID CrossbillClose(VOID);
