/*
 * Memory of a state: cells over ranges over what an object held before. A cell is a value at a bit offset; a range says
 * that a whole piece is zero, indeterminate, or unknown; behind both is the object's own beginning: a global's
 * initialiser, indeterminate for a local, unknown for memory that was there before.
 */
#include "analysis/engine.h"

uint32_t new_epoch(struct engine *e) { return FILL_UNKNOWN + ++e->fresh_epoch; }

int64_t type_bits(struct engine *e, nc_id type)
{
    return type < e->m->types_count ? (int64_t)e->m->types[type].size * 8 : 0;
}

int64_t object_bits(struct engine *e, uint32_t object)
{
    const struct object *o = &e->u.objects[object];

    switch (o->kind) {
    case OBJ_GLOBAL:
        return type_bits(e, e->m->globals[o->a].type);
    case OBJ_LOCAL:
        return type_bits(e, e->m->locals[o->b].type);
    case OBJ_HEAP:
    case OBJ_SYM:
        return o->record != NC_NONE ? type_bits(e, o->record) : 0;
    default:
        return 0;
    }
}

const char *object_name(struct engine *e, uint32_t object)
{
    const struct object *o = &e->u.objects[object];

    switch (o->kind) {
    case OBJ_GLOBAL:
        return nc_string(e->m, e->m->globals[o->a].name);
    case OBJ_LOCAL:
        return nc_string(e->m, e->m->locals[o->b].name);
    case OBJ_FUNC:
        return nc_string(e->m, e->m->functions[o->a].display);
    case OBJ_ELEM:
        return object_name(e, o->a);
    case OBJ_HEAP:
    case OBJ_SYM:
        if (o->record != NC_NONE && nc_string(e->m, e->m->types[o->record].name)[0])
            return nc_string(e->m, e->m->types[o->record].name);
        return o->kind == OBJ_HEAP ? "the allocation" : "the object";
    default:
        return "memory";
    }
}

struct val normal_addr(struct engine *e, uint32_t object, int64_t off)
{
    if (off == 0 && e->u.objects[object].kind == OBJ_SYM)
        return v_sym(e->u.objects[object].a);
    return v_addr(object, off);
}

bool point_at(struct engine *e, struct val v, uint32_t *object, int64_t *off)
{
    if (v.kind == V_ADDR) {
        *object = v.id;
        *off = v.off;
        return true;
    }
    if (v.kind == V_SYM) {
        struct symbol y = e->u.symbols[v.id];

        /* pointer + constant */
        if (y.kind == SYM_EXPR && y.b == NC_EX_ADD && y.y.kind == V_INT && point_at(e, y.x, object, off)) {
            *off += y.y.off * 8;
            return true;
        }
        if (y.kind == SYM_EXPR && y.b == NC_EX_CAST)
            return point_at(e, y.x, object, off);
        *object = u_object(&e->u, OBJ_SYM, v.id, 0, 0);
        *off = 0;
        return true;
    }
    return false;
}

static struct val lazy(struct engine *e, uint32_t object, int64_t off, uint32_t epoch, nc_id type)
{
    return v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_LAZY, .a = object, .b = epoch, .c = off, .type = type }));
}

/* A global's cell as its initialiser left it. */
static struct val global_initial(struct engine *e, uint32_t object, nc_id g, int64_t off, uint64_t bits, nc_id type)
{
    const struct nc_global *gl = &e->m->globals[g];

    if (!(gl->flags & NC_GL_DEFINED) || (gl->flags & NC_GL_DYNAMIC_INIT) || (e->generic && e->global_mutable[g]))
        return lazy(e, object, off, 0, type);
    for (uint32_t i = 0; i < gl->init_count; i++) {
        const struct nc_init *in = &e->m->inits[gl->first_init + i];
        int64_t size = type_bits(e, in->type);

        if ((int64_t)in->offset == off)
            return e->m->exprs[in->expr].op == NC_EX_UNKNOWN ? lazy(e, object, off, 0, type) : eval_const(e, in->expr);
        if ((int64_t)in->offset < off + (int64_t)bits && off < (int64_t)in->offset + size)
            return lazy(e, object, off, 0, type);
    }
    return v_int(0);
}

static struct val initial(struct engine *e, uint32_t object, int64_t off, uint64_t bits, nc_id type)
{
    const struct object *o = &e->u.objects[object];

    switch (o->kind) {
    case OBJ_GLOBAL:
        return global_initial(e, object, o->a, off, bits, type);
    case OBJ_LOCAL:
    case OBJ_TEMPS:
        return v_uninit();
    default:
        return lazy(e, object, off, 0, type);
    }
}

/* What lies below the cells at one place. */
static struct val below(struct engine *e, struct state *s, uint32_t object, int64_t off, uint64_t bits, nc_id type)
{
    const struct pmap *f = pmap_floor(s->fill, object, off);

    if (f && f->obj == object && f->val.off > off) {
        if (f->val.id == FILL_ZERO)
            return v_int(0);
        if (f->val.id == FILL_UNINIT)
            return v_uninit();
        return lazy(e, object, off, f->val.id, type);
    }
    return initial(e, object, off, bits, type);
}

/* An element at an unknown index of an array whose content is all the same, or all constant functions, is not resolved
 * here: the caller of an unknown function pointer looks at the whole table. */
struct val mem_load(struct engine *e, struct state *s, uint32_t object, int64_t off, uint64_t bits, nc_id type)
{
    const struct pmap *c = pmap_find(s->mem, object, off);

    if (c) {
        if (c->size == bits || bits == 0 || c->size == 0)
            return c->val;
        if (c->size > bits) {
            if (c->val.kind == V_INT && bits < 64)
                return cast_val(e, s, v_int(c->val.off & (((int64_t)1 << bits) - 1)), type);
            if (c->val.kind == V_UNINIT)
                return c->val;
        }
        return lazy(e, object, off, UINT32_MAX - (uint32_t)bits, type);
    }
    c = pmap_floor(s->mem, object, off);
    if (c && c->obj == object && c->off + (int64_t)c->size > off) {
        if (c->val.kind == V_INT && bits < 64 && off - c->off < 64)
            return cast_val(e, s, v_int((c->val.off >> (off - c->off)) & (((int64_t)1 << bits) - 1)), type);
        return c->val.kind == V_UNINIT ? c->val : lazy(e, object, off, UINT32_MAX - (uint32_t)bits, type);
    }
    c = pmap_ceiling(s->mem, object, off);
    if (c && c->obj == object && bits && c->off < off + (int64_t)bits)
        return lazy(e, object, off, UINT32_MAX - (uint32_t)bits - 1000, type); /* wider than what was written */
    return below(e, s, object, off, bits, type);
}

/* Cuts the hole [lo, hi) into the object's ranges. */
static void fill_cut(struct engine *e, struct state *s, uint32_t object, int64_t lo, int64_t hi)
{
    const struct pmap *f = pmap_floor(s->fill, object, lo);

    if (f && f->obj == object && f->off < lo && f->val.off > lo) {
        struct val head = f->val, tail = f->val;
        int64_t start = f->off;

        head.off = lo;
        s->fill = pmap_set(e->arena, s->fill, object, start, 0, head);
        if (tail.off > hi)
            s->fill = pmap_set(e->arena, s->fill, object, hi, 0, tail);
    }
    for (;;) {
        f = pmap_ceiling(s->fill, object, lo);
        if (!f || f->obj != object || f->off >= hi)
            return;
        struct val tail = f->val;

        s->fill = pmap_remove(e->arena, s->fill, object, f->off);
        if (tail.off > hi)
            s->fill = pmap_set(e->arena, s->fill, object, hi, 0, tail);
    }
}

/* Removes cells that touch [lo, hi); what is left of wider ones around it becomes unknown. */
static void cut_cells(struct engine *e, struct state *s, uint32_t object, int64_t lo, int64_t hi)
{
    const struct pmap *c = pmap_floor(s->mem, object, lo);

    if (c && c->obj == object && c->off < lo && c->off + (int64_t)c->size > lo) {
        int64_t from = c->off, to = c->off + (int64_t)c->size;
        struct val v = c->val;

        s->mem = pmap_remove(e->arena, s->mem, object, from);
        if (v.kind == V_INT && lo - from < 64)
            s->mem = pmap_set(e->arena, s->mem, object, from, (uint64_t)(lo - from),
                              v_int(v.off & (((int64_t)1 << (lo - from)) - 1)));
        else
            mem_fill(e, s, object, from, lo, v.kind == V_UNINIT ? FILL_UNINIT : FILL_UNKNOWN + 1);
        if (to > hi) {
            if (v.kind == V_INT && hi - from < 64)
                s->mem = pmap_set(e->arena, s->mem, object, hi, (uint64_t)(to - hi),
                                  v_int((int64_t)((uint64_t)v.off >> (hi - from))));
            else
                mem_fill(e, s, object, hi, to, v.kind == V_UNINIT ? FILL_UNINIT : FILL_UNKNOWN + 1);
        }
    }
    for (c = pmap_ceiling(s->mem, object, lo); c && c->obj == object && c->off < hi;
         c = pmap_ceiling(s->mem, object, lo)) {
        int64_t from = c->off, to = c->off + (int64_t)c->size;
        struct val v = c->val;

        s->mem = pmap_remove(e->arena, s->mem, object, from);
        if (to > hi) {
            if (v.kind == V_INT && hi - from < 64)
                s->mem = pmap_set(e->arena, s->mem, object, hi, (uint64_t)(to - hi),
                                  v_int((int64_t)((uint64_t)v.off >> (hi - from))));
            else
                mem_fill(e, s, object, hi, to, v.kind == V_UNINIT ? FILL_UNINIT : FILL_UNKNOWN + 1);
            break;
        }
    }
}

/* A store at an unknown index: every known element may be the one. */
static void blur_array(struct engine *e, struct state *s, uint32_t elem)
{
    struct object o = e->u.objects[elem];
    int64_t hi = o.extent ? o.c + o.extent : 0;

    if (e->u.objects[o.a].kind == OBJ_ELEM)
        blur_array(e, s, o.a);
    if (!hi) {
        const struct pmap *c = pmap_floor(s->mem, o.a, INT64_MAX);

        hi = c && c->obj == o.a ? c->off + 1 : 0;
        if (object_bits(e, o.a) > hi)
            hi = object_bits(e, o.a);
    }
    if (hi > o.c)
        mem_havoc(e, s, o.a, o.c, hi, false);
}

void mem_store(struct engine *e, struct state *s, uint32_t object, int64_t off, uint64_t bits, struct val v)
{
    if (bits == 0)
        bits = 64;
    if (e->u.objects[object].kind == OBJ_ELEM)
        blur_array(e, s, object);
    const struct pmap *c = pmap_find(s->mem, object, off);

    if (!c || c->size != bits)
        cut_cells(e, s, object, off, off + (int64_t)bits);
    s->mem = pmap_set(e->arena, s->mem, object, off, bits, v);
}

void mem_fill(struct engine *e, struct state *s, uint32_t object, int64_t lo, int64_t hi, uint32_t fill)
{
    if (hi <= lo)
        return;
    cut_cells(e, s, object, lo, hi);
    fill_cut(e, s, object, lo, hi);
    s->fill = pmap_set(e->arena, s->fill, object, lo, 0, (struct val){ V_FILL, fill, hi });
}

static bool is_handle(struct engine *e, struct val v)
{
    return v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_HANDLE;
}

void mem_havoc(struct engine *e, struct state *s, uint32_t object, int64_t lo, int64_t hi, bool keep_handles)
{
    struct {
        int64_t off;
        uint64_t size;
        struct val v;
    } keep[64];
    uint32_t kept = 0;

    for (const struct pmap *c = pmap_ceiling(s->mem, object, lo); c && c->obj == object && c->off < hi;
         c = pmap_ceiling(s->mem, object, c->off + 1)) {
        if (!is_handle(e, c->val))
            continue;
        if (keep_handles && kept < 64) {
            keep[kept].off = c->off;
            keep[kept].size = c->size;
            keep[kept++].v = c->val;
        } else {
            escape_value(e, s, c->val);
        }
    }
    mem_fill(e, s, object, lo, hi, new_epoch(e));
    for (uint32_t i = 0; i < kept; i++)
        s->mem = pmap_set(e->arena, s->mem, object, keep[i].off, keep[i].size, keep[i].v);
}

void mem_drop_object(struct engine *e, struct state *s, uint32_t object)
{
    s->mem = pmap_remove_range(e->arena, s->mem, object, INT64_MIN, INT64_MAX);
    s->fill = pmap_remove_range(e->arena, s->fill, object, INT64_MIN, INT64_MAX);
}

void mem_copy(struct engine *e, struct state *s, uint32_t to, int64_t to_off, uint32_t from, int64_t from_off,
              int64_t bits)
{
    struct state before = *s;

    if (bits <= 0 || (to == from && to_off == from_off))
        return;
    if (e->u.objects[to].kind == OBJ_ELEM)
        blur_array(e, s, to);
    cut_cells(e, s, to, to_off, to_off + bits);
    fill_cut(e, s, to, to_off, to_off + bits);
    /* What lies below the source's cells. */
    const struct object *o = &e->u.objects[from];
    const struct nc_global *g = o->kind == OBJ_GLOBAL ? &e->m->globals[o->a] : NULL;

    if (g && (g->flags & NC_GL_DEFINED) && !(g->flags & NC_GL_DYNAMIC_INIT) &&
        !(e->generic && e->global_mutable[o->a])) {
        mem_fill(e, s, to, to_off, to_off + bits, FILL_ZERO);
        for (uint32_t i = 0; i < g->init_count; i++) {
            const struct nc_init *in = &e->m->inits[g->first_init + i];
            int64_t at = (int64_t)in->offset;

            if (at < from_off || at >= from_off + bits)
                continue;
            struct val v =
                e->m->exprs[in->expr].op == NC_EX_UNKNOWN ? lazy(e, from, at, 0, in->type) : eval_const(e, in->expr);

            mem_store(e, s, to, to_off + at - from_off, (uint64_t)type_bits(e, in->type), v);
        }
    } else if (o->kind == OBJ_LOCAL || o->kind == OBJ_TEMPS) {
        mem_fill(e, s, to, to_off, to_off + bits, FILL_UNINIT);
    } else {
        /* Unknown content: equal offsets of the copy read as the original does only where the cells say so. */
        mem_fill(e, s, to, to_off, to_off + bits, new_epoch(e));
    }
    for (const struct pmap *f = pmap_floor(before.fill, from, from_off);
         f && f->obj == from && f->off < from_off + bits;) {
        int64_t lo = f->off > from_off ? f->off : from_off,
                hi = f->val.off < from_off + bits ? f->val.off : from_off + bits;

        if (hi > lo)
            mem_fill(e, s, to, to_off + lo - from_off, to_off + hi - from_off, f->val.id);
        f = pmap_ceiling(before.fill, from, f->off + 1);
    }
    const struct pmap *f0 = pmap_ceiling(before.fill, from, from_off);

    for (const struct pmap *f = f0; f && f->obj == from && f->off < from_off + bits;
         f = pmap_ceiling(before.fill, from, f->off + 1)) {
        int64_t hi = f->val.off < from_off + bits ? f->val.off : from_off + bits;

        mem_fill(e, s, to, to_off + f->off - from_off, to_off + hi - from_off, f->val.id);
    }
    for (const struct pmap *c = pmap_ceiling(before.mem, from, from_off);
         c && c->obj == from && c->off < from_off + bits; c = pmap_ceiling(before.mem, from, c->off + 1))
        mem_store(e, s, to, to_off + c->off - from_off, c->size, c->val);
}
