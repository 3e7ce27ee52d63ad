#pragma once
#include <ntddk.h>
#include <netioddk.h>

struct tunnel {
    HANDLE nmr;
    NPI_CLIENT_CHARACTERISTICS chars;
    NPI_MODULEID module;
    volatile LONG bindings;
    PVOID peer_context;
    const VOID *peer_dispatch;
};

NTSTATUS tunnel_create(ULONG luid, struct tunnel **out);
void tunnel_destroy(struct tunnel *tunnel);
