#include "analysis/universe.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

enum space { SPACE_CONTEXT, SPACE_OBJECT, SPACE_SYMBOL, SPACE_RANGE, SPACE_RESOURCE };
#define SPACE_SHIFT 28
#define INDEX_MASK  ((1u << SPACE_SHIFT) - 1)

#define GROW(u, name)                                                                                                  \
    do {                                                                                                               \
        if ((u)->name##_count == (u)->name##_cap) {                                                                    \
            (u)->name##_cap = (u)->name##_cap ? (u)->name##_cap * 2 : 256;                                             \
            (u)->name##s = nc_xrealloc((u)->name##s, sizeof *(u)->name##s * (u)->name##_cap);                          \
        }                                                                                                              \
    } while (0)

void universe_init(struct universe *u, struct nc_arena *arena, const struct nc_module *m)
{
    *u = (struct universe){ .arena = arena, .m = m, .table_size = 1024 };
    u->table = calloc(u->table_size, sizeof *u->table);
    if (!u->table)
        exit(2);
    /* Number 0 of each is "none". */
    GROW(u, context);
    u->contexts[u->context_count++] = (struct context){ .inst = NC_NONE, .fn = NC_NONE };
    GROW(u, object);
    u->objects[u->object_count++] = (struct object){ .record = NC_NONE };
    GROW(u, symbol);
    u->symbols[u->symbol_count++] = (struct symbol){ .type = NC_NONE };
    GROW(u, range);
    u->ranges[u->range_count++] = (struct range){ .lo = INT64_MIN, .hi = INT64_MAX };
    GROW(u, resource);
    u->resources[u->resource_count++] = (struct resource){ .inst = NC_NONE };
}

void universe_free(struct universe *u)
{
    free(u->contexts);
    free(u->objects);
    free(u->symbols);
    free(u->ranges);
    free(u->resources);
    free(u->table);
}

static uint64_t hash_val(uint64_t h, struct val v)
{
    return nc_mix(nc_mix(h, (uint64_t)v.kind << 32 | v.id), (uint64_t)v.off);
}

static uint64_t hash_at(const struct universe *u, uint32_t entry)
{
    uint32_t i = entry & INDEX_MASK;
    uint64_t h = entry >> SPACE_SHIFT;

    switch ((enum space)h) {
    case SPACE_CONTEXT: {
        const struct context *c = &u->contexts[i];
        return nc_mix(nc_mix(nc_mix(h, c->parent), c->inst), c->fn);
    }
    case SPACE_OBJECT: {
        const struct object *o = &u->objects[i];
        return nc_mix(nc_mix(nc_mix(h, (uint64_t)o->kind << 32 | o->a), o->b), (uint64_t)o->c);
    }
    case SPACE_SYMBOL: {
        const struct symbol *s = &u->symbols[i];
        h = nc_mix(nc_mix(nc_mix(h, (uint64_t)s->kind << 32 | s->a), s->b), (uint64_t)s->c);
        return hash_val(hash_val(h, s->x), s->y);
    }
    case SPACE_RANGE: {
        const struct range *r = &u->ranges[i];
        h = nc_mix(nc_mix(nc_mix(h, (uint64_t)r->lo), (uint64_t)r->hi), r->ne_count);
        for (uint32_t k = 0; k < r->ne_count; k++)
            h = nc_mix(h, (uint64_t)r->ne[k]);
        return h;
    }
    case SPACE_RESOURCE: {
        const struct resource *r = &u->resources[i];
        return nc_mix(nc_mix(nc_mix(nc_mix(nc_mix(h, r->kind), r->ctx), r->inst), r->gen), r->sym);
    }
    }
    return 0;
}

static bool equal_at(const struct universe *u, uint32_t x, uint32_t y)
{
    uint32_t i = x & INDEX_MASK, j = y & INDEX_MASK;

    if (x >> SPACE_SHIFT != y >> SPACE_SHIFT)
        return false;
    switch ((enum space)(x >> SPACE_SHIFT)) {
    case SPACE_CONTEXT: {
        const struct context *a = &u->contexts[i], *b = &u->contexts[j];
        return a->parent == b->parent && a->inst == b->inst && a->fn == b->fn;
    }
    case SPACE_OBJECT: {
        const struct object *a = &u->objects[i], *b = &u->objects[j];
        return a->kind == b->kind && a->a == b->a && a->b == b->b && a->c == b->c;
    }
    case SPACE_SYMBOL: {
        const struct symbol *a = &u->symbols[i], *b = &u->symbols[j];
        return a->kind == b->kind && a->a == b->a && a->b == b->b && a->c == b->c && v_same(a->x, b->x) &&
               v_same(a->y, b->y);
    }
    case SPACE_RANGE: {
        const struct range *a = &u->ranges[i], *b = &u->ranges[j];
        return a->lo == b->lo && a->hi == b->hi && a->ne_count == b->ne_count &&
               memcmp(a->ne, b->ne, a->ne_count * sizeof a->ne[0]) == 0;
    }
    case SPACE_RESOURCE: {
        const struct resource *a = &u->resources[i], *b = &u->resources[j];
        return a->kind == b->kind && a->ctx == b->ctx && a->inst == b->inst && a->gen == b->gen && a->sym == b->sym;
    }
    }
    return false;
}

struct universe_mark universe_mark(const struct universe *u)
{
    return (struct universe_mark){ u->context_count, u->object_count, u->symbol_count, u->range_count,
                                   u->resource_count };
}

static void reinsert(struct universe *u, uint32_t entry)
{
    uint64_t h = hash_at(u, entry);

    while (u->table[h & (u->table_size - 1)])
        h++;
    u->table[h & (u->table_size - 1)] = entry + 1;
    u->table_used++;
}

void universe_reset(struct universe *u, const struct universe_mark *mark)
{
    u->context_count = mark->contexts;
    u->object_count = mark->objects;
    u->symbol_count = mark->symbols;
    u->range_count = mark->ranges;
    u->resource_count = mark->resources;
    uint32_t want = 1024, all = mark->contexts + mark->objects + mark->symbols + mark->ranges + mark->resources;

    while (want < all * 3)
        want *= 2;
    free(u->table);
    u->table_size = want;
    u->table_used = 0;
    u->table = calloc(want, sizeof *u->table);
    if (!u->table)
        exit(2);
    const uint32_t counts[] = { mark->contexts, mark->objects, mark->symbols, mark->ranges, mark->resources };

    for (uint32_t space = 0; space < 5; space++)
        for (uint32_t i = 1; i < counts[space]; i++)
            reinsert(u, space << SPACE_SHIFT | i);
}

static void grow_table(struct universe *u)
{
    uint32_t *old = u->table, n = u->table_size;

    u->table_size *= 2;
    u->table = calloc(u->table_size, sizeof *u->table);
    if (!u->table)
        exit(2);
    for (uint32_t i = 0; i < n; i++) {
        if (!old[i])
            continue;
        uint64_t h = hash_at(u, old[i] - 1);

        while (u->table[h & (u->table_size - 1)])
            h++;
        u->table[h & (u->table_size - 1)] = old[i];
    }
    free(old);
}

/* The element was just appended as the last one: keeps it (returns its index) or finds its twin and drops it. */
static uint32_t intern(struct universe *u, enum space space, uint32_t *count)
{
    uint32_t entry = ((uint32_t)space << SPACE_SHIFT) | *count;
    uint64_t h = hash_at(u, entry);

    for (;; h++) {
        uint32_t *slot = &u->table[h & (u->table_size - 1)];

        if (!*slot) {
            *slot = entry + 1;
            u->table_used++;
            break;
        }
        if (equal_at(u, *slot - 1, entry))
            return (*slot - 1) & INDEX_MASK;
    }
    uint32_t index = (*count)++;

    if (u->table_used * 2 > u->table_size)
        grow_table(u);
    return index;
}

uint32_t u_context(struct universe *u, uint32_t parent, nc_id inst, nc_id fn)
{
    GROW(u, context);
    u->contexts[u->context_count] = (struct context){ parent, inst, fn, parent ? u->contexts[parent].depth + 1 : 0 };
    return intern(u, SPACE_CONTEXT, &u->context_count);
}

uint32_t u_object(struct universe *u, enum obj_kind kind, uint32_t a, uint32_t b, int64_t c)
{
    GROW(u, object);
    u->objects[u->object_count] = (struct object){ .kind = (uint8_t)kind, .a = a, .b = b, .c = c, .record = NC_NONE };
    return intern(u, SPACE_OBJECT, &u->object_count);
}

uint32_t u_symbol(struct universe *u, struct symbol s)
{
    GROW(u, symbol);
    u->symbols[u->symbol_count] = s;
    uint32_t id = intern(u, SPACE_SYMBOL, &u->symbol_count);

    if (u->symbols[id].type == NC_NONE)
        u->symbols[id].type = s.type;
    u->symbols[id].flags |= s.flags;
    return id;
}

uint32_t u_range(struct universe *u, struct range r)
{
    GROW(u, range);
    u->ranges[u->range_count] = r;
    return intern(u, SPACE_RANGE, &u->range_count);
}

uint32_t u_resource(struct universe *u, struct resource r)
{
    GROW(u, resource);
    u->resources[u->resource_count] = r;
    return intern(u, SPACE_RESOURCE, &u->resource_count);
}

uint32_t object_base(const struct universe *u, uint32_t object)
{
    while (u->objects[object].kind == OBJ_ELEM)
        object = u->objects[object].a;
    return object;
}
