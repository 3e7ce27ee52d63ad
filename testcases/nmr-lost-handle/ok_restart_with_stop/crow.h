#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CROW_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Handle;
    BOOLEAN Stopped;
} CROW_EXTENSION, *PCROW_EXTENSION;

DRIVER_DISPATCH CrowPass, CrowPnp;
NTSTATUS CrowOffer(PCROW_EXTENSION Extension);
VOID CrowWithdraw(PCROW_EXTENSION Extension);
