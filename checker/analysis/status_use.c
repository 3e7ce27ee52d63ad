/*
 * Whether the status of a call is ever looked at. Followed through locals, temps, conversions and returns in the code
 * as it stands, not along paths: a test that some path reaches with the value in hand is a test.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

struct use {
    struct engine *e;
    nc_id fn;
    const struct nc_function *f;
    uint8_t *in; /* per block: tainted temps, then locals */
    uint32_t width;
    bool used, returned;
    uint32_t depth;
};

static bool expr_tainted(const struct use *u, nc_id expr, const uint8_t *t)
{
    const struct nc_module *m = u->e->m;

    while (expr != NC_NONE) {
        const struct nc_expr *x = &m->exprs[expr];

        switch ((enum nc_expr_op)x->op) {
        case NC_EX_TEMP:
            return x->a < u->f->temp_count && t[x->a];
        case NC_EX_LOAD: {
            nc_id p = x->a;

            while (m->exprs[p].op == NC_EX_FIELD || m->exprs[p].op == NC_EX_CAST)
                p = m->exprs[p].a;
            if (m->exprs[p].op == NC_EX_LOCAL)
                return t[u->f->temp_count + m->exprs[p].a];
            expr = x->a;
            continue;
        }
        case NC_EX_NEG:
        case NC_EX_NOT:
        case NC_EX_LNOT:
        case NC_EX_CAST:
        case NC_EX_FIELD:
            expr = x->a;
            continue;
        case NC_EX_INT:
        case NC_EX_STRING:
        case NC_EX_GLOBAL:
        case NC_EX_FUNC:
        case NC_EX_LOCAL:
        case NC_EX_UNKNOWN:
        case NC_EX_COUNT:
            return false;
        default:
            if (expr_tainted(u, x->a, t))
                return true;
            expr = x->b;
        }
    }
    return false;
}

/* The local whose address the expression is, at any field. */
static nc_id local_of(const struct nc_module *m, nc_id expr, bool *whole)
{
    *whole = true;
    for (;;) {
        const struct nc_expr *x = &m->exprs[expr];

        if (x->op == NC_EX_LOCAL)
            return x->a;
        if (x->op != NC_EX_FIELD && x->op != NC_EX_CAST && x->op != NC_EX_INDEX)
            return NC_NONE;
        *whole = false;
        expr = x->a;
    }
}

/* A status kept in memory counts as looked at when the same field or global is read anywhere. */
static bool read_anywhere(struct engine *e, nc_id at)
{
    const struct nc_module *m = e->m;
    const struct nc_expr *x = &m->exprs[at];

    for (nc_id i = 0; i < m->exprs_count; i++) {
        const struct nc_expr *l = &m->exprs[i];

        if (l->op != NC_EX_LOAD)
            continue;
        const struct nc_expr *p = &m->exprs[l->a];

        if (x->op == NC_EX_FIELD && p->op == NC_EX_FIELD && p->b == x->b)
            return true;
        if (x->op == NC_EX_GLOBAL && p->op == NC_EX_GLOBAL && p->a == x->a)
            return true;
    }
    return x->op != NC_EX_FIELD && x->op != NC_EX_GLOBAL;
}

static bool is_logging(struct engine *e, nc_id fn)
{
    const char *n = nc_string(e->m, e->m->functions[fn].name);
    const struct nc_function *f = &e->m->functions[fn];
    const struct nc_type *r = &e->m->types[e->m->types[f->type].elem];

    return r->kind == NC_TY_VOID || strstr(n, "Print") || strstr(n, "print") || strstr(n, "Trace") ||
           strstr(n, "Log") || strstr(n, "log");
}

static void flow_inst(struct use *u, nc_id inst, nc_id source, uint8_t *t)
{
    struct engine *e = u->e;
    const struct nc_module *m = e->m;
    const struct nc_inst *in = &m->insts[inst];
    bool whole;
    nc_id l;

    switch ((enum nc_inst_op)in->op) {
    case NC_IN_SET:
        if (in->a < u->f->temp_count)
            t[in->a] = expr_tainted(u, in->b, t);
        break;
    case NC_IN_STORE: {
        bool tainted = expr_tainted(u, in->b, t);

        l = local_of(m, in->a, &whole);
        if (l != NC_NONE) {
            if (tainted || whole)
                t[u->f->temp_count + l] = tainted;
        } else if (tainted && read_anywhere(e, in->a)) {
            u->used = true;
        }
        break;
    }
    case NC_IN_CALL: {
        bool tainted = false;
        nc_id callee = m->exprs[in->b].op == NC_EX_FUNC ? m->exprs[in->b].a : NC_NONE;

        if (inst == source && callee != NC_NONE && (m->functions[callee].flags & NC_FN_RETURNS_RECORD))
            tainted = true;
        for (uint32_t i = 0; i < in->arg_count; i++) {
            nc_id a = m->args[in->c + i];

            tainted |= expr_tainted(u, a, t);
            l = local_of(m, a, &whole);
            if (l != NC_NONE && t[u->f->temp_count + l])
                tainted = true; /* its address: read there */
        }
        if (tainted && callee != NC_NONE && m->functions[callee].block_count &&
            (m->types[m->types[m->functions[callee].type].elem].kind == NC_TY_VOID) && !is_logging(e, callee))
            u->used = true;
        if (tainted && callee == NC_NONE)
            u->used = true;
        if (tainted && callee != NC_NONE && (m->functions[callee].flags & NC_FN_RETURNS_RECORD) && in->arg_count) {
            l = local_of(m, m->args[in->c + in->arg_count - 1], &whole);
            if (l != NC_NONE)
                t[u->f->temp_count + l] = 1;
            else if (u->f->param_count && (m->functions[u->fn].flags & NC_FN_RETURNS_RECORD))
                u->returned = true; /* straight into this function's own result */
        }
        if (in->a != NC_NONE && in->a < u->f->temp_count)
            t[in->a] = inst == source ||
                       (tainted && !(callee != NC_NONE && !m->functions[callee].block_count && is_logging(e, callee)));
        /* A void procedure of the driver that gets the status may look at it. */
        if (tainted && callee != NC_NONE && m->functions[callee].block_count &&
            m->types[m->types[m->functions[callee].type].elem].kind == NC_TY_VOID) {
            const struct nc_function *cf = &m->functions[callee];

            for (uint32_t b = 0; b < cf->block_count; b++)
                if (m->blocks[cf->first_block + b].term == NC_TERM_BRANCH)
                    u->used = true;
        }
        break;
    }
    case NC_IN_ASSUME:
        if (expr_tainted(u, in->a, t))
            u->used = true;
        break;
    case NC_IN_COPY:
        l = local_of(m, in->b, &whole);
        if (l != NC_NONE && t[u->f->temp_count + l]) {
            nc_id to = local_of(m, in->a, &whole);

            if (to == NC_NONE)
                u->used = true;
            else
                t[u->f->temp_count + to] = 1;
        }
        break;
    default:
        break;
    }
}

static bool merge_into(struct use *u, uint32_t block, const uint8_t *t)
{
    uint8_t *in = u->in + (size_t)block * u->width;
    bool changed = false;

    for (uint32_t i = 0; i < u->width; i++)
        if (t[i] && !in[i]) {
            in[i] = 1;
            changed = true;
        }
    return changed;
}

static bool used_in(struct engine *e, nc_id fn, nc_id source, uint32_t depth);

/* The value is what the function returns: its callers decide. */
static bool used_by_callers(struct engine *e, nc_id fn, uint32_t depth)
{
    const struct nc_module *m = e->m;
    bool called = false;

    if (depth > 6)
        return true;
    if (m->functions[fn].flags & NC_FN_ADDRESS_TAKEN)
        return true;
    for (nc_id i = 0; i < m->insts_count; i++) {
        const struct nc_inst *in = &m->insts[i];

        if (in->op != NC_IN_CALL || m->exprs[in->b].op != NC_EX_FUNC || m->exprs[in->b].a != fn)
            continue;
        called = true;
        nc_id caller = inst_function(e, i);

        if (caller == NC_NONE ||
            ((in->a != NC_NONE || (m->functions[fn].flags & NC_FN_RETURNS_RECORD)) && used_in(e, caller, i, depth + 1)))
            return true;
    }
    return !called;
}

static bool used_in(struct engine *e, nc_id fn, nc_id source, uint32_t depth)
{
    const struct nc_module *m = e->m;
    const struct nc_function *f = &m->functions[fn];
    struct use u = { .e = e, .fn = fn, .f = f, .width = f->temp_count + f->local_count + 1, .depth = depth };
    const struct fn_info *info = fn_info(e, fn);

    u.in = calloc((size_t)u.width * (f->block_count + 1), 1);
    uint8_t *t = calloc(u.width, 1);

    if (!u.in || !t)
        exit(2);
    for (bool changed = true; changed && !u.used;) {
        changed = false;
        for (uint32_t p = 0; p < info->reachable && !u.used; p++) {
            uint32_t b = info->order[p];
            const struct nc_block *k = &m->blocks[f->first_block + b];

            memcpy(t, u.in + (size_t)b * u.width, u.width);
            for (uint32_t i = 0; i < k->inst_count; i++)
                flow_inst(&u, k->first_inst + i, source, t);
            bool cond = k->expr != NC_NONE && expr_tainted(&u, k->expr, t);

            switch ((enum nc_term)k->term) {
            case NC_TERM_BRANCH:
                u.used |= cond;
                changed |= merge_into(&u, k->succ[0], t);
                changed |= merge_into(&u, k->succ[1], t);
                break;
            case NC_TERM_SWITCH:
                u.used |= cond;
                changed |= merge_into(&u, k->succ[0], t);
                for (uint32_t i = 0; i < k->case_count; i++)
                    changed |= merge_into(&u, m->cases[k->first_case + i].target, t);
                break;
            case NC_TERM_JUMP:
                changed |= merge_into(&u, k->succ[0], t);
                break;
            case NC_TERM_EXCEPTION:
                changed |= merge_into(&u, k->succ[0], t);
                changed |= merge_into(&u, k->succ[1], t);
                break;
            case NC_TERM_RETURN:
                u.returned |= cond;
                break;
            default:
                break;
            }
        }
    }
    free(u.in);
    free(t);
    return u.used || (u.returned && used_by_callers(e, fn, depth));
}

bool status_is_checked(struct engine *e, nc_id inst)
{
    if (!e->acquire_unchecked[inst]) {
        bool checked = false;

        if (e->m->insts[inst].a != NC_NONE) {
            nc_id fn = inst_function(e, inst);

            checked = fn == NC_NONE || used_in(e, fn, inst, 0);
        }
        e->acquire_unchecked[inst] = checked ? 1 : 2;
    }
    return e->acquire_unchecked[inst] == 1;
}
