#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* One client registration per configured ring. */
typedef struct ring {
    LIST_ENTRY link;
    HANDLE nmr;
    ULONG number;
    PVOID provider;
    const VOID *dispatch;
} ring_t;

NTSTATUS ring_add(ULONG number);
void ring_init(void);
void ring_end_all(void);
