/*
 * What is known of a function before it is executed: the order of its blocks, its loops, which temps and locals are
 * still needed at each block, its IRQL annotations, whether it is pageable; and of the driver: which globals ever
 * change, and which functions can reach something that the lifetime rules speak of.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

/* ---- liveness of temps and locals ---- */

static void use_expr(const struct nc_module *m, const struct nc_function *f, nc_id expr, uint64_t *live)
{
    while (expr != NC_NONE) {
        const struct nc_expr *x = &m->exprs[expr];

        switch ((enum nc_expr_op)x->op) {
        case NC_EX_TEMP:
            if (x->a < f->temp_count)
                live[x->a / 64] |= 1ull << (x->a % 64);
            return;
        case NC_EX_LOCAL: {
            uint32_t i = f->temp_count + x->a;

            live[i / 64] |= 1ull << (i % 64);
            return;
        }
        case NC_EX_INT:
        case NC_EX_STRING:
        case NC_EX_GLOBAL:
        case NC_EX_FUNC:
        case NC_EX_UNKNOWN:
        case NC_EX_COUNT:
            return;
        case NC_EX_LOAD:
        case NC_EX_FIELD:
        case NC_EX_NEG:
        case NC_EX_NOT:
        case NC_EX_LNOT:
        case NC_EX_CAST:
            expr = x->a;
            continue;
        default:
            use_expr(m, f, x->a, live);
            expr = x->b;
        }
    }
}

static void kill(uint64_t *live, uint32_t i) { live[i / 64] &= ~(1ull << (i % 64)); }

static void live_backward(const struct nc_module *m, const struct nc_function *f, uint32_t b, uint64_t *live)
{
    const struct nc_block *k = &m->blocks[f->first_block + b];

    use_expr(m, f, k->expr, live);
    for (uint32_t i = k->inst_count; i-- > 0;) {
        const struct nc_inst *in = &m->insts[k->first_inst + i];

        switch ((enum nc_inst_op)in->op) {
        case NC_IN_SET:
            if (in->a < f->temp_count)
                kill(live, in->a);
            use_expr(m, f, in->b, live);
            break;
        case NC_IN_STORE: {
            const struct nc_expr *at = &m->exprs[in->a];

            if (at->op == NC_EX_LOCAL && in->op == NC_IN_STORE)
                kill(live, f->temp_count + at->a);
            else
                use_expr(m, f, in->a, live);
            use_expr(m, f, in->b, live);
            break;
        }
        case NC_IN_COPY:
            use_expr(m, f, in->a, live);
            use_expr(m, f, in->b, live);
            break;
        case NC_IN_CALL:
            if (in->a != NC_NONE && in->a < f->temp_count)
                kill(live, in->a);
            use_expr(m, f, in->b, live);
            for (uint32_t j = 0; j < in->arg_count; j++)
                use_expr(m, f, m->args[in->c + j], live);
            break;
        case NC_IN_ASSUME:
            use_expr(m, f, in->a, live);
            break;
        case NC_IN_SCOPE:
        case NC_IN_END:
            kill(live, f->temp_count + in->a);
            break;
        case NC_IN_COUNT:
            break;
        }
    }
}

static void liveness(struct engine *e, const struct nc_function *f, struct fn_info *info)
{
    const struct nc_module *m = e->m;
    uint32_t bits = f->temp_count + f->local_count, n = f->block_count, cap = 2;
    uint32_t words = info->live_words = (bits + 63) / 64;

    if (!words || (uint64_t)words * n > 4000000) {
        info->live_words = 0; /* a monster: everything stays alive */
        return;
    }
    info->live_in = nc_arena_alloc(e->perm, sizeof(uint64_t) * words * n);
    for (uint32_t b = 0; b < n; b++) {
        uint32_t c = m->blocks[f->first_block + b].case_count + 2;

        cap = c > cap ? c : cap;
    }
    uint32_t *succ = nc_xmalloc(sizeof *succ * cap);
    uint64_t *live = nc_xmalloc(sizeof *live * words);

    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t p = info->reachable; p-- > 0;) {
            uint32_t b = info->order[p], k = block_successors(m, f, b, succ, cap);
            uint64_t *in = info->live_in + (size_t)b * words;

            memset(live, 0, sizeof *live * words);
            for (uint32_t i = 0; i < k; i++)
                for (uint32_t w = 0; w < words; w++)
                    live[w] |= info->live_in[(size_t)succ[i] * words + w];
            live_backward(m, f, b, live);
            if (memcmp(in, live, sizeof *live * words) != 0) {
                memcpy(in, live, sizeof *live * words);
                changed = true;
            }
        }
    }
    free(live);
    free(succ);
}

/* ---- annotations ---- */

static void read_annotations(struct engine *e, nc_id first, uint32_t count, struct fn_info *info, bool own)
{
    const struct nc_module *m = e->m;

    for (uint32_t i = 0; i < count; i++) {
        const struct nc_annot *a = &m->annots[first + i];
        const char *name = nc_string(m, a->name);

        if (strncmp(name, "IRQL_", 5) != 0)
            continue;
        if (a->param != NC_NONE) {
            if (strcmp(name, "IRQL_restores") == 0 || strcmp(name, "IRQL_saves") == 0)
                info->irql_effect |= own;
            continue;
        }
        if (strcmp(name, "IRQL_requires_max") == 0 && a->has_value && info->irql_max < 0) {
            info->irql_max = (int8_t)a->value;
            info->irql_max_text = nc_string(m, a->text);
        } else if (strcmp(name, "IRQL_requires_min") == 0 && a->has_value && info->irql_min < 0) {
            info->irql_min = (int8_t)a->value;
        } else if (strcmp(name, "IRQL_requires") == 0 && a->has_value && info->irql_max < 0) {
            info->irql_max = info->irql_min = (int8_t)a->value;
            info->irql_max_text = nc_string(m, a->text);
        } else if (strcmp(name, "IRQL_requires_same") == 0) {
            info->irql_same = true;
        } else if (own && (strcmp(name, "IRQL_raises") == 0 || strcmp(name, "IRQL_saves") == 0 ||
                           strncmp(name, "IRQL_saves_global", 17) == 0 || strncmp(name, "IRQL_restores", 13) == 0)) {
            info->irql_effect = true;
            if (strcmp(name, "IRQL_raises") == 0)
                info->irql_raises = true;
        }
    }
}

static bool locks_annotated(struct engine *e, const struct nc_function *f)
{
    for (uint32_t i = 0; i < f->annot_count; i++) {
        const char *name = nc_string(e->m, e->m->annots[f->first_annot + i].name);

        if (strncmp(name, "Acquires_", 9) == 0 || strncmp(name, "Releases_", 9) == 0 || strcmp(name, "When") == 0) {
            if (strcmp(name, "When") != 0)
                return true;
            const char *t = nc_string(e->m, e->m->annots[f->first_annot + i].text);

            if (strstr(t, "Acquires_") || strstr(t, "Releases_") || strstr(t, "IRQL_raises") ||
                strstr(t, "IRQL_saves") || strstr(t, "IRQL_restores"))
                return true;
        }
    }
    return false;
}

static bool is_paged_section(const char *section) { return strncmp(section, "PAGE", 4) == 0; }

const struct fn_info *fn_info(struct engine *e, nc_id fn)
{
    struct fn_info *info = &e->fns[fn];
    const struct nc_function *f = &e->m->functions[fn];

    if (info->ready)
        return info;
    info->ready = true;
    info->has_body = f->block_count > 0;
    info->contract = nc_contract_find(e->contracts, nc_string(e->m, f->name));
    info->irql_max = info->irql_min = -1;
    read_annotations(e, f->first_annot, f->annot_count, info, true);
    info->irql_effect |= locks_annotated(e, f);
    info->paged = is_paged_section(nc_string(e->m, f->section)) ? 1 : f->flags & NC_FN_PAGED_CODE ? 2 : 0;
    if (!info->has_body)
        return info;
    blocks_order(e, f, info);
    liveness(e, f, info);
    return info;
}

/* ---- the driver as a whole ---- */

/* The global at the bottom of an address expression; NC_NONE if it is not one. */
static nc_id base_global(const struct nc_module *m, nc_id expr)
{
    for (;;) {
        const struct nc_expr *x = &m->exprs[expr];

        switch (x->op) {
        case NC_EX_GLOBAL:
            return x->a;
        case NC_EX_FIELD:
        case NC_EX_INDEX:
        case NC_EX_CAST:
            expr = x->a;
            continue;
        default:
            return NC_NONE;
        }
    }
}

/* Globals whose address is computed with (other than to load from it directly) may change. */
static void addresses(struct engine *e, nc_id expr)
{
    const struct nc_module *m = e->m;

    if (expr == NC_NONE)
        return;
    const struct nc_expr *x = &m->exprs[expr];

    switch ((enum nc_expr_op)x->op) {
    case NC_EX_GLOBAL:
        e->global_mutable[x->a] = 1;
        return;
    case NC_EX_LOAD:
        if (base_global(m, x->a) != NC_NONE) {
            for (nc_id p = x->a; m->exprs[p].op != NC_EX_GLOBAL; p = m->exprs[p].a)
                if (m->exprs[p].op == NC_EX_INDEX)
                    addresses(e, m->exprs[p].b);
            return;
        }
        addresses(e, x->a);
        return;
    case NC_EX_FIELD:
    case NC_EX_NEG:
    case NC_EX_NOT:
    case NC_EX_LNOT:
    case NC_EX_CAST:
        addresses(e, x->a);
        return;
    case NC_EX_INT:
    case NC_EX_STRING:
    case NC_EX_FUNC:
    case NC_EX_LOCAL:
    case NC_EX_TEMP:
    case NC_EX_UNKNOWN:
    case NC_EX_COUNT:
        return;
    default:
        addresses(e, x->a);
        addresses(e, x->b);
    }
}

static void find_mutable(struct engine *e)
{
    const struct nc_module *m = e->m;

    for (nc_id i = 0; i < m->insts_count; i++) {
        const struct nc_inst *in = &m->insts[i];

        switch ((enum nc_inst_op)in->op) {
        case NC_IN_SET:
            addresses(e, in->b);
            break;
        case NC_IN_STORE:
        case NC_IN_COPY: {
            addresses(e, in->a);
            if (in->op == NC_IN_COPY) {
                if (base_global(m, in->b) == NC_NONE)
                    addresses(e, in->b);
            } else {
                addresses(e, in->b);
            }
            break;
        }
        case NC_IN_CALL:
            addresses(e, in->b);
            for (uint32_t j = 0; j < in->arg_count; j++)
                addresses(e, m->args[in->c + j]);
            break;
        default:
            break;
        }
    }
    for (nc_id b = 0; b < m->blocks_count; b++)
        addresses(e, m->blocks[b].expr);
    for (nc_id i = 0; i < m->inits_count; i++) {
        nc_id g = m->exprs[m->inits[i].expr].op == NC_EX_LOAD ? NC_NONE : base_global(m, m->inits[i].expr);

        if (g != NC_NONE)
            e->global_mutable[g] = 1;
    }
    for (nc_id g = 0; g < m->globals_count; g++)
        if (m->globals[g].flags & NC_GL_CONST)
            e->global_mutable[g] = 0;
}

bool each_inst(const struct nc_module *m, nc_id fn, bool (*visit)(void *user, const struct nc_inst *in), void *user)
{
    const struct nc_function *f = &m->functions[fn];

    for (uint32_t b = 0; b < f->block_count; b++) {
        const struct nc_block *k = &m->blocks[f->first_block + b];

        for (uint32_t i = 0; i < k->inst_count; i++)
            if (!visit(user, &m->insts[k->first_inst + i]))
                return false;
    }
    return true;
}

struct reaching {
    const struct nc_module *m;
    const uint8_t *marks;
};

static bool calls_no_marked(void *user, const struct nc_inst *in)
{
    const struct reaching *k = user;
    nc_id callee = direct_callee(k->m, in);

    return callee == NC_NONE || !k->marks[callee];
}

/* The functions that have one of these effects by contract, and those that lead to them by direct calls. */
static uint8_t *reaching(struct engine *e, uint64_t ops)
{
    const struct nc_module *m = e->m;
    uint8_t *marks = nc_arena_alloc(e->perm, m->functions_count + 1);
    struct reaching k = { m, marks };

    for (nc_id f = 0; f < m->functions_count; f++)
        marks[f] = (nc_contract_ops(nc_contract_find(e->contracts, nc_string(m, m->functions[f].name))) & ops) != 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (nc_id f = 0; f < m->functions_count; f++)
            if (!marks[f] && !each_inst(m, f, calls_no_marked, &k))
                marks[f] = changed = true;
    }
    return marks;
}

/* Fields and globals that relevant functions read, and the functions that store to them, directly or in what they call.
 */
static void reads_of(const struct nc_module *m, nc_id expr, uint8_t *fields, uint8_t *globals)
{
    while (expr != NC_NONE) {
        const struct nc_expr *x = &m->exprs[expr];

        switch ((enum nc_expr_op)x->op) {
        case NC_EX_FIELD:
            fields[x->b] = 1;
            expr = x->a;
            continue;
        case NC_EX_GLOBAL:
            globals[x->a] = m->types[m->globals[x->a].type].kind != NC_TY_RECORD;
            return;
        case NC_EX_LOAD:
        case NC_EX_NEG:
        case NC_EX_NOT:
        case NC_EX_LNOT:
        case NC_EX_CAST:
            expr = x->a;
            continue;
        case NC_EX_INT:
        case NC_EX_STRING:
        case NC_EX_FUNC:
        case NC_EX_LOCAL:
        case NC_EX_TEMP:
        case NC_EX_UNKNOWN:
        case NC_EX_COUNT:
            return;
        default:
            reads_of(m, x->a, fields, globals);
            expr = x->b;
        }
    }
}

static void find_touching(struct engine *e)
{
    const struct nc_module *m = e->m;
    uint8_t *fields = calloc(m->fields_count + 1, 1), *globals = calloc(m->globals_count + 1, 1);

    for (nc_id f = 0; f < m->functions_count; f++) {
        const struct nc_function *fn = &m->functions[f];

        e->any_relevant |= e->fn_relevant[f];
        for (uint32_t b = 0; e->fn_relevant[f] && b < fn->block_count; b++) {
            const struct nc_block *k = &m->blocks[fn->first_block + b];

            if (k->term == NC_TERM_BRANCH || k->term == NC_TERM_SWITCH)
                reads_of(m, k->expr, fields, globals);
            for (uint32_t i = 0; i < k->inst_count; i++) {
                const struct nc_inst *in = &m->insts[k->first_inst + i];

                if (in->op == NC_IN_SET)
                    reads_of(m, in->b, fields, globals);
                if (in->op == NC_IN_CALL)
                    for (uint32_t j = 0; j < in->arg_count; j++)
                        reads_of(m, m->args[in->c + j], fields, globals);
            }
        }
    }
    for (bool changed = true, first = true; changed; first = false) {
        changed = false;
        for (nc_id f = 0; f < m->functions_count; f++) {
            const struct nc_function *fn = &m->functions[f];
            bool touches = false;

            if (e->fn_touches[f] || (fn->flags & NC_FN_SYSTEM))
                continue;
            for (uint32_t b = 0; b < fn->block_count && !touches; b++) {
                const struct nc_block *k = &m->blocks[fn->first_block + b];

                for (uint32_t i = 0; i < k->inst_count && !touches; i++) {
                    const struct nc_inst *in = &m->insts[k->first_inst + i];
                    nc_id at = in->op == NC_IN_STORE ? in->a : NC_NONE;

                    if (in->op == NC_IN_CALL && m->exprs[in->b].op == NC_EX_FUNC && e->fn_touches[m->exprs[in->b].a])
                        touches = true;
                    for (uint32_t j = 0; first && in->op == NC_IN_CALL && j < in->arg_count; j++) {
                        const struct nc_expr *x = &m->exprs[m->args[in->c + j]];

                        touches |= x->op == NC_EX_FIELD && fields[x->b];
                        touches |= x->op == NC_EX_GLOBAL && globals[x->a];
                    }
                    while (at != NC_NONE && (m->exprs[at].op == NC_EX_INDEX || m->exprs[at].op == NC_EX_CAST))
                        at = m->exprs[at].a;
                    if (at != NC_NONE && m->exprs[at].op == NC_EX_FIELD)
                        touches |= fields[m->exprs[at].b];
                    if (at != NC_NONE && m->exprs[at].op == NC_EX_GLOBAL)
                        touches |= globals[m->exprs[at].a];
                }
            }
            if (touches) {
                e->fn_touches[f] = 1;
                changed = true;
            }
        }
    }
    free(fields);
    free(globals);
}

nc_id inst_function(struct engine *e, nc_id inst)
{
    for (nc_id f = 0; f < e->m->functions_count; f++) {
        const struct nc_function *fn = &e->m->functions[f];

        for (uint32_t b = 0; b < fn->block_count; b++) {
            const struct nc_block *k = &e->m->blocks[fn->first_block + b];

            if (inst >= k->first_inst && inst < k->first_inst + k->inst_count)
                return f;
        }
    }
    return NC_NONE;
}

static bool inst_loops(struct engine *e, nc_id fn, nc_id inst)
{
    if (e->inst_loops[inst])
        return e->inst_loops[inst] == 2;

    const struct fn_info *info = fn_info(e, fn);
    const struct nc_function *f = &e->m->functions[fn];

    for (uint32_t b = 0; b < f->block_count; b++) {
        const struct nc_block *k = &e->m->blocks[f->first_block + b];

        for (uint32_t i = 0; i < k->inst_count; i++)
            e->inst_loops[k->first_inst + i] = info->block_flags[b] & BF_IN_LOOP ? 2 : 1;
    }
    return e->inst_loops[inst] != 1;
}

bool inst_in_loop(struct engine *e, uint32_t ctx, nc_id inst)
{
    if (e->repeat)
        return true;
    for (; ctx; ctx = e->u.contexts[ctx].parent) {
        struct context *c = &e->u.contexts[ctx];

        if (c->fn == NC_NONE || inst == NC_NONE || inst >= e->m->insts_count || inst_loops(e, c->fn, inst))
            return c->fn != NC_NONE;
        inst = c->inst;
        if (!c->parent)
            return false;
    }
    return false;
}

nc_id find_function(struct engine *e, const char *name)
{
    for (nc_id f = 0; f < e->m->functions_count; f++)
        if (strcmp(nc_string(e->m, e->m->functions[f].name), name) == 0 && e->m->functions[f].block_count)
            return f;
    return NC_NONE;
}

void engine_prepare(struct engine *e)
{
    e->fns = nc_arena_alloc(e->perm, sizeof *e->fns * (e->m->functions_count + 1));
    e->global_mutable = nc_arena_alloc(e->perm, e->m->globals_count + 1);
    e->fn_executed = nc_arena_alloc(e->perm, e->m->functions_count + 1);
    e->fn_seen = nc_arena_alloc(e->perm, e->m->functions_count + 1);
    e->acquire_unchecked = nc_arena_alloc(e->perm, e->m->insts_count + 1);
    e->inst_loops = nc_arena_alloc(e->perm, e->m->insts_count + 1);
    e->record_freed = nc_arena_alloc(e->perm, e->m->types_count + 1);
    e->field_pools = nc_arena_alloc(e->perm, e->m->fields_count + 1);
    e->context_pools = nc_arena_alloc(e->perm, e->m->locals_count + 1);
    e->npi_fn = nc_arena_alloc(e->perm, e->m->functions_count + 1);
    find_mutable(e);
    e->fn_relevant = reaching(e, NC_OP(ACQUIRE) | NC_OP(END) | NC_OP(COMPLETE) | NC_OP(BIND) | NC_OP(DETACH_DONE));
    e->fn_frees = reaching(e, NC_OP(FREE) | NC_OP(FREE_OBJECT));
    e->fn_ends = reaching(e, NC_OP(END));
    e->fn_signals = reaching(e, NC_OP(SIGNALS));
    e->fn_touches = nc_arena_alloc(e->perm, e->m->functions_count + 1);
    find_touching(e);
}

const char *fn_name(struct engine *e, nc_id fn)
{
    if (fn == NC_NONE)
        return "?";
    const char *d = nc_string(e->m, e->m->functions[fn].display);

    return *d ? d : nc_string(e->m, e->m->functions[fn].name);
}
