/*
 * Kinds of handles by the place they are kept in, whatever the order of execution: a field, global or local into which
 * only register calls of one kind write, or only the binding handles that attach callbacks get, holds handles of that
 * kind. A place that anything else is stored into is not judged. So a handle that is read from a field of unknown
 * history is still known.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

struct places {
    struct engine *e;
    uint32_t *locals;
    uint32_t *pointees; /* of parameters: kinds of the handles that the function has written behind them */
};

static nc_id strip(const struct nc_module *m, nc_id x)
{
    while (m->exprs[x].op == NC_EX_CAST)
        x = m->exprs[x].a;
    return x;
}

/* Where an address expression of a function points, if places of that kind are followed. */
static uint32_t *place(struct places *p, const struct nc_function *f, nc_id addr)
{
    const struct nc_module *m = p->e->m;
    const struct nc_expr *x = &m->exprs[strip(m, addr)];

    switch (x->op) {
    case NC_EX_FIELD:
        return &p->e->field_kinds[x->b];
    case NC_EX_GLOBAL:
        return &p->e->global_kinds[x->a];
    case NC_EX_LOCAL:
        return &p->locals[f->first_local + x->a];
    default:
        return NULL;
    }
}

static bool is_attach(const struct engine *e, nc_id fn, bool *provider)
{
    for (uint32_t i = 0; i < e->entry_count; i++) {
        const struct nc_role_contract *r = e->entries[i].fn == fn ? e->entries[i].role : NULL;

        if (r && strncmp(r->name, "NPI_", 4) == 0 && strstr(r->name, "_ATTACH_")) {
            *provider = strstr(r->name, "PROVIDER_ATTACH") != NULL;
            return true;
        }
    }
    return false;
}

static uint32_t kinds_of_value(struct places *p, nc_id fn, nc_id value)
{
    const struct nc_module *m = p->e->m;
    const struct nc_function *f = &m->functions[fn];
    nc_id v = strip(m, value);
    bool provider;

    if (m->exprs[v].op == NC_EX_INT)
        return m->exprs[v].value == 0 || m->exprs[v].value == -1 ? 0 : HK_OTHER; /* NULL and INVALID_HANDLE_VALUE */
    if (m->exprs[v].op != NC_EX_LOAD)
        return HK_OTHER;
    const struct nc_expr *at = &m->exprs[strip(m, m->exprs[v].a)];

    if (at->op == NC_EX_LOCAL && at->a == 0 && f->param_count && is_attach(p->e, fn, &provider))
        return provider ? HK_BINDING_PROVIDER : HK_BINDING_CLIENT;
    const uint32_t *from = place(p, f, m->exprs[v].a);

    if (at->op == NC_EX_LOCAL && at->a < f->param_count)
        return HK_OTHER; /* a parameter: its callers decide */
    return from && *from ? *from : HK_OTHER;
}

/* What a call writes behind its argument i: a handle, by contract or by what the called function does with it. */
static uint32_t written(struct places *p, nc_id callee, const struct nc_contract *c, uint32_t i)
{
    const struct nc_module *m = p->e->m;

    for (uint32_t k = 0; c && k < c->effect_count; k++)
        if (c->effects[k].op == NC_EFF_ACQUIRE && c->effects[k].a[0] == (int)i) {
            uint32_t index = kind_index(p->e, c->effects[k].text);

            if (index < HK_KINDS)
                return 1u << index;
        }
    if (callee != NC_NONE && m->functions[callee].block_count && i < m->functions[callee].param_count)
        return p->pointees[m->functions[callee].first_local + i];
    return 0;
}

enum pass { PARAMETERS, CALLS, STORES };

static void visit(struct places *p, nc_id fn, const struct nc_inst *in, enum pass pass)
{
    const struct nc_module *m = p->e->m;
    const struct nc_function *f = &m->functions[fn];
    uint32_t *at;

    if (pass == STORES) {
        if (in->op == NC_IN_STORE && (at = place(p, f, in->a)) != NULL)
            *at |= kinds_of_value(p, fn, in->b);
        return;
    }
    if (in->op != NC_IN_CALL)
        return;
    nc_id callee = m->exprs[in->b].op == NC_EX_FUNC ? m->exprs[in->b].a : NC_NONE;
    const struct nc_contract *c = callee == NC_NONE ? NULL : fn_info(p->e, callee)->contract;

    for (uint32_t k = 0; pass == CALLS && c && k < c->effect_count; k++) {
        uint32_t index = c->effects[k].op == NC_EFF_ACQUIRE ? kind_index(p->e, c->effects[k].text) : HK_KINDS;

        if (index < HK_KINDS)
            p->e->acquire_sites[index]++;
    }
    for (uint32_t i = 0; i < in->arg_count; i++) {
        nc_id arg = strip(m, m->args[in->c + i]);
        const struct nc_expr *x = &m->exprs[arg];
        uint32_t kinds = written(p, callee, c, i);

        if (pass == PARAMETERS) {
            if (x->op == NC_EX_LOAD && m->exprs[x->a].op == NC_EX_LOCAL && m->exprs[x->a].a < f->param_count)
                p->pointees[f->first_local + m->exprs[x->a].a] |= kinds;
        } else if ((at = place(p, f, arg)) != NULL) {
            *at |= kinds ? kinds : (uint32_t)HK_OTHER;
        }
    }
}

void handle_kinds_collect(struct engine *e)
{
    const struct nc_module *m = e->m;
    struct places p = { .e = e,
                        .locals = nc_arena_alloc(e->perm, sizeof *p.locals * (m->locals_count + 1)),
                        .pointees = nc_arena_alloc(e->perm, sizeof *p.pointees * (m->locals_count + 1)) };
    static const enum pass passes[] = { PARAMETERS, PARAMETERS, PARAMETERS, CALLS, STORES, STORES };

    e->field_kinds = nc_arena_alloc(e->perm, sizeof *e->field_kinds * (m->fields_count + 1));
    e->global_kinds = nc_arena_alloc(e->perm, sizeof *e->global_kinds * (m->globals_count + 1));
    if (!e->any_relevant)
        return;
    /* Wrappers first, the innermost by the first pass; what calls write is known before stores copy it. */
    for (size_t pass = 0; pass < sizeof passes / sizeof *passes; pass++)
        for (nc_id fn = 0; fn < m->functions_count; fn++) {
            const struct nc_function *f = &m->functions[fn];

            for (uint32_t b = 0; b < f->block_count; b++) {
                const struct nc_block *k = &m->blocks[f->first_block + b];

                for (uint32_t i = 0; i < k->inst_count; i++)
                    visit(&p, fn, &m->insts[k->first_inst + i], passes[pass]);
            }
        }
}

uint32_t handle_kinds_at(struct engine *e, nc_id addr)
{
    const struct nc_expr *x = &e->m->exprs[strip(e->m, addr)];

    return x->op == NC_EX_FIELD ? e->field_kinds[x->b] : x->op == NC_EX_GLOBAL ? e->global_kinds[x->a] : 0;
}

uint32_t handle_kinds_read(struct engine *e, nc_id value)
{
    nc_id v = strip(e->m, value);

    return e->m->exprs[v].op == NC_EX_LOAD ? handle_kinds_at(e, e->m->exprs[v].a) : 0;
}

const char *handle_kinds_text(struct engine *e, uint32_t kinds)
{
    if (kinds & (HK_BINDING_CLIENT | HK_BINDING_PROVIDER))
        return "a binding handle";
    for (uint32_t i = 0; i < e->kind_count; i++)
        if (kinds & 1u << i)
            return nc_arena_printf(e->arena, "that of a %s", e->kinds[i]->display);
    return "another handle";
}

nc_id registration_field(struct engine *e, nc_id record)
{
    uint32_t registrations = 1u << kind_index(e, "nmr_client") | 1u << kind_index(e, "nmr_provider");

    if (record == NC_NONE || e->m->types[record].kind != NC_TY_RECORD)
        return NC_NONE;
    for (uint32_t i = 0; i < e->m->types[record].field_count; i++) {
        uint32_t k = e->field_kinds[e->m->types[record].first_field + i];

        if (k && !(k & ~registrations))
            return e->m->types[record].first_field + i;
    }
    return NC_NONE;
}
