/*
 * Joining two states that agree in their typestates: what they know in common. A value that differs becomes a symbol of
 * the place where they join; what was known of an earlier value of that symbol is forgotten.
 */
#include "analysis/engine.h"

struct joiner {
    struct engine *e;
    const struct state *a, *b;
    struct state *out;
    uint32_t ctx, where;
    bool widen;
    uint32_t reborn[64], reborn_count; /* symbols of an earlier join at this place, which stand for other values now */
};

static bool is_handle(struct engine *e, struct val v)
{
    return v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_HANDLE;
}

static bool range_has(struct range r, int64_t n)
{
    bool out = n < r.lo || n > r.hi;

    for (uint32_t i = 0; i < r.ne_count; i++)
        out |= r.ne[i] == n;
    return !out;
}

static struct val join_vals(struct joiner *j, struct val x, struct val y, uint32_t object, int64_t off)
{
    struct engine *e = j->e;
    nc_id type = NC_NONE;

    if (v_same(x, y))
        return x;
    /* The typestates agree, so a handle in one of them is the handle. */
    if (is_handle(e, x))
        return x;
    if (is_handle(e, y))
        return y;
    if (x.kind == V_UNINIT)
        return y;
    if (y.kind == V_UNINIT)
        return x;
    if (x.kind == V_SYM)
        type = e->u.symbols[x.id].type;
    else if (y.kind == V_SYM)
        type = e->u.symbols[y.id].type;
    struct symbol q = {
        .kind = SYM_JOIN, .a = j->ctx, .b = j->where, .c = off, .x = { V_META, object, 0 }, .type = type
    };
    uint32_t before = e->u.symbol_count, id = u_symbol(&e->u, q);

    if (id != before && j->reborn_count < 64)
        j->reborn[j->reborn_count++] = id;
    struct range r = range_of(e, j->a, x), t = range_of(e, j->b, y);
    struct range hull = { .lo = r.lo < t.lo ? r.lo : t.lo, .hi = r.hi > t.hi ? r.hi : t.hi };

    if (j->widen) {
        /* Where a bound moves it moves to the end: but not through zero, so that pointers and flags stay told apart. */
        if (t.lo < r.lo)
            hull.lo = hull.lo >= 0 ? 0 : INT64_MIN;
        if (t.hi > r.hi)
            hull.hi = hull.hi <= 0 ? 0 : INT64_MAX;
    }
    if (hull.lo <= 0 && hull.hi >= 0 && !range_has(r, 0) && !range_has(t, 0))
        range_exclude(&hull, 0);
    if (!j->widen && hull.hi - hull.lo < 16 && hull.lo > INT32_MIN &&
        hull.hi < INT32_MAX) /* small sets of constants stay exact as far as there is room */
        for (int64_t n = hull.lo + 1; n < hull.hi && hull.ne_count < RANGE_NE; n++)
            if (!range_has(r, n) && !range_has(t, n))
                range_exclude(&hull, n);
    if (hull.lo != INT64_MIN || hull.hi != INT64_MAX || hull.ne_count)
        set_range(e, j->out, id, hull);
    else
        j->out->facts = pmap_remove(e->arena, j->out->facts, id, 0);
    return v_sym(id);
}

static void join_cell(void *user, const struct pmap *a, const struct pmap *b)
{
    struct joiner *j = user;
    const struct pmap *some = a ? a : b;
    const struct object *o = &j->e->u.objects[some->obj];
    struct val x, y;

    if (o->kind == OBJ_TEMPS && (!a || !b)) {
        j->out->mem = pmap_remove(j->e->arena, j->out->mem, some->obj, some->off);
        return;
    }
    struct state ca = *j->a, cb = *j->b;

    x = a ? a->val : mem_load(j->e, &ca, some->obj, some->off, some->size, NC_NONE);
    y = b ? b->val : mem_load(j->e, &cb, some->obj, some->off, some->size, NC_NONE);
    if (a && b && a->size != b->size) {
        mem_fill(j->e, j->out, some->obj, some->off, some->off + (int64_t)(a->size > b->size ? a->size : b->size),
                 FILL_UNKNOWN + 2);
        return;
    }
    j->out->mem =
        pmap_set(j->e->arena, j->out->mem, some->obj, some->off, some->size, join_vals(j, x, y, some->obj, some->off));
}

/* Content that was never written since the memory changed, but asked for: what is known of it becomes a cell. */
struct asked {
    struct joiner *j;
    uint32_t object, epoch;
    int64_t lo, hi;
};

static bool join_asked(void *user, const struct pmap *fact)
{
    struct asked *k = user;
    struct joiner *j = k->j;
    struct symbol y = j->e->u.symbols[fact->obj];
    int64_t bits;

    if (y.kind != SYM_LAZY || y.a != k->object || y.b != k->epoch || y.c < k->lo || y.c >= k->hi || y.type == NC_NONE)
        return true;
    bits = type_bits(j->e, y.type);
    if (bits <= 0 || bits > 64 || pmap_find(j->out->mem, k->object, y.c))
        return true;
    struct state ca = *j->a, cb = *j->b;
    struct val v = mem_load(j->e, &ca, k->object, y.c, (uint64_t)bits, y.type),
               w = mem_load(j->e, &cb, k->object, y.c, (uint64_t)bits, y.type);

    j->out->mem =
        pmap_set(j->e->arena, j->out->mem, k->object, y.c, (uint64_t)bits, join_vals(j, v, w, k->object, y.c));
    return true;
}

static void join_fill(void *user, const struct pmap *a, const struct pmap *b)
{
    struct joiner *j = user;
    const struct pmap *some = a ? a : b;

    /* Ranges that differ: unknown from now on; the cells are looked at before. */
    int64_t end = a && b && b->val.off > a->val.off ? b->val.off : some->val.off;
    struct asked k = { j, some->obj, a ? a->val.id : 0, some->off, end };

    pmap_each(j->a->facts, join_asked, &k);
    k.epoch = b ? b->val.id : 0;
    pmap_each(j->b->facts, join_asked, &k);
    struct val v = { V_FILL, FILL_UNKNOWN + 3, end };

    j->out->fill = pmap_set(j->e->arena, j->out->fill, some->obj, some->off, 0, v);
}

static void join_fact(void *user, const struct pmap *a, const struct pmap *b)
{
    struct joiner *j = user;
    uint32_t id = a ? a->obj : b->obj;

    if (j->e->u.symbols[id].kind == SYM_JOIN && j->e->u.symbols[id].a == j->ctx && j->e->u.symbols[id].b == j->where)
        return; /* set by the cells */
    struct range r = range_of(j->e, j->a, v_sym(id)), t = range_of(j->e, j->b, v_sym(id));
    struct range h = { .lo = r.lo < t.lo ? r.lo : t.lo, .hi = r.hi > t.hi ? r.hi : t.hi };

    for (uint32_t i = 0; i < r.ne_count; i++) {
        bool both = r.ne[i] < t.lo || r.ne[i] > t.hi;

        for (uint32_t k = 0; k < t.ne_count; k++)
            both |= t.ne[k] == r.ne[i];
        if (both && h.ne_count < RANGE_NE)
            h.ne[h.ne_count++] = r.ne[i];
    }
    if (j->widen && (t.lo < r.lo || t.hi > r.hi)) {
        j->out->facts = pmap_remove(j->e->arena, j->out->facts, id, 0);
        return;
    }
    set_range(j->e, j->out, id, h);
}

/* Where an object came from and who may know it is kept from either; that it was freed only if both say so. */
static void join_soft(void *user, const struct pmap *a, const struct pmap *b)
{
    struct joiner *j = user;

    if ((a ? a : b)->off == OS_FREED) {
        if (a)
            j->out->soft = pmap_remove(j->e->arena, j->out->soft, a->obj, a->off);
    } else if (!a) {
        j->out->soft = pmap_set(j->e->arena, j->out->soft, b->obj, b->off, b->size, b->val);
    }
}

/* ---- what was known of values that a join has replaced ---- */

static bool was_reborn(const struct joiner *j, uint32_t symbol)
{
    for (uint32_t i = 0; i < j->reborn_count; i++)
        if (j->reborn[i] == symbol)
            return true;
    return false;
}

static bool behind_reborn(const struct joiner *j, uint32_t object, int depth);

/* Read from, or computed of, a value that stands for another one now. */
static bool of_reborn(const struct joiner *j, uint32_t symbol, int depth)
{
    struct symbol y = j->e->u.symbols[symbol];

    if (depth > 24) /* a long walk: where it began is forgotten */
        return true;
    if (y.kind == SYM_LAZY)
        return behind_reborn(j, y.a, depth + 1);
    if (y.kind == SYM_EXPR)
        return (y.x.kind == V_SYM && (was_reborn(j, y.x.id) || of_reborn(j, y.x.id, depth + 1))) ||
               (y.y.kind == V_SYM && (was_reborn(j, y.y.id) || of_reborn(j, y.y.id, depth + 1)));
    return false;
}

static bool behind_reborn(const struct joiner *j, uint32_t object, int depth)
{
    const struct object *o = &j->e->u.objects[object];

    if (o->kind == OBJ_ELEM)
        return was_reborn(j, o->b) || of_reborn(j, o->b, depth + 1) || behind_reborn(j, o->a, depth + 1);
    return o->kind == OBJ_SYM && (was_reborn(j, o->a) || of_reborn(j, o->a, depth + 1));
}

static bool still_fact(void *user, const struct pmap *p) { return !of_reborn(user, p->obj, 0); }
static bool still_known(void *user, const struct pmap *p) { return !behind_reborn(user, p->obj, 0); }

static bool still_cell(void *user, const struct pmap *p)
{
    const struct joiner *j = user;

    return is_handle(j->e, p->val) || !behind_reborn(j, p->obj, 0);
}

/* The next round of a loop works on another element: what is known of the last one does not hold of it. */
static void forget_reborn(struct joiner *j)
{
    struct nc_arena *arena = j->e->arena;

    if (!j->reborn_count)
        return;
    j->out->facts = pmap_filter(arena, j->out->facts, still_fact, j);
    j->out->mem = pmap_filter(arena, j->out->mem, still_cell, j);
    j->out->fill = pmap_filter(arena, j->out->fill, still_known, j);
    j->out->objs = pmap_filter(arena, j->out->objs, still_known, j);
    j->out->soft = pmap_filter(arena, j->out->soft, still_known, j);
}

struct state state_join(struct engine *e, const struct state *a, const struct state *b, uint32_t ctx, uint32_t where,
                        bool widen)
{
    struct state out = *a;
    struct joiner j = { .e = e, .a = a, .b = b, .out = &out, .ctx = ctx, .where = where, .widen = widen };

    e->stat_merges++;
    pmap_diff(a->facts, b->facts, join_fact, &j);
    pmap_diff(a->mem, b->mem, join_cell, &j);
    pmap_diff(a->fill, b->fill, join_fill, &j);
    pmap_diff(a->soft, b->soft, join_soft, &j);
    forget_reborn(&j);
    if (b->trace && a->trace && b->trace->depth < a->trace->depth)
        out.trace = b->trace;
    out.flags |= b->flags | STATE_JOINED;
    return out;
}
