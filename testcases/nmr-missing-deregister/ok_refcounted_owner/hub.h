#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* Reference counted; the last put, always at PASSIVE_LEVEL, ends the registration and frees the hub. */
struct hub {
    volatile LONG references;
    HANDLE handle;
};

NTSTATUS hub_create(struct hub **out);
void hub_get(struct hub *hub);
void hub_put(struct hub *hub);
