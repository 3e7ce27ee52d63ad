/*
 * Runs of entries. A whole driver's life is followed by the lifetime rules; the IRQL rules look at each entry by
 * itself, with nothing known of globals and arguments, and so do the lifetime rules where only a part of a driver is
 * given.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

#define ALONE_WORK 1500000 /* instructions for all entries of a large driver, each by itself */

struct state initial_state(struct engine *e)
{
    (void)e;
    return (struct state){ .irql = v_int(0) };
}

void fresh_work(struct engine *e, uint64_t limit)
{
    e->work = 0;
    e->work_limit = e->options && e->options->work_limit ? e->options->work_limit : limit;
}

void run_entry(struct engine *e, const struct entry *en, const struct state *s, struct val irql, struct exits *out)
{
    struct state t = *s;
    struct entry copy = *en; /* the table may grow meanwhile */
    uint32_t ctx = u_context(&e->u, 0, NC_NONE, en->fn);
    const struct nc_function *f = &e->m->functions[en->fn];

    push_entry_args(e, &t, ctx, &copy, irql);
    struct range r = range_of(e, &t, irql);
    bool unsure = irql.kind == V_SYM && (e->u.symbols[irql.id].flags & SYMF_IRQL_UNSURE);
    const char *text =
        unsure ? nc_arena_printf(e->arena, "'%s' is called", fn_name(e, en->fn))
               : nc_arena_printf(e->arena, "'%s' is called%s%s, at %s%s", fn_name(e, en->fn), en->role ? " as " : "",
                                 en->role ? en->how : "", r.lo != r.hi ? "up to " : "", irql_name(r.hi));

    trace_add(e, &t, TR_PHASE, f->loc, ctx, 0, text);
    struct frame frame = { .up = NULL,
                           .ctx = ctx,
                           .fn = en->fn,
                           .call_inst = NC_NONE,
                           .entry = &copy,
                           .irql_at_entry = t.irql,
                           .locks_at_entry = t.locks,
                           .callback_of = en->res };
    struct frame *outer = e->frame;

    uint64_t work = e->work, states = e->stat_states;

    e->frame = &frame;
    e->depth++;
    exec_function(e, ctx, en->fn, &t, out);
    e->depth--;
    e->frame = outer;
    if (e->options && e->options->dump && strcmp(e->options->dump, "entries") == 0)
        fprintf(stderr, "%s: %s%s, %llu steps, %llu states, %u exits%s\n", fn_name(e, en->fn),
                en->role ? en->how : "no known role", e->generic ? "" : " in the driver's life",
                (unsigned long long)(e->work - work), (unsigned long long)(e->stat_states - states), out->count,
                e->cut ? ", cut short" : "");
    for (uint32_t i = 0; i < e->terminated.count; i++) /* threads that ended themselves */
        exits_add(e, out, &e->terminated.items[i].s, v_none(), e->terminated.items[i].loc);
    e->terminated.count = 0;
    for (uint32_t i = 0; i < out->count; i++)
        drop_arguments(e, &out->items[i].s, ctx, f);
    if (e->cut) {
        e->stat_cut++;
        e->cut = false;
    }
}

/* ---- each entry by itself ---- */

static void run_one(struct engine *e, nc_id fn, const struct nc_role_contract *role, const struct entry *from)
{
    struct entry en = { .fn = fn,
                        .role = role,
                        .how = role ? (role->display && *role->display ? role->display : role->name) : "",
                        .loc = NC_NONE };
    const struct fn_info *info = fn_info(e, fn);
    struct exits x = { 0 };
    struct state s = initial_state(e);
    uint32_t ctx = u_context(&e->u, 0, NC_NONE, fn);
    struct val irql;
    bool unseen = (e->m->functions[fn].flags & NC_FN_ADDRESS_TAKEN) || !(e->m->functions[fn].flags & NC_FN_STATIC);

    if (from && from->context.kind == V_ADDR && e->u.objects[from->context.id].kind == OBJ_GLOBAL) {
        en.context = from->context;
        en.context_param = from->context_param;
    }
    if (role) {
        int hi = role->max < 0 ? 0 : role->max, lo = role->min < 0 ? 0 : role->min;
        bool unsure = false;

        if (from)
            kmdf_levels(from, &lo, &hi, &unsure);
        bool said =
            info->paged && hi >= NC_DISPATCH && !unsure; /* at the slot: nothing more is said of what it calls */

        if (info->irql_max >= 0 && hi > info->irql_max && hi != lo)
            hi = info->irql_max < lo ? lo : info->irql_max;
        irql = said ? irql_interval(e, &s, ctx, NC_PASSIVE, NC_HIGH, true) : irql_interval(e, &s, ctx, lo, hi, unsure);
    } else if (info->irql_max >= 0 && unseen) {
        int lo = info->irql_min > 0 ? info->irql_min : 0, hi = info->irql_max;

        irql = irql_interval(e, &s, ctx, lo > hi ? hi : lo, hi, false);
    } else {
        int lo = info->irql_min > 0 ? info->irql_min : 0;

        irql = irql_interval(e, &s, ctx, lo,
                             info->paged           ? NC_APC
                             : info->irql_max >= 0 ? info->irql_max
                                                   : NC_HIGH,
                             true);
    }
    /* In a large driver the entries share a budget: the later ones get less once it is used up. */
    fresh_work(e, !e->big ? 120000 : e->alone_work > ALONE_WORK ? 4000 : 24000);
    run_entry(e, &en, &s, irql, &x);
    e->alone_work += e->work;
    if (e->lifetime_rules)
        for (uint32_t i = 0; i < x.count; i++)
            entry_left(e, &x.items[i].s, x.items[i].loc);
    free(x.items);
}

/* Each run has an arena of its own, and leaves nothing behind in the universe. */
static void run_alone(struct engine *e, nc_id fn, const struct nc_role_contract *role, const struct entry *from)
{
    struct universe_mark mark = universe_mark(&e->u);
    struct entry copy = from ? *from : (struct entry){ 0 };

    uint32_t orders = e->order_count;

    e->arena = nc_arena_new();
    run_one(e, fn, role, from ? &copy : NULL);
    e->order_count = orders;
    nc_arena_free(e->arena);
    e->arena = e->perm;
    universe_reset(&e->u, &mark);
    for (uint32_t i = 0; i < e->entry_count; i++) {
        struct entry *en = &e->entries[i];

        if (en->context.kind == V_SYM || (en->context.kind == V_ADDR && en->context.id >= mark.objects))
            en->context = v_none();
    }
}

/* Those of which the calls that create their objects say at which level they run come after the others. */
static void run_listed_entries(struct engine *e, bool configured, uint8_t *done)
{
    for (uint32_t i = 0; i < e->entry_count; i++) {
        struct entry en = e->entries[i];
        bool twin = false;

        if (!en.role || (e->m->functions[en.fn].flags & NC_FN_SYSTEM) || en.fn == e->entry_fn)
            continue;
        done[en.fn] = 1;
        for (uint32_t k = 0; k < i; k++)
            twin |= e->entries[k].fn == en.fn && e->entries[k].role && e->entries[k].role->min == en.role->min &&
                    e->entries[k].role->max == en.role->max;
        if (!twin && kmdf_configured(en.role) == configured)
            run_alone(e, en.fn, en.role, &en);
    }
}

static void run_entries_alone(struct engine *e)
{
    const struct nc_module *m = e->m;
    uint8_t *called = nc_arena_alloc(e->arena, m->functions_count + 1),
            *done = nc_arena_alloc(e->arena, m->functions_count + 1);

    for (nc_id i = 0; i < m->insts_count; i++)
        if (m->insts[i].op == NC_IN_CALL && m->exprs[m->insts[i].b].op == NC_EX_FUNC)
            called[m->exprs[m->insts[i].b].a] = 1;
    e->generic = true;
    e->irql_rules = true;
    e->part_rules = true;
    e->repeat = false;
    e->lifetime_rules = !e->whole;
    e->binding_rules = true;
    uint8_t *lived = nc_arena_alloc(e->arena, m->functions_count + 1); /* took part in the driver's life */

    memcpy(lived, e->fn_executed, m->functions_count);
    memset(e->fn_executed, 0, m->functions_count);
    if (e->whole) {
        run_alone(e, e->entry_fn, nc_role_find(e->contracts, "DRIVER_INITIALIZE"), NULL);
        done[e->entry_fn] = 1;
    }
    run_listed_entries(e, false, done);
    /* What unseen code may call, and what nothing calls; then what was still never reached (calls through unknown
     * pointers). */
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            run_listed_entries(e, true, done);
        for (nc_id f = 0; f < m->functions_count; f++) {
            const struct nc_function *fn = &m->functions[f];
            bool open = !e->whole && !(fn->flags & NC_FN_STATIC); /* other files may call it */
            bool root = !called[f] || (fn->flags & NC_FN_ADDRESS_TAKEN) ||
                        (open && (fn_info(e, f)->irql_max >= 0 || e->fn_relevant[f]));

            if (!fn->block_count || (fn->flags & NC_FN_SYSTEM) || done[f])
                continue;
            if (pass == 0 ? !root : e->fn_executed[f])
                continue;
            done[f] = 1;
            run_alone(e, f, NULL, NULL);
        }
    }
    /* What the life did not reach (calls that could not be followed) is judged as a part of a driver is. */
    e->lifetime_rules = true;
    e->irql_rules = false;
    for (int pass = 0; e->whole && pass < 2; pass++)
        for (nc_id f = 0; f < m->functions_count; f++) {
            bool root = !called[f] || (m->functions[f].flags & NC_FN_ADDRESS_TAKEN) || pass == 1;

            if (!m->functions[f].block_count || (m->functions[f].flags & NC_FN_SYSTEM) || lived[f] ||
                !e->fn_relevant[f] || !root)
                continue;
            memset(e->fn_executed, 0, m->functions_count);
            run_alone(e, f, NULL, NULL);
            for (nc_id g = 0; g < m->functions_count; g++)
                lived[g] |= e->fn_executed[g];
        }
    e->irql_rules = true;
    irql_check_entries(e);
}

void harness_run(struct engine *e)
{
    if (e->whole && e->any_relevant)
        life_run(e);
    bindings_run(e);
    run_entries_alone(e);
}
