/*
 * A persistent map from (object, offset) to a value: updates share all that they do not touch, and two maps with the
 * same content have the same hash, whatever the order in which they were built. The states of the analysis are made of
 * these.
 *
 * A treap whose priorities are hashes of the keys, so that its shape depends on the keys alone. Nodes live in the
 * arena given at each update and are never freed one by one. NULL is the empty map.
 */
#ifndef NC_ANALYSIS_PMAP_H
#define NC_ANALYSIS_PMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nc_arena;

/* A value of the analysis (see universe.h for the kinds). */
struct val {
    uint32_t kind;
    uint32_t id;
    int64_t off;
};

struct pmap {
    const struct pmap *left, *right;
    uint64_t hash; /* of the whole subtree, independent of order */
    uint64_t own;  /* of this entry */
    uint64_t prio; /* of its key: the treap's order */
    int64_t off;
    uint32_t obj;
    uint32_t count; /* entries in the subtree */
    uint64_t size;  /* payload beside the value: size in bits of a memory cell */
    struct val val;
};

static inline uint64_t pmap_hash(const struct pmap *m) { return m ? m->hash : 0; }
static inline uint32_t pmap_count(const struct pmap *m) { return m ? m->count : 0; }

const struct pmap *pmap_find(const struct pmap *m, uint32_t obj, int64_t off);
/* The entry with the greatest key <= (obj, off), NULL if none. */
const struct pmap *pmap_floor(const struct pmap *m, uint32_t obj, int64_t off);
/* The entry with the smallest key >= (obj, off), NULL if none. */
const struct pmap *pmap_ceiling(const struct pmap *m, uint32_t obj, int64_t off);

const struct pmap *pmap_set(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t off, uint64_t size,
                            struct val val);
const struct pmap *pmap_remove(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t off);
/* Removes all entries with (obj, lo) <= key < (obj, hi). */
const struct pmap *pmap_remove_range(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t lo, int64_t hi);

/* The entries for which keep says yes; shares what it can. */
const struct pmap *pmap_filter(struct nc_arena *a, const struct pmap *m,
                               bool (*keep)(void *user, const struct pmap *entry), void *user);

/* The same map without a node in `from`: what was made there is copied to `to`, what is older is shared. */
const struct pmap *pmap_keep(struct nc_arena *to, const struct nc_arena *from, const struct pmap *m);

/* In key order. The callback returns false to stop; the result says whether the walk went to the end. */
bool pmap_each(const struct pmap *m, bool (*f)(void *user, const struct pmap *entry), void *user);

/*
 * Walks over the keys in which the two maps differ: f gets the two entries (NULL where one is missing). Shared subtrees
 * are skipped, so that the cost is that of the difference.
 */
void pmap_diff(const struct pmap *a, const struct pmap *b,
               void (*f)(void *user, const struct pmap *a, const struct pmap *b), void *user);

uint64_t nc_mix(uint64_t h, uint64_t v);

#endif
