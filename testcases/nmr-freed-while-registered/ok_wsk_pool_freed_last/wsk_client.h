#pragma once
#include <ntddk.h>
#include <wsk.h>

typedef struct _CROSSBILL {
    WSK_REGISTRATION Registration;
    WSK_CLIENT_DISPATCH Dispatch;
    ULONG Events;
} CROSSBILL, *PCROSSBILL;

NTSTATUS CrossbillOpen(PCROSSBILL *Crossbill);
VOID CrossbillClose(PCROSSBILL Crossbill);
