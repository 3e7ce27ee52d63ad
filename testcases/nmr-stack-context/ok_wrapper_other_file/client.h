#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* What a user of this module sees of it. The user provides the memory. */
typedef struct _CLIENT_USER {
    VOID (*Arrived)(struct _CLIENT_USER *User, ULONG Number);
    volatile LONG Arrivals;
} CLIENT_USER, *PCLIENT_USER;

NTSTATUS ClientBegin(PVOID User);
VOID ClientEnd(VOID);
