/*
 * Expressions: pure trees, evaluated in a state. Reading an indeterminate cell gives V_UNINIT where the value is only
 * passed on, and a symbol of its own where it is computed with or tested, so that what the test teaches is kept.
 */
#include "analysis/engine.h"

#define UNINIT_EPOCH 0x7fffffff

struct val temp_get(struct engine *e, const struct state *s, uint32_t ctx, uint32_t temp)
{
    const struct pmap *c = pmap_find(s->mem, u_object(&e->u, OBJ_TEMPS, ctx, 0, 0), temp);

    return c ? c->val : v_uninit();
}

void temp_set(struct engine *e, struct state *s, uint32_t ctx, uint32_t temp, struct val v)
{
    s->mem = pmap_set(e->arena, s->mem, u_object(&e->u, OBJ_TEMPS, ctx, 0, 0), temp, 0, v);
}

/* Bits of the array whose first element the address expression names; 0 if that can't be seen. */
static int64_t array_extent(struct engine *e, nc_id expr)
{
    const struct nc_expr *x = &e->m->exprs[expr];
    const struct nc_type *t = NULL;

    switch (x->op) {
    case NC_EX_GLOBAL:
        t = &e->m->types[e->m->globals[x->a].type];
        break;
    case NC_EX_FIELD:
        t = &e->m->types[e->m->fields[x->b].type];
        break;
    case NC_EX_CAST:
        return array_extent(e, x->a);
    default:
        return 0;
    }
    return t->kind == NC_TY_ARRAY ? (int64_t)t->size * 8 : 0;
}

void learn_record(struct engine *e, struct val base, nc_id record)
{
    uint32_t object;
    int64_t off;

    if (record == NC_NONE || record >= e->m->types_count || !point_at(e, base, &object, &off) || off != 0)
        return;
    struct object *o = &e->u.objects[object];

    if (o->kind == OBJ_HEAP || o->kind == OBJ_SYM || o->kind == OBJ_ELEM) {
        /* The widest type that it was seen as. */
        if (o->record == NC_NONE || e->m->types[o->record].size < e->m->types[record].size)
            o->record = record;
    }
}

static struct val eval_field(struct engine *e, struct state *s, uint32_t ctx, const struct nc_expr *x)
{
    struct val base = eval(e, s, ctx, x->a);
    uint32_t object;
    int64_t off;

    learn_record(e, base, x->aux);
    if (!point_at(e, base, &object, &off)) {
        if (base.kind == V_INT && base.off == 0) /* offsetof by hand, or a NULL that is followed */
            return v_int(x->value / 8);
        return v_sym(u_symbol(
            &e->u,
            (struct symbol){ .kind = SYM_EXPR, .b = NC_EX_ADD, .x = base, .y = v_int(x->value / 8), .type = NC_NONE }));
    }
    return normal_addr(e, object, off + x->value);
}

static struct val eval_index(struct engine *e, struct state *s, uint32_t ctx, const struct nc_expr *x)
{
    struct val base = eval(e, s, ctx, x->a), index = eval(e, s, ctx, x->b);
    uint32_t object;
    int64_t off, n;

    if (!point_at(e, base, &object, &off))
        return binary(e, s, NC_EX_ADD, base, binary(e, s, NC_EX_MUL, index, v_int(x->value), NC_NONE), NC_NONE);
    if (const_of(e, s, index, &n))
        return normal_addr(e, object, off + n * x->value * 8);
    if (index.kind != V_SYM)
        return fresh(e, s, ctx, (nc_id)(x - e->m->exprs), 77, NC_NONE);
    uint32_t elem = u_object(&e->u, OBJ_ELEM, object, index.id, off);

    if (!e->u.objects[elem].extent)
        e->u.objects[elem].extent = array_extent(e, x->a);
    return v_addr(elem, 0);
}

uint64_t access_bits(struct engine *e, nc_id addr, nc_id type)
{
    const struct nc_expr *x = &e->m->exprs[addr];

    return x->op == NC_EX_FIELD && e->m->fields[x->b].bit_width ? e->m->fields[x->b].bit_width
                                                                : (uint64_t)type_bits(e, type);
}

static struct val settled(struct engine *e, struct state *s, uint32_t ctx, nc_id expr)
{
    struct val v = eval(e, s, ctx, expr);

    if (v.kind != V_UNINIT)
        return v;
    const struct nc_expr *x = &e->m->exprs[expr];
    uint32_t object;
    int64_t off;

    while (x->op == NC_EX_CAST)
        x = &e->m->exprs[x->a];
    if (x->op == NC_EX_LOAD && point_at(e, eval(e, s, ctx, x->a), &object, &off)) {
        uint32_t id = u_symbol(
            &e->u, (struct symbol){ .kind = SYM_LAZY, .a = object, .b = UNINIT_EPOCH, .c = off, .type = x->type });

        mem_store(e, s, object, off, access_bits(e, x->a, x->type), v_sym(id));
        return v_sym(id);
    }
    return v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_FRESH, .a = ctx, .b = expr, .c = -1, .type = x->type }));
}

static bool is_list_link(struct engine *e, nc_id addr)
{
    const struct nc_expr *x = &e->m->exprs[addr];

    return x->op == NC_EX_FIELD && x->aux != NC_NONE && x->aux == find_record(e, "LIST_ENTRY");
}

struct val eval(struct engine *e, struct state *s, uint32_t ctx, nc_id expr)
{
    const struct nc_expr *x = &e->m->exprs[expr];
    uint32_t object;
    int64_t off;

    switch ((enum nc_expr_op)x->op) {
    case NC_EX_INT:
        return v_int(x->value);
    case NC_EX_STRING:
        return v_addr(u_object(&e->u, OBJ_STRING, x->a, 0, 0), 0);
    case NC_EX_GLOBAL:
        return v_addr(u_object(&e->u, OBJ_GLOBAL, x->a, 0, 0), 0);
    case NC_EX_FUNC:
        return v_addr(u_object(&e->u, OBJ_FUNC, x->a, 0, 0), 0);
    case NC_EX_LOCAL:
        return v_addr(u_object(&e->u, OBJ_LOCAL, ctx, e->m->functions[e->u.contexts[ctx].fn].first_local + x->a, 0), 0);
    case NC_EX_TEMP:
        return temp_get(e, s, ctx, x->a);
    case NC_EX_LOAD: {
        struct val at = eval(e, s, ctx, x->a);

        if (!point_at(e, at, &object, &off))
            return v_sym(
                u_symbol(&e->u, (struct symbol){ .kind = SYM_FRESH, .a = ctx, .b = expr, .c = -2, .type = x->type }));
        if (e->u.objects[object].kind == OBJ_FUNC)
            return v_addr(object, 0); /* *function is the function */
        const struct pmap *freed =
            pmap_count(s->objs) ? pmap_find(s->objs, object_base(&e->u, object), OS_BINDING) : NULL;

        if (freed)
            binding_on_access(e, ctx, NC_NONE, s, object);
        uint64_t bits = access_bits(e, x->a, x->type);

        if (e->watch)
            watch_read(e, object, off, bits);
        struct val v = mem_load(e, s, object, off, bits, x->type);

        if (v.kind == V_SYM && e->u.symbols[v.id].type == NC_NONE)
            e->u.symbols[v.id].type = x->type;
        if (v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_LAZY && is_list_link(e, x->a))
            e->u.symbols[v.id].flags |= SYMF_NONNULL; /* doubly linked lists go round */
        return v;
    }
    case NC_EX_FIELD:
        return eval_field(e, s, ctx, x);
    case NC_EX_INDEX:
        return eval_index(e, s, ctx, x);
    case NC_EX_ADD:
    case NC_EX_SUB:
    case NC_EX_MUL:
    case NC_EX_DIV:
    case NC_EX_REM:
    case NC_EX_AND:
    case NC_EX_OR:
    case NC_EX_XOR:
    case NC_EX_SHL:
    case NC_EX_SHR:
    case NC_EX_EQ:
    case NC_EX_NE:
    case NC_EX_LT:
    case NC_EX_LE:
    case NC_EX_GT:
    case NC_EX_GE: {
        struct val a = settled(e, s, ctx, x->a), b = settled(e, s, ctx, x->b);

        return binary(e, s, x->op, a, b, x->type);
    }
    case NC_EX_NEG:
        return binary(e, s, NC_EX_SUB, v_int(0), settled(e, s, ctx, x->a), x->type);
    case NC_EX_NOT:
        return binary(e, s, NC_EX_XOR, settled(e, s, ctx, x->a), v_int(-1), x->type);
    case NC_EX_LNOT: {
        struct val a = settled(e, s, ctx, x->a);
        int t = truth_of(e, s, a);

        if (t >= 0)
            return v_int(!t);
        if (a.kind == V_SYM && e->u.symbols[a.id].kind == SYM_EXPR && e->u.symbols[a.id].b == NC_EX_LNOT) {
            struct val inner = e->u.symbols[a.id].x;

            if (inner.kind == V_SYM && e->u.symbols[inner.id].kind == SYM_EXPR &&
                e->u.symbols[inner.id].b >= NC_EX_EQ && e->u.symbols[inner.id].b <= NC_EX_LNOT)
                return inner; /* !!truth */
        }
        return v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_EXPR, .b = NC_EX_LNOT, .x = a, .type = NC_NONE }));
    }
    case NC_EX_CAST:
        return cast_val(e, s, eval(e, s, ctx, x->a), x->type);
    case NC_EX_UNKNOWN:
    case NC_EX_COUNT:
        break;
    }
    return fresh(e, s, ctx, expr, 78, x->type);
}

struct val eval_condition(struct engine *e, struct state *s, uint32_t ctx, nc_id expr)
{
    return settled(e, s, ctx, expr);
}

struct val eval_const(struct engine *e, nc_id expr)
{
    struct state none = { 0 };

    return eval(e, &none, 0, expr);
}
