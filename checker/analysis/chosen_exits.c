/*
 * Locks that a function takes on some paths only, as its caller has chosen, and that another one gives back:
 * Enter(Mode) and Leave(Mode). Nothing is wrong with that as long as every caller ends balanced: a caller that does not
 * is where it is said. A function that also releases locks is none of them: there the path out that keeps one is the
 * odd one.
 */
#include "analysis/engine.h"

static bool disjoint(const struct range *a, const struct range *b)
{
    if (a->hi < b->lo || b->hi < a->lo)
        return true;
    for (uint32_t i = 0; a->lo == a->hi && i < b->ne_count; i++)
        if (b->ne[i] == a->lo)
            return true;
    for (uint32_t i = 0; b->lo == b->hi && i < a->ne_count; i++)
        if (a->ne[i] == b->lo)
            return true;
    return false;
}

struct arguments {
    struct engine *e;
    struct val values[16];
    uint32_t count;
};

static void collect(struct engine *e, uint32_t ctx, nc_id fn, const struct state *s, struct arguments *k)
{
    const struct nc_function *f = &e->m->functions[fn];
    struct state t = *s;

    *k = (struct arguments){ .e = e };
    for (uint32_t i = 0; i < f->param_count && k->count < 16; i++) {
        nc_id type = e->m->locals[f->first_local + i].type;

        if (e->m->types[type].kind != NC_TY_RECORD)
            k->values[k->count++] = mem_load(e, &t, u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + i, 0), 0,
                                             (uint64_t)type_bits(e, type), type);
    }
}

/* An argument, or computed from arguments and constants alone. What memory holds is no choice of the caller's. */
static bool from_arguments(const struct arguments *k, struct val v, int depth)
{
    if (v.kind != V_SYM)
        return false;
    for (uint32_t i = 0; i < k->count; i++)
        if (k->values[i].kind == V_SYM && k->values[i].id == v.id)
            return true;
    const struct symbol *y = &k->e->u.symbols[v.id];

    if (y->kind != SYM_EXPR || depth > 8)
        return false;
    return (from_arguments(k, y->x, depth + 1) && (y->y.kind != V_SYM || from_arguments(k, y->y, depth + 1))) ||
           (y->x.kind != V_SYM && from_arguments(k, y->y, depth + 1));
}

static bool chosen(struct engine *e, uint32_t ctx, nc_id fn, const struct state *a, const struct state *b)
{
    struct arguments k;

    collect(e, ctx, fn, a, &k);
    for (int turn = 0; turn < 2; turn++) {
        const struct pmap *facts = turn ? b->facts : a->facts;

        for (const struct pmap *p = pmap_ceiling(facts, 0, INT64_MIN); p; p = pmap_ceiling(facts, p->obj, p->off + 1)) {
            struct range in_a = range_of(e, a, v_sym(p->obj)), in_b = range_of(e, b, v_sym(p->obj));

            if (disjoint(&in_a, &in_b) && from_arguments(&k, v_sym(p->obj), 0))
                return true;
        }
    }
    return false;
}

bool exit_chosen(struct engine *e, uint32_t ctx, nc_id fn, const struct exits *x, uint32_t i, const bool *raised)
{
    bool takes, releases;

    lock_use(e, fn, &takes, &releases);
    if (releases)
        return false;
    for (uint32_t k = 0; k < x->count; k++)
        if (!raised[k] && !chosen(e, ctx, fn, &x->items[i].s, &x->items[k].s))
            return false;
    return true;
}
