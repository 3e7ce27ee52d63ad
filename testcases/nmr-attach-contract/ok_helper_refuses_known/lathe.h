#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define LATHE_MAX 4

typedef struct lathe { ULONG number; volatile LONG used; void *provider; const void *dispatch; } lathe_t;

/* Attaches to a provider that is not attached yet. */
NTSTATUS lathe_bind(HANDLE nmr_handle, ULONG number);
void lathe_unbind(lathe_t *lathe);
