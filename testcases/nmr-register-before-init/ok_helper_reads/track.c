/* The counters. */
#include "track.h"

struct track track;

static volatile LONG *track_slot(ULONG slot)
{
    return &track.table[slot % TRACK_SLOTS];
}

LONG track_add(ULONG slot, LONG delta)
{
    return InterlockedExchangeAdd(track_slot(slot), delta);
}
