#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define TRACK_SLOTS 16

/* Counts the bindings of a provider, by slot. The owner sets the table, of TRACK_SLOTS counters. */
struct track {
    volatile LONG *table;
};

extern struct track track;

LONG track_add(ULONG slot, LONG delta);
