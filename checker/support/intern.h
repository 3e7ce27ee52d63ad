/*
 * A hash table from content to index, for interning: it keeps hashes and indices only; the content stays in the
 * caller's array, and the caller compares. Open addressing, at most two thirds full.
 */
#ifndef NC_SUPPORT_INTERN_H
#define NC_SUPPORT_INTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nc_intern_slot {
    uint32_t hash;
    uint32_t index; /* UINT32_MAX: empty */
};

struct nc_intern {
    struct nc_intern_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
};

void nc_intern_init(struct nc_intern *t);
void nc_intern_free(struct nc_intern *t);
/* Makes room for one more entry; call before the probe that may end in nc_intern_put. */
void nc_intern_reserve(struct nc_intern *t);

uint32_t nc_intern_hash(const void *data, size_t size);

/* Goes over the entries with this hash: start with *at = SIZE_MAX; false at the end, then *at is where
 * nc_intern_put puts a new entry. The table must have been reserved. */
static inline bool nc_intern_next(const struct nc_intern *t, uint32_t hash, size_t *at, uint32_t *index)
{
    size_t i = *at == SIZE_MAX ? hash & (t->capacity - 1) : (*at + 1) & (t->capacity - 1);

    for (;; i = (i + 1) & (t->capacity - 1)) {
        *at = i;
        if (t->slots[i].index == UINT32_MAX)
            return false;
        if (t->slots[i].hash == hash) {
            *index = t->slots[i].index;
            return true;
        }
    }
}

static inline void nc_intern_put(struct nc_intern *t, size_t at, uint32_t hash, uint32_t index)
{
    t->slots[at] = (struct nc_intern_slot){ hash, index };
    t->count++;
}

#endif
