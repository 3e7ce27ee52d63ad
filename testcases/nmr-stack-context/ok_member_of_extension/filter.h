#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _COOT_STATE {
    ULONG Flags;
    volatile LONG Clients;
} COOT_STATE, *PCOOT_STATE;

typedef struct _COOT_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Provider;
    COOT_STATE State;
} COOT_EXTENSION, *PCOOT_EXTENSION;

NTSTATUS CootOffer(PCOOT_STATE State, PHANDLE Handle);
VOID CootWithdraw(HANDLE Handle);
