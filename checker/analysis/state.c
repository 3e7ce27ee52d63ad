/*
 * States as a whole: equality, the key that merging keeps apart, garbage of facts, traces, fresh symbols. How two join:
 * join.c.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

uint64_t state_hash(const struct state *s)
{
    uint64_t h = nc_mix(pmap_hash(s->mem) + (s->flags & STATE_SHAKY), pmap_hash(s->fill));

    h = nc_mix(nc_mix(h, pmap_hash(s->facts)), pmap_hash(s->res));
    h = nc_mix(nc_mix(nc_mix(h, pmap_hash(s->objs)), pmap_hash(s->locks)), pmap_hash(s->soft));
    return nc_mix(nc_mix(h, (uint64_t)s->irql.kind << 32 | s->irql.id), (uint64_t)s->irql.off);
}

bool state_equal(const struct state *a, const struct state *b) { return state_hash(a) == state_hash(b); }

uint64_t state_key(const struct state *s)
{
    uint64_t h = nc_mix(nc_mix(pmap_hash(s->res) + (s->flags & STATE_SHAKY), pmap_hash(s->objs)), pmap_hash(s->locks));

    return nc_mix(nc_mix(h, (uint64_t)s->irql.kind << 32 | s->irql.id), (uint64_t)s->irql.off);
}

/* Flags: constants in memory, and which pointers are NULL. Code asks them to learn how far it came, so states that
 * differ in them are joined last. */
struct flags_sum {
    struct engine *e;
    const struct state *s;
    uint64_t sum;
};

static bool add_flag(void *user, const struct pmap *p)
{
    struct flags_sum *k = user;

    int64_t n = INT64_MAX; /* not NULL, whatever it is */

    if (k->e->u.objects[p->obj].kind == OBJ_TEMPS ||
        (!const_of(k->e, k->s, p->val, &n) && truth_of(k->e, k->s, p->val) != 1))
        return true;
    k->sum += nc_mix(nc_mix(p->obj, (uint64_t)p->off), (uint64_t)n);
    return true;
}

uint64_t state_flags_key(struct engine *e, const struct state *s)
{
    struct flags_sum k = { e, s, 0 };

    pmap_each(s->mem, add_flag, &k);
    return nc_mix(state_key(s), k.sum);
}

static bool add_target(void *user, const struct pmap *p)
{
    struct flags_sum *k = user;
    const struct object *to = p->val.kind == V_ADDR ? &k->e->u.objects[p->val.id] : NULL;

    if (to && k->e->u.objects[p->obj].kind == OBJ_LOCAL && (to->kind == OBJ_LOCAL || to->kind == OBJ_GLOBAL))
        k->sum += nc_mix(nc_mix(p->obj, (uint64_t)p->off), p->val.id);
    return true;
}

uint64_t state_targets_key(struct engine *e, const struct state *s)
{
    struct flags_sum k = { e, s, 0 };

    pmap_each(s->mem, add_target, &k);
    return nc_mix(state_key(s), k.sum);
}

/* ---- which symbols and objects a state speaks of ---- */

struct marks {
    const struct state *s;
    struct engine *e;
    uint32_t *symbols, *objects, stamp; /* marked: equal to the stamp */
    uint32_t symbol_count, object_count;
    uint32_t want_symbol, want_object;
    bool found, deferred;
    uint32_t marked;
};

static void mark_val(struct marks *k, struct val v);

static void mark_object(struct marks *k, uint32_t object)
{
    if (object == k->want_object && object)
        k->found = true;
    if (object >= k->object_count || k->objects[object] == k->stamp)
        return;
    k->objects[object] = k->stamp;
    k->marked++;
    const struct object *o = &k->e->u.objects[object];

    if (o->kind == OBJ_SYM) {
        mark_val(k, v_sym(o->a));
    } else if (o->kind == OBJ_ELEM) {
        mark_object(k, o->a);
        mark_val(k, v_sym(o->b));
    }
}

static void mark_val(struct marks *k, struct val v)
{
    if (v.kind == V_ADDR) {
        mark_object(k, v.id);
        return;
    }
    if (v.kind != V_SYM)
        return;
    if (v.id == k->want_symbol)
        k->found = true;
    if (v.id >= k->symbol_count || k->symbols[v.id] == k->stamp)
        return;
    k->symbols[v.id] = k->stamp;
    k->marked++;
    struct symbol y = k->e->u.symbols[v.id];

    if (y.kind == SYM_EXPR) {
        mark_val(k, y.x);
        mark_val(k, y.y);
    } else if (y.kind == SYM_LAZY) {
        mark_object(k, y.a);
    }
}

static bool readable(const struct state *s, struct symbol y)
{
    const struct pmap *f = pmap_floor(s->fill, y.a, y.c);
    uint32_t current = f && f->obj == y.a && f->val.off > y.c ? f->val.id : 0;

    /* What was there before the memory may have changed is never read again. */
    return y.b == current || y.b >= UINT32_MAX - 2000;
}

/* Memory behind a value that a call or a join gave, or that was read from memory which has changed since: gone with the
 * last mention of that value. */
enum loan { KEPT, LENT_BY_CALL, LENT };
static enum loan on_loan(const struct marks *k, uint32_t object)
{
    const struct engine *e = k->e;
    const struct object *o = &e->u.objects[object];
    struct val v = v_sym(o->a);

    if (o->kind != OBJ_SYM)
        return KEPT;
    for (int depth = 0; depth < 12 && v.kind == V_SYM; depth++) {
        const struct symbol *y = &e->u.symbols[v.id];

        if (v.id < k->symbol_count && k->symbols[v.id] == k->stamp)
            return KEPT;
        switch (y->kind) {
        case SYM_FRESH:
            return y->b != NC_NONE ? LENT_BY_CALL : KEPT; /* not an entry's argument */
        case SYM_JOIN:
            return LENT;
        case SYM_EXPR:
            v = y->x;
            break;
        case SYM_LAZY:
            if (!readable(k->s, *y))
                return LENT;
            o = &e->u.objects[object_base(&e->u, y->a)];
            if (o->kind != OBJ_SYM)
                return KEPT;
            v = v_sym(o->a);
            break;
        default:
            return KEPT;
        }
    }
    return KEPT;
}

static bool mark_entry(void *user, const struct pmap *p)
{
    struct marks *k = user;

    if (!(p->obj < k->object_count && k->objects[p->obj] == k->stamp) && on_loan(k, p->obj)) {
        k->deferred = true;
        return true;
    }
    mark_object(k, p->obj);
    mark_val(k, p->val);
    return true;
}

static bool mark_value_only(void *user, const struct pmap *p)
{
    mark_val(user, p->val);
    return true;
}

static struct marks mark_state(struct engine *e, const struct state *s, uint32_t want_symbol, uint32_t want_object)
{
    struct marks k = { .e = e,
                       .s = s,
                       .symbol_count = e->u.symbol_count,
                       .object_count = e->u.object_count,
                       .want_symbol = want_symbol ? want_symbol : UINT32_MAX,
                       .want_object = want_object };

    if (e->sym_mark_cap < e->u.symbol_count) {
        uint32_t n = e->u.symbol_count * 2;

        e->sym_marks = nc_xrealloc(e->sym_marks, sizeof *e->sym_marks * n);
        memset(e->sym_marks + e->sym_mark_cap, 0, sizeof *e->sym_marks * (n - e->sym_mark_cap));
        e->sym_mark_cap = n;
    }
    if (e->obj_mark_cap < e->u.object_count) {
        uint32_t n = e->u.object_count * 2;

        e->obj_marks = nc_xrealloc(e->obj_marks, sizeof *e->obj_marks * n);
        memset(e->obj_marks + e->obj_mark_cap, 0, sizeof *e->obj_marks * (n - e->obj_mark_cap));
        e->obj_mark_cap = n;
    }
    k.stamp = ++e->mark_stamp;
    k.symbols = e->sym_marks;
    k.objects = e->obj_marks;
    pmap_each(s->mem, mark_entry, &k);
    pmap_each(s->fill, mark_entry, &k);
    pmap_each(s->res, mark_value_only, &k);
    if (want_symbol || want_object) /* handles of unknown origin that something is still known of */
        for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p; p = pmap_ceiling(s->res, p->obj, p->off + 1))
            if (p->obj < e->u.resource_count && e->u.resources[p->obj].sym)
                mark_val(&k, v_sym(e->u.resources[p->obj].sym));
    pmap_each(s->locks, mark_entry, &k);
    mark_val(&k, s->irql);
    for (struct frame *f = e->frame; f; f = f->up)
        mark_val(&k, f->irql_at_entry);
    for (uint32_t before = 0; k.deferred && before != k.marked;) { /* what is reached through memory on loan */
        before = k.marked;
        pmap_each(s->mem, mark_entry, &k);
        pmap_each(s->fill, mark_entry, &k);
    }
    return k;
}

bool state_mentions(struct engine *e, const struct state *s, uint32_t symbol, uint32_t object)
{
    struct marks k = mark_state(e, s, symbol, object);

    return k.found;
}

/* A fact about an expression lives as long as all symbols in it do. */
static bool alive(struct marks *k, uint32_t symbol, uint32_t depth)
{
    struct symbol y = k->e->u.symbols[symbol];

    if (symbol < k->symbol_count && k->symbols[symbol] == k->stamp)
        return true;
    if (y.kind == SYM_EXPR && depth < 12) {
        bool x = y.x.kind == V_SYM ? alive(k, y.x.id, depth + 1) : true,
             z = y.y.kind == V_SYM ? alive(k, y.y.id, depth + 1) : true;

        return (y.x.kind == V_SYM || y.y.kind == V_SYM) && x && z;
    }
    /* Content of memory that can still be read again. */
    if (y.kind == SYM_LAZY) {
        const struct object *o = &k->e->u.objects[y.a];

        if (!readable(k->s, y))
            return false;
        if (o->kind == OBJ_GLOBAL)
            return true;
        if (y.a < k->object_count && k->objects[y.a] == k->stamp)
            return true;
        /* Behind a pointer that can be read again itself. */
        return o->kind == OBJ_SYM && depth < 4 && alive(k, o->a, depth + 1);
    }
    return false;
}

static bool fact_alive(void *user, const struct pmap *p) { return alive(user, p->obj, 0); }

static bool cell_alive(void *user, const struct pmap *p)
{
    struct marks *k = user;

    if (p->obj >= k->object_count || k->objects[p->obj] == k->stamp)
        return true;
    enum loan l = on_loan(k, p->obj);

    /* A handle is not lost because its holder can't be followed. */
    return l == KEPT || (l == LENT && p->val.kind == V_SYM && k->e->u.symbols[p->val.id].kind == SYM_HANDLE);
}

void state_collect(struct engine *e, struct state *s)
{
    struct marks k = mark_state(e, s, 0, 0);

    s->facts = pmap_filter(e->arena, s->facts, fact_alive, &k);
    if (k.deferred) {
        s->mem = pmap_filter(e->arena, s->mem, cell_alive, &k);
        s->fill = pmap_filter(e->arena, s->fill, cell_alive, &k);
    }
    for (const struct pmap *p = pmap_ceiling(s->soft, 0, INT64_MIN); p;) {
        uint32_t object = p->obj;
        int64_t off = p->off;

        if (object < k.object_count && k.objects[object] != k.stamp &&
            (off == OS_FREED || e->u.objects[object].kind == OBJ_HEAP || on_loan(&k, object)))
            s->soft = pmap_remove(e->arena, s->soft, object, off);
        p = pmap_ceiling(s->soft, object, off + 1);
    }
    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p;) {
        uint32_t res = p->obj;
        int64_t off = p->off;

        /* Ended, and nothing can name its handle any more. */
        if (res < e->u.resource_count && e->u.resources[res].sym && !alive(&k, e->u.resources[res].sym, 0) &&
            res_get(s, res) != RES_ENDING)
            s->res = pmap_remove(e->arena, s->res, res, off);
        p = pmap_ceiling(s->res, res, off + 1);
    }
}

/* ---- traces and fresh symbols ---- */

void trace_add(struct engine *e, struct state *s, uint8_t kind, nc_id loc, uint32_t ctx, uint32_t res, const char *text)
{
    struct trace *t = nc_arena_take(e->arena, sizeof *t);

    *t = (struct trace){ s->trace, loc,  ctx ? e->u.contexts[ctx].fn : NC_NONE,
                         res,      kind, s->trace ? s->trace->depth + 1 : 1,
                         text };
    s->trace = t;
}

const struct trace *trace_keep(struct nc_arena *to, const struct nc_arena *from, const struct trace *t)
{
    const struct trace *first = NULL;

    for (const struct trace **link = &first; t; t = t->parent) {
        if (!nc_arena_owns(from, t)) {
            *link = t;
            break;
        }
        struct trace *c = nc_arena_take(to, sizeof *c);

        *c = *t;
        if (t->text && nc_arena_owns(from, t->text))
            c->text = nc_arena_strdup(to, t->text);
        c->parent = NULL;
        *link = c;
        link = &c->parent;
    }
    return first;
}

struct state state_keep(struct nc_arena *to, const struct nc_arena *from, const struct state *s)
{
    struct state t = *s;

    t.mem = pmap_keep(to, from, s->mem);
    t.fill = pmap_keep(to, from, s->fill);
    t.facts = pmap_keep(to, from, s->facts);
    t.res = pmap_keep(to, from, s->res);
    t.objs = pmap_keep(to, from, s->objs);
    t.soft = pmap_keep(to, from, s->soft);
    t.locks = pmap_keep(to, from, s->locks);
    t.trace = trace_keep(to, from, s->trace);
    return t;
}

#define GENERATIONS      3
#define HEAP_GENERATIONS 15 /* as many rounds as a loop is executed exactly */

struct val fresh(struct engine *e, struct state *s, uint32_t ctx, nc_id inst, uint32_t slot, nc_id type)
{
    /* Slots from 77 on belong to expressions, which have no instruction to look at. */
    bool again = slot >= 77 || inst_in_loop(e, ctx, inst);

    for (uint32_t gen = 0;; gen++) {
        struct symbol q = { .kind = SYM_FRESH, .a = ctx, .b = inst, .c = (int64_t)slot << 8 | gen, .type = type };
        uint32_t before = e->u.symbol_count;
        uint32_t id = u_symbol(&e->u, q);

        if (id == before || !again || gen == GENERATIONS || !state_mentions(e, s, id, 0)) {
            /* Facts of an earlier life of the symbol do not hold of this one. */
            s->facts = pmap_remove(e->arena, s->facts, id, 0);
            if (id != before) { /* another object than the one that the last round spoke of */
                uint32_t object = u_object(&e->u, OBJ_SYM, id, 0, 0);

                for (int64_t k = 0; k <= OS_BINDING; k++)
                    s->objs = pmap_remove(e->arena, s->objs, object, k),
                    s->soft = pmap_remove(e->arena, s->soft, object, k);
            }
            return v_sym(id);
        }
    }
}

/* The new object can't be told from an older one of its site: registrations that use that one are not followed any
 * more. */
static void forget_registrations(struct engine *e, struct state *s, uint32_t object)
{
    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p;) {
        uint32_t res = p->obj;
        int64_t off = p->off;
        bool uses = false;

        for (uint32_t slot = RS_CHARS; res < e->u.resource_count && off == RS_STATE && slot <= RS_DATA3; slot++) {
            struct val v = res_slot(s, res, slot);

            uses |= v.kind == V_ADDR && object_base(&e->u, v.id) == object;
        }
        if (uses)
            res_set(e, s, res, RES_SILENT);
        p = pmap_ceiling(s->res, res, off + 1);
    }
}

uint32_t fresh_heap(struct engine *e, struct state *s, uint32_t ctx, nc_id inst)
{
    bool again = inst_in_loop(e, ctx, inst);
    uint32_t last = e->big ? GENERATIONS : HEAP_GENERATIONS;

    for (uint32_t gen = 0;; gen++) {
        uint32_t before = e->u.object_count;
        uint32_t id = u_object(&e->u, OBJ_HEAP, ctx, inst, gen);
        bool used = id != before && again && state_mentions(e, s, 0, id);

        if (used && gen < last)
            continue;
        if (used)
            forget_registrations(e, s, id);
        mem_drop_object(e, s, id);
        for (int64_t k = 0; k <= OS_BINDING; k++)
            s->objs = pmap_remove(e->arena, s->objs, id, k), s->soft = pmap_remove(e->arena, s->soft, id, k);
        return id;
    }
}
