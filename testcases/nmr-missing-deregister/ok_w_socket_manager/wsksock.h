#pragma once
#include <ntddk.h>
#include <wsk.h>

typedef struct _SOCK_MANAGER {
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI Npi;
    LONG State;             /* SOCK_STATE_* */
} SOCK_MANAGER, *PSOCK_MANAGER;

#define SOCK_STATE_NONE       0
#define SOCK_STATE_REGISTERED 1
#define SOCK_STATE_CAPTURED   2

NTSTATUS SockManagerStart(PSOCK_MANAGER Manager, ULONG Timeout);
VOID SockManagerStop(PSOCK_MANAGER Manager);
NTSTATUS SockCreateDatagram(PSOCK_MANAGER Manager, PWSK_SOCKET *Socket);
