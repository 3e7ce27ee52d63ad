#pragma once
#include <ntddk.h>
#include <wsk.h>

typedef enum _NET_STATE { NetDown, NetRegistered, NetCaptured } NET_STATE;

typedef struct _NET {
    NET_STATE State;
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI Provider;
} NET, *PNET;

NTSTATUS NetStart(PNET Net, ULONG Timeout);
VOID NetStop(PNET Net);
