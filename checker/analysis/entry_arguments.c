/*
 * What an entry gets from the system: its arguments, and what these lead to that every run of the driver's life shares.
 */
#include <string.h>

#include "analysis/engine.h"

static bool pointer_to(struct engine *e, nc_id type, const char *record)
{
    if (e->m->types[type].kind != NC_TY_POINTER || e->m->types[type].elem == NC_NONE)
        return false;
    const struct nc_type *t = &e->m->types[e->m->types[type].elem];
    const char *n = nc_string(e->m, t->name);

    return t->kind == NC_TY_RECORD && strcmp(*n == '_' ? n + 1 : n, record) == 0;
}

static bool one_device(struct engine *e, const struct state *s, uint32_t *device)
{
    uint32_t found = 0;

    for (const struct pmap *c = pmap_ceiling(s->fill, 0, INT64_MIN); c; c = pmap_ceiling(s->fill, c->obj, INT64_MAX)) {
        const struct object *o = &e->u.objects[c->obj];

        if (c->off == INT64_MAX)
            break;
        if (o->kind == OBJ_HEAP && o->b < e->m->insts_count && e->m->insts[o->b].op == NC_IN_CALL &&
            !pmap_find(s->objs, c->obj, OS_FREED)) {
            const struct nc_expr *x = &e->m->exprs[e->m->insts[o->b].b];

            if (x->op == NC_EX_FUNC &&
                strncmp(nc_string(e->m, e->m->functions[x->a].name), "IoCreateDevice", 14) == 0) {
                if (found)
                    return false;
                found = c->obj;
            }
        }
    }
    *device = found;
    return found != 0;
}

struct val driver_object(struct engine *e)
{
    return v_sym(u_symbol(
        &e->u, (struct symbol){ .kind = SYM_FRESH, .flags = SYMF_NONNULL, .b = NC_NONE, .c = 1000, .type = NC_NONE }));
}

/* A member by name, also inside anonymous members: its field, and its offset in bits. */
static nc_id deep_field(struct engine *e, nc_id record, const char *name, int64_t *off, int depth)
{
    const struct nc_module *m = e->m;
    nc_id f = find_field(e, record, name);

    if (f != NC_NONE) {
        *off = m->fields[f].offset;
        return f;
    }
    for (uint32_t k = 0;
         record != NC_NONE && depth < 4 && m->types[record].kind == NC_TY_RECORD && k < m->types[record].field_count;
         k++) {
        const struct nc_field *inner = &m->fields[m->types[record].first_field + k];

        if (!*nc_string(m, inner->name) && (f = deep_field(e, inner->type, name, off, depth + 1)) != NC_NONE) {
            *off += inner->offset;
            return f;
        }
    }
    return NC_NONE;
}

/* Where an IRP points at its current stack location, in bits; -1: not known. */
static int64_t irp_stack_offset(struct engine *e, nc_id irp)
{
    static const char *const path[] = { "Tail", "Overlay", "CurrentStackLocation" };
    int64_t sum = 0, off;

    for (size_t i = 0; i < 3; i++) {
        nc_id f = deep_field(e, irp, path[i], &off, 0);

        if (f == NC_NONE)
            return -1;
        sum += off;
        irp = e->m->fields[f].type;
    }
    return sum;
}

/* The current stack location of an IRP that the system passes. */
enum { STACK_LOCATION = ENTRY_ARGUMENT + ENTRY_ARGUMENTS };
static bool irp_stack_location(const struct symbol *y)
{
    return y->kind == SYM_FRESH && y->b == NC_NONE && y->c >= STACK_LOCATION && y->c < STACK_LOCATION + ENTRY_ARGUMENTS;
}

/* Every IRP names the same file object, so that what one routine keeps in its context fields is found by the others. */
static void push_irp(struct engine *e, struct state *s, uint32_t ctx, uint32_t param, struct val irp, uint8_t major)
{
    static const char *const names[] = { "IRP", "IO_STACK_LOCATION" };
    struct val stack = v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_FRESH,
                                                              .flags = SYMF_NONNULL,
                                                              .a = ctx,
                                                              .b = NC_NONE,
                                                              .c = STACK_LOCATION + param,
                                                              .type = NC_NONE }));
    nc_id record = find_record(e, names[1]), file_field = find_field(e, record, "FileObject"),
          major_field = find_field(e, record, "MajorFunction");
    uint32_t object;
    int64_t off, at = irp_stack_offset(e, find_record(e, names[0]));

    if (file_field == NC_NONE || at < 0 || !point_at(e, irp, &object, &off))
        return;
    mem_store(e, s, object, at, 64, stack);
    if (!point_at(e, stack, &object, &off))
        return;
    mem_store(e, s, object, e->m->fields[file_field].offset, 64, file_object(e));
    if (major && major_field != NC_NONE)
        mem_store(e, s, object, e->m->fields[major_field].offset, 8, v_int(major - 1));
}

void push_entry_args(struct engine *e, struct state *s, uint32_t ctx, const struct entry *en, struct val irql)
{
    const struct nc_function *f = &e->m->functions[en->fn];

    s->irql = irql;
    for (uint32_t i = 0; i < f->param_count; i++) {
        nc_id type = e->m->locals[f->first_local + i].type;
        uint32_t object = u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + i, 0), device;
        struct val v = v_sym(u_symbol(
            &e->u,
            (struct symbol){ .kind = SYM_FRESH, .a = ctx, .b = NC_NONE, .c = ENTRY_ARGUMENT + i, .type = type }));

        if (i == 0 && en->role && strstr(en->role->name, "NPI_") && strstr(en->role->name, "ATTACH"))
            v = binding_handle(e, strstr(en->role->name, "PROVIDER_ATTACH") != NULL);
        else if (pointer_to(e, type, "DRIVER_OBJECT"))
            v = driver_object(e);
        else if (pointer_to(e, type, "DEVICE_OBJECT") && one_device(e, s, &device))
            v = v_addr(device, 0);
        else if (en->context.kind != V_NONE && en->context_param == i)
            v = en->context;
        else if (e->m->types[type].kind == NC_TY_POINTER && en->role)
            e->u.symbols[v.id].flags |=
                pointer_to(e, type, "IRP") || pointer_to(e, type, "UNICODE_STRING") ? SYMF_NONNULL : 0;
        mem_drop_object(e, s, object);
        if (e->m->types[type].kind == NC_TY_RECORD)
            mem_fill(e, s, object, 0, type_bits(e, type), new_epoch(e));
        else
            mem_store(e, s, object, 0, (uint64_t)type_bits(e, type), v);
        if (!e->generic && pointer_to(e, type, "IRP"))
            push_irp(e, s, ctx, i, v, en->major);
    }
}

/* The argument of an entry that a symbol was read out of. */
static bool from_argument(struct engine *e, uint32_t symbol, uint32_t ctx)
{
    for (int depth = 0; depth < 12; depth++) {
        struct symbol y = e->u.symbols[symbol];
        struct val up = y.x;

        if (y.kind == SYM_FRESH)
            return y.a == ctx && (entry_argument(&y) >= 0 || irp_stack_location(&y));
        if (y.kind == SYM_LAZY) {
            const struct object *o = &e->u.objects[object_base(&e->u, y.a)];

            if (o->kind != OBJ_SYM)
                return false;
            up = v_sym(o->a);
        } else if (y.kind != SYM_EXPR || up.kind != V_SYM) {
            return false;
        }
        symbol = up.id;
    }
    return false;
}

/* The next call brings arguments of its own: what is known of these, and of what they lead to, does not count for it.
 */
void drop_arguments(struct engine *e, struct state *s, uint32_t ctx, const struct nc_function *f)
{
    for (uint32_t k = 0; k < f->param_count; k++)
        mem_drop_object(e, s, u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + k, 0));
    if (e->generic)
        return;
    for (int map = 0; map < 2; map++)
        for (const struct pmap *p = pmap_ceiling(map ? s->fill : s->mem, 0, INT64_MIN); p;) {
            uint32_t object = p->obj, base = object_base(&e->u, object);

            if (e->u.objects[base].kind == OBJ_SYM && from_argument(e, e->u.objects[base].a, ctx)) {
                for (const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN); c && c->obj == object;
                     c = pmap_ceiling(s->mem, object, c->off + 1))
                    if (c->val.kind == V_SYM && e->u.symbols[c->val.id].kind == SYM_HANDLE)
                        escape_value(e, s, c->val);
                mem_drop_object(e, s, object);
            }
            p = pmap_ceiling(map ? s->fill : s->mem, object, INT64_MAX);
            if (p && p->obj == object)
                p = pmap_ceiling(map ? s->fill : s->mem, object + 1, INT64_MIN);
        }
}
