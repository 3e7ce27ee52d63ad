#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* The part that every module of this driver has in common. */
typedef struct nmr_side {
    HANDLE handle;
    void *other;
    const void *other_dispatch;
} nmr_side_t;

typedef struct finch {
    ULONG songs;
    nmr_side_t side;
    volatile LONG bound;
} finch_t;

NTSTATUS nmr_side_attach(nmr_side_t *side, HANDLE handle, const void *dispatch);
