#include "support/intern.h"

#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "support/arena.h"

void nc_intern_init(struct nc_intern *t) { *t = (struct nc_intern){ 0 }; }

void nc_intern_free(struct nc_intern *t)
{
    free(t->slots);
    nc_intern_init(t);
}

void nc_intern_reserve(struct nc_intern *t)
{
    if (t->capacity && (t->count + 1) * 3 <= t->capacity * 2)
        return;
    struct nc_intern old = *t;

    t->capacity = old.capacity ? old.capacity * 2 : 256;
    t->slots = nc_xmalloc(t->capacity * sizeof *t->slots);
    memset(t->slots, 0xff, t->capacity * sizeof *t->slots);
    for (size_t i = 0; i < old.capacity; i++) {
        size_t at = old.slots[i].hash & (t->capacity - 1);

        if (old.slots[i].index == UINT32_MAX)
            continue;
        while (t->slots[at].index != UINT32_MAX)
            at = (at + 1) & (t->capacity - 1);
        t->slots[at] = old.slots[i];
    }
    free(old.slots);
}

uint32_t nc_intern_hash(const void *data, size_t size) { return (uint32_t)XXH3_64bits(data, size); }
