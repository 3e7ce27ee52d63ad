/*
 * Flags that other threads change under a lock. A function that takes an object's lock a second time can't count on a
 * flag that it has read while it held the lock before: a binding that was open then may be closing now.
 *
 * A field counts as such if some function that takes a lock stores into it. Only flags and states are followed
 * (integers that a path has asked for): pointers and handles are kept by their owner, and what a path has stored itself
 * stays its own.
 */
#include "analysis/engine.h"

enum { GUARDED_SLOT = 60, GUARDED_SLOTS = 16 };

static bool has_effect(const struct nc_contract *c, uint32_t op)
{
    for (uint32_t i = 0; c && i < c->effect_count; i++)
        if (c->effects[i].op == op)
            return true;
    return false;
}

typedef bool visit_fn(struct engine *e, void *user, const struct nc_inst *in);

/* False as soon as visit says so. */
static bool each_inst(struct engine *e, nc_id fn, visit_fn *visit, void *user)
{
    const struct nc_function *f = &e->m->functions[fn];

    for (uint32_t b = 0; b < f->block_count; b++) {
        const struct nc_block *k = &e->m->blocks[f->first_block + b];

        for (uint32_t i = 0; i < k->inst_count; i++)
            if (!visit(e, user, &e->m->insts[k->first_inst + i]))
                return false;
    }
    return true;
}

struct takes {
    bool lock, unlock, wrappers;
};

static bool look_for_locks(struct engine *e, void *user, const struct nc_inst *in)
{
    struct takes *t = user;
    nc_id callee = in->op == NC_IN_CALL && e->m->exprs[in->b].op == NC_EX_FUNC ? e->m->exprs[in->b].a : NC_NONE;

    if (callee == NC_NONE)
        return true;
    const struct nc_contract *c = fn_info(e, callee)->contract;

    t->lock |= has_effect(c, NC_EFF_LOCK) || has_effect(c, NC_EFF_TRY_LOCK);
    t->unlock |= has_effect(c, NC_EFF_UNLOCK) || has_effect(c, NC_EFF_LOWER);
    if (t->wrappers && !c && e->m->functions[callee].block_count) {
        struct takes inner = { false, false, false };

        each_inst(e, callee, look_for_locks, &inner);
        t->lock |= inner.lock && !inner.unlock;
        t->unlock |= inner.unlock;
    }
    return true;
}

static bool note_store(struct engine *e, void *user, const struct nc_inst *in)
{
    nc_id at = in->op == NC_IN_STORE ? in->a : NC_NONE;

    (void)user;
    if (at == NC_NONE)
        return true;
    while (e->m->exprs[at].op == NC_EX_CAST)
        at = e->m->exprs[at].a;
    if (e->m->exprs[at].op == NC_EX_FIELD && e->m->types[e->m->fields[e->m->exprs[at].b].type].kind != NC_TY_POINTER)
        e->field_guarded[e->m->exprs[at].b] = 1;
    return true;
}

void lock_use(struct engine *e, nc_id fn, bool *takes, bool *releases)
{
    struct takes t = { false, false, true };

    each_inst(e, fn, look_for_locks, &t);
    *takes = t.lock;
    *releases = t.unlock;
}

void guarded_collect(struct engine *e)
{
    e->field_guarded = nc_arena_alloc(e->perm, e->m->fields_count + 1);
    for (nc_id fn = 0; fn < e->m->functions_count; fn++) {
        bool takes, releases;

        if (e->m->functions[fn].flags & NC_FN_SYSTEM)
            continue;
        lock_use(e, fn, &takes, &releases);
        if (takes)
            each_inst(e, fn, note_store, NULL);
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
        const struct object *o = y.kind == SYM_LAZY ? &e->u.objects[y.a] : NULL;
        nc_id field = o && o->kind == OBJ_SYM && o->record != NC_NONE ? field_at(e, o->record, y.c, NULL) : NC_NONE;

        if (field == NC_NONE || !e->field_guarded[field])
            continue;
        const struct nc_field *f = &e->m->fields[field];
        uint64_t bits = f->bit_width ? f->bit_width : (uint64_t)type_bits(e, f->type);

        if (!bits || bits > 64 || !v_same(mem_load(e, s, y.a, y.c, bits, f->type), v_sym(p->obj)))
            continue;
        mem_store(e, s, y.a, y.c, bits, fresh(e, s, ctx, inst, GUARDED_SLOT + changed++, f->type));
    }
}
