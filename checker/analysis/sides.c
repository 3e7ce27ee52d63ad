/*
 * The sides of NPIs: which attach, detach and cleanup callbacks belong together. They are named by the characteristics
 * that a register call was seen to get, by characteristics with an initialiser, and by functions that store callbacks
 * into some.
 */
#include <string.h>

#include "analysis/engine.h"

static nc_id function_in(struct engine *e, struct state *s, uint32_t object, int64_t off, nc_id record,
                         const char *name, bool *known)
{
    nc_id f = find_field(e, record, name);

    *known = false;
    if (f == NC_NONE)
        return NC_NONE;
    struct val v = mem_load(e, s, object, off + e->m->fields[f].offset, 64, e->m->fields[f].type);

    *known = v.kind == V_INT || v.kind == V_ADDR;
    return v.kind == V_ADDR && e->u.objects[v.id].kind == OBJ_FUNC ? e->u.objects[v.id].a : NC_NONE;
}

static void add_side(struct engine *e, struct binding_info b)
{
    if (e->binding_count == e->binding_cap) {
        e->binding_cap = e->binding_cap ? e->binding_cap * 2 : 8;
        e->bindings = nc_xrealloc(e->bindings, sizeof *e->bindings * e->binding_cap);
    }
    e->bindings[e->binding_count++] = b;
}

void note_side(struct engine *e, struct state *s, struct val chars, bool provider, struct val context)
{
    uint32_t object;
    int64_t off;
    nc_id record = find_record(e, provider ? "NPI_PROVIDER_CHARACTERISTICS" : "NPI_CLIENT_CHARACTERISTICS");
    struct binding_info b = { .provider = provider, .context = context, .record = NC_NONE, .bound = v_none() };
    bool known;

    if (record == NC_NONE || !point_at(e, chars, &object, &off))
        return;
    b.attach =
        function_in(e, s, object, off, record, provider ? "ProviderAttachClient" : "ClientAttachProvider", &known);
    b.detach =
        function_in(e, s, object, off, record, provider ? "ProviderDetachClient" : "ClientDetachProvider", &known);
    b.cleanup =
        function_in(e, s, object, off, record,
                    provider ? "ProviderCleanupBindingContext" : "ClientCleanupBindingContext", &b.cleanup_known);
    if (b.attach == NC_NONE && b.detach == NC_NONE)
        return;
    for (uint32_t i = 0; i < e->binding_count; i++) {
        struct binding_info *p = &e->bindings[i];

        if (p->provider == provider && p->attach == b.attach && p->detach == b.detach && p->cleanup == b.cleanup) {
            if (p->context.kind == V_NONE)
                p->context = context;
            return;
        }
    }
    add_side(e, b);
}

/* Characteristics that are globals, whether or not a register call for them was executed. */
static void static_sides(struct engine *e)
{
    for (int provider = 0; provider < 2; provider++) {
        nc_id record = find_record(e, provider ? "NPI_PROVIDER_CHARACTERISTICS" : "NPI_CLIENT_CHARACTERISTICS");

        for (nc_id g = 0; record != NC_NONE && g < e->m->globals_count; g++) {
            nc_id type = e->m->globals[g].type;
            int64_t count = 1;
            struct state s = { 0 };

            if (e->m->types[type].kind == NC_TY_ARRAY) {
                count = e->m->types[type].count < 16 ? e->m->types[type].count : 16;
                type = e->m->types[type].elem;
            }
            if (type != record || !e->m->globals[g].init_count)
                continue;
            for (int64_t i = 0; i < count; i++)
                note_side(e, &s,
                          v_addr(u_object(&e->u, OBJ_GLOBAL, g, 0, 0), i * (int64_t)e->m->types[record].size * 8),
                          provider, v_none());
        }
    }
}

static nc_id stored_function(const struct nc_module *m, const struct nc_inst *in)
{
    nc_id x = in->b;

    while (m->exprs[x].op == NC_EX_CAST)
        x = m->exprs[x].a;
    return m->exprs[x].op == NC_EX_FUNC ? m->exprs[x].a : NC_NONE;
}

static bool known_callback(const struct engine *e, nc_id fn)
{
    for (uint32_t i = 0; i < e->binding_count; i++)
        if (e->bindings[i].attach == fn || e->bindings[i].detach == fn)
            return true;
    return false;
}

static void stored_side_done(struct engine *e, struct binding_info *b)
{
    bool any = b->attach != NC_NONE || b->detach != NC_NONE;

    /* Who fills in both of the others leaves it NULL. */
    b->cleanup_known |= b->attach != NC_NONE && b->detach != NC_NONE;

    if (any && (b->attach == NC_NONE || !known_callback(e, b->attach)) &&
        (b->detach == NC_NONE || !known_callback(e, b->detach)))
        add_side(e, *b);
    *b = (struct binding_info){ .provider = b->provider,
                                .attach = NC_NONE,
                                .detach = NC_NONE,
                                .cleanup = NC_NONE,
                                .context = v_none(),
                                .record = NC_NONE,
                                .bound = v_none() };
}

/* One function that fills characteristics field by field: the register call may be out of sight. */
static void stored_sides(struct engine *e, const struct nc_function *f, bool provider)
{
    const struct nc_module *m = e->m;
    struct binding_info b = { .provider = provider };
    const char *record = provider ? "NPI_PROVIDER_CHARACTERISTICS" : "NPI_CLIENT_CHARACTERISTICS";
    nc_id type = find_record(e, record);

    if (type == NC_NONE)
        return;
    b.attach = b.detach = NC_NONE;
    stored_side_done(e, &b);
    for (uint32_t k = 0; k < f->block_count; k++) {
        const struct nc_block *block = &m->blocks[f->first_block + k];

        for (uint32_t i = 0; i < block->inst_count; i++) {
            const struct nc_inst *in = &m->insts[block->first_inst + i];
            nc_id fn = in->op == NC_IN_STORE ? stored_function(m, in) : NC_NONE;
            const struct nc_expr *at = &m->exprs[in->a];

            if (fn == NC_NONE || at->op != NC_EX_FIELD || at->aux != type)
                continue;
            const char *name = nc_string(m, m->fields[at->b].name);
            nc_id *slot = strstr(name, "Attach") ? &b.attach : strstr(name, "Detach") ? &b.detach : &b.cleanup;

            if (*slot != NC_NONE && *slot != fn) /* the next structure */
                stored_side_done(e, &b);
            *slot = fn;
        }
    }
    stored_side_done(e, &b);
}

void sides_collect(struct engine *e)
{
    static_sides(e);
    for (nc_id f = 0; f < e->m->functions_count; f++)
        for (int provider = 0; provider < 2; provider++)
            stored_sides(e, &e->m->functions[f], provider);
}
