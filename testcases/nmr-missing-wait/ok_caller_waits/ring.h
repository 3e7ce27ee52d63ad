#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* ring_close starts the end of a ring, at any IRQL <= DISPATCH_LEVEL; ring_join, at PASSIVE_LEVEL, finishes it. */
struct ring {
    HANDLE handle;
    BOOLEAN closing;
};

NTSTATUS ring_open(struct ring *ring);
void ring_close(struct ring *ring);
void ring_join(struct ring *ring);
