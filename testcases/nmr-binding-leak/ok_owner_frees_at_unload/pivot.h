#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct pivot { struct pivot *next; BOOLEAN busy; void *provider; const void *dispatch; } pivot_t;

pivot_t *pivot_alloc(void);
void pivot_release(pivot_t *pivot);
void pivot_free_all(void);
NTSTATUS pivot_bind(HANDLE nmr_handle, pivot_t *pivot);
