/*
 * Flags that other threads change under a lock. A function that takes an object's lock a second time can't count on a
 * flag that it has read while it held the lock before: a binding that was open then may be closing now.
 *
 * A field counts as such if some function that takes a lock stores into it. Only flags and states are followed
 * (integers that a path has asked for): pointers and handles are kept by their owner, and what a path has stored itself
 * stays its own.
 */
#include <stdlib.h>

#include "analysis/engine.h"

enum { GUARDED_SLOT = 60, GUARDED_SLOTS = 16 };

struct takes {
    struct engine *e;
    bool lock, unlock, wrappers;
};

static bool look_for_locks(void *user, const struct nc_inst *in)
{
    struct takes *t = user;
    struct engine *e = t->e;
    nc_id callee = direct_callee(e->m, in);

    if (callee == NC_NONE)
        return true;
    const struct nc_contract *c = fn_info(e, callee)->contract;
    uint64_t ops = nc_contract_ops(c);

    t->lock |= (ops & (NC_OP(LOCK) | NC_OP(TRY_LOCK))) != 0;
    t->unlock |= (ops & (NC_OP(UNLOCK) | NC_OP(LOWER))) != 0;
    if (t->wrappers && !c && e->m->functions[callee].block_count) {
        struct takes inner = { .e = e };

        each_inst(e->m, callee, look_for_locks, &inner);
        t->lock |= inner.lock && !inner.unlock;
        t->unlock |= inner.unlock;
    }
    return true;
}

struct stores {
    struct engine *e;
    nc_id fn;
    nc_id *last; /* per field: the function that was last seen to store into it */
    bool locked;
};

static bool note_store(void *user, const struct nc_inst *in)
{
    struct stores *k = user;
    struct engine *e = k->e;
    nc_id at = in->op == NC_IN_STORE ? in->a : NC_NONE;

    if (at == NC_NONE)
        return true;
    while (e->m->exprs[at].op == NC_EX_CAST)
        at = e->m->exprs[at].a;
    if (e->m->exprs[at].op != NC_EX_FIELD)
        return true;
    nc_id field = e->m->exprs[at].b;

    if (k->locked && e->m->types[e->m->fields[field].type].kind != NC_TY_POINTER)
        e->field_guarded[field] |= FIELD_GUARDED;
    if (k->last[field] != NC_NONE && k->last[field] != k->fn)
        e->field_guarded[field] |= FIELD_CHANGES;
    k->last[field] = k->fn;
    return true;
}

void lock_use(struct engine *e, nc_id fn, bool *takes, bool *releases)
{
    struct takes t = { .e = e, .wrappers = true };

    each_inst(e->m, fn, look_for_locks, &t);
    *takes = t.lock;
    *releases = t.unlock;
}

void guarded_collect(struct engine *e)
{
    struct stores k = { .e = e, .last = nc_xmalloc(sizeof *k.last * (e->m->fields_count + 1)) };

    for (nc_id i = 0; i < e->m->fields_count; i++)
        k.last[i] = NC_NONE;
    e->field_guarded = nc_arena_alloc(e->perm, e->m->fields_count + 1);
    for (nc_id fn = 0; fn < e->m->functions_count; fn++) {
        bool releases;

        if (e->m->functions[fn].flags & NC_FN_SYSTEM)
            continue;
        k.fn = fn;
        lock_use(e, fn, &k.locked, &releases);
        each_inst(e->m, fn, note_store, &k);
    }
    free(k.last);
}

/* What a path has asked of a field of an object of unknown origin: the field, NC_NONE if the symbol is none. */
static nc_id asked_field(struct engine *e, uint32_t symbol)
{
    const struct symbol *y = &e->u.symbols[symbol];
    const struct object *o = y->kind == SYM_LAZY ? &e->u.objects[y->a] : NULL;

    return o && o->kind == OBJ_SYM && o->record != NC_NONE ? field_at(e, o->record, y->c, NULL) : NC_NONE;
}

static uint64_t field_bits(struct engine *e, nc_id field)
{
    const struct nc_field *f = &e->m->fields[field];
    uint64_t bits = f->bit_width ? f->bit_width : (uint64_t)type_bits(e, f->type);

    return bits <= 64 ? bits : 0;
}

void settled_fields_stay(struct engine *e, uint32_t ctx, nc_id inst, const struct state *before, struct state *s,
                         uint32_t object, int64_t lo, int64_t hi)
{
    struct state t = *before;

    /* What a loop waits for is changed by somebody. */
    if (!e->generic || e->u.objects[object].kind != OBJ_SYM || inst_in_loop(e, ctx, inst))
        return;
    for (const struct pmap *p = pmap_ceiling(before->facts, 0, INT64_MIN); p;
         p = pmap_ceiling(before->facts, p->obj, p->off + 1)) {
        const struct symbol y = e->u.symbols[p->obj];
        nc_id field = asked_field(e, p->obj);

        if (field == NC_NONE || y.a != object || y.c < lo || y.c >= hi || e->field_guarded[field] ||
            e->m->types[e->m->fields[field].type].kind == NC_TY_POINTER)
            continue;
        uint64_t bits = field_bits(e, field);

        if (bits && v_same(mem_load(e, &t, object, y.c, bits, e->m->fields[field].type), v_sym(p->obj)))
            mem_store(e, s, object, y.c, bits, v_sym(p->obj));
    }
}

void guarded_may_change(struct engine *e, uint32_t ctx, nc_id inst, struct state *s)
{
    uint32_t changed = 0;

    if (!e->generic || inst == NC_NONE)
        return;
    for (const struct pmap *p = pmap_ceiling(s->facts, 0, INT64_MIN); p && changed < GUARDED_SLOTS;
         p = pmap_ceiling(s->facts, p->obj, p->off + 1)) {
        const struct symbol y = e->u.symbols[p->obj];
        nc_id field = asked_field(e, p->obj);

        if (field == NC_NONE || !(e->field_guarded[field] & FIELD_GUARDED))
            continue;
        uint64_t bits = field_bits(e, field);
        nc_id type = e->m->fields[field].type;

        if (bits && v_same(mem_load(e, s, y.a, y.c, bits, type), v_sym(p->obj)))
            mem_store(e, s, y.a, y.c, bits, fresh(e, s, ctx, inst, GUARDED_SLOT + changed++, type));
    }
}
