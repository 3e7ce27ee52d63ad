/*
 * The two sides of a binding: each side's callbacks are run one after the other, the attach callback with a binding
 * handle of its own, detach and cleanup from the states that it leaves. What they owe the NMR is judged at their exits.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/binding.h"

/* ---- running the callbacks ---- */

void run_callback(struct engine *e, nc_id fn, const struct state *s, const struct val *args, uint32_t n, uint32_t res,
                  enum callback_kind kind, struct exits *out)
{
    struct state t = *s;
    const struct nc_function *f = &e->m->functions[fn];
    uint32_t ctx = u_context(&e->u, 0, 0xfffff000u + (uint32_t)kind, fn);
    struct entry en = { .fn = fn,
                        .how = "a callback",
                        .loc = NC_NONE,
                        .res = res,
                        .role =
                            nc_role_find(e->contracts, kind == CB_ATTACH   ? "NPI_CLIENT_ATTACH_PROVIDER_FN"
                                                       : kind == CB_DETACH ? "NPI_CLIENT_DETACH_PROVIDER_FN"
                                                                           : "NPI_CLIENT_CLEANUP_BINDING_CONTEXT_FN") };

    push_entry_args(e, &t, ctx, &en, v_int(0));
    for (uint32_t i = 0; i < f->param_count && i < n; i++)
        if (args[i].kind != V_NONE)
            mem_store(e, &t, u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + i, 0), 0, 64, args[i]);
    t.irql = v_int(0);
    trace_add(e, &t, TR_PHASE, f->loc, ctx, 0,
              nc_arena_printf(e->arena, "the NMR calls '%s', the %s callback", fn_name(e, fn),
                              kind == CB_ATTACH   ? "attach"
                              : kind == CB_DETACH ? "detach"
                                                  : "cleanup"));
    struct frame frame = { .up = e->frame,
                           .ctx = ctx,
                           .fn = fn,
                           .call_inst = NC_NONE,
                           .entry = &en,
                           .irql_at_entry = t.irql,
                           .locks_at_entry = t.locks,
                           .callback_of = res,
                           .callback_kind = (uint8_t)kind };

    e->frame = &frame;
    e->depth++;
    exec_function(e, ctx, fn, &t, out);
    e->depth--;
    e->frame = frame.up;
    if (e->cut) {
        e->stat_cut++;
        e->cut = false;
    }
}

/* ---- leaks ---- */

struct holder {
    struct engine *e;
    uint32_t object;
    bool held;
};

static bool holds_object(void *user, const struct pmap *c)
{
    struct holder *h = user;
    const struct engine *e = h->e;

    if (c->val.kind != V_ADDR || object_base(&e->u, c->val.id) != h->object || object_base(&e->u, c->obj) == h->object)
        return true;
    if (c->obj == e->out_objects[0] || c->obj == e->out_objects[1])
        return true;
    h->held = true;
    return false;
}

static bool owned(struct engine *e, const struct state *s, uint32_t object)
{
    struct holder h = { e, object, false };

    if (pmap_find(s->soft, object, OS_ESCAPED))
        return true;
    pmap_each(s->mem, holds_object, &h);
    return h.held;
}

static bool is_site(const struct binding_info *b, nc_id inst)
{
    for (uint32_t i = 0; i < b->alloc_site_count; i++)
        if (b->alloc_sites[i] == inst)
            return true;
    return false;
}

static void check_failing_exit(struct engine *e, struct binding_info *b, struct exit_state *x)
{
    struct val context = bind_slot_get(&x->s, BS_CONTEXT), at = bind_slot_get(&x->s, BS_AT);

    for (const struct pmap *c = pmap_ceiling(x->s.fill, 0, INT64_MIN); c;
         c = pmap_ceiling(x->s.fill, c->obj, c->off + 1)) {
        const struct object o = e->u.objects[c->obj];
        uint32_t object;
        int64_t off;

        if (o.kind != OBJ_HEAP || !is_site(b, o.b) || pmap_find(x->s.objs, c->obj, OS_FREED) || owned(e, &x->s, c->obj))
            continue;
        bool tried = bind_get(&x->s) == BIND_FAILED && point_at(e, context, &object, &off) && object == c->obj;

        report(e, &x->s, "nmr-binding-leak", tried ? inst_loc(e, (nc_id)at.off) : inst_loc(e, o.b), tried ? 0 : o.a, 0,
               nc_arena_printf(e->arena, "'%s' returns here, and nothing holds the context any more",
                               fn_name(e, b->attach)),
               tried ? "the binding context is not freed when the attach call fails"
                     : "the binding context that is allocated here is not freed when '%s' fails",
               fn_name(e, b->attach));
    }
}

static void check_lost_on_success(struct engine *e, struct binding_info *b, struct exit_state *x, struct val context)
{
    uint32_t object;
    int64_t off;
    struct val at = bind_slot_get(&x->s, BS_AT);

    if (b->frees || (!b->cleanup_known && b->cleanup == NC_NONE) || !point_at(e, context, &object, &off) ||
        e->u.objects[object].kind != OBJ_HEAP)
        return;
    if (pmap_find(x->s.objs, object, OS_FREED))
        return;
    nc_id record = e->u.objects[object].record;
    /* Being on a list is no owner, if nothing in the whole driver ever frees such an object. */
    bool listed = owned(e, &x->s, object);

    if (listed && (!e->whole || !tells_type(e, record) || pmap_find(x->s.soft, object, OS_ESCAPED)))
        return;
    struct candidate *c = report(
        e, &x->s, "nmr-binding-leak", b->provider ? inst_loc(e, e->u.objects[object].b) : inst_loc(e, (nc_id)at.off),
        b->provider ? e->u.objects[object].a : 0, 0,
        b->cleanup == NC_NONE ? "there is no cleanup callback that could free it"
                              : "the cleanup callback does not free it",
        "the binding context is allocated for each binding and never freed: %s",
        b->cleanup == NC_NONE ? "the module has no cleanup callback" : "its cleanup callback does not free it");
    if (c) {
        c->unless_freed = record;
        c->unless_any_freed = listed;
    }
}

/* ---- the contract of each callback ---- */

static bool surely_success(struct engine *e, const struct exit_state *x)
{
    return x->ret.kind != V_NONE && range_of(e, &x->s, x->ret).lo >= 0;
}
static bool surely_failure(struct engine *e, const struct exit_state *x)
{
    return x->ret.kind != V_NONE && range_of(e, &x->s, x->ret).hi < 0;
}

static void check_client_attach(struct engine *e, struct binding_info *b, struct exit_state *x)
{
    enum bind_state st = bind_get(&x->s);

    if (st != BIND_BOUND && st != BIND_COMPLETED) {
        bool escaped = pmap_find(x->s.res, BIND_KEY, BS_ESCAPED) != NULL;

        if (surely_success(e, x) && !escaped)
            report(e, &x->s, "nmr-attach-contract", x->loc, u_context(&e->u, 0, 0xfffff000u + CB_ATTACH, b->attach), 0,
                   "success is returned here without a binding", "'%s' returns success, and %s", fn_name(e, b->attach),
                   st == BIND_FAILED
                       ? "its call of 'NmrClientAttachProvider' has failed"
                       : "has not called 'NmrClientAttachProvider': the NMR believes that the binding exists");
        else if (st == BIND_FAILED && !surely_failure(e, x) && x->ret.kind != V_NONE && !(x->s.flags & STATE_JOINED))
            report(
                e, &x->s, "nmr-attach-contract", x->loc, u_context(&e->u, 0, 0xfffff000u + CB_ATTACH, b->attach), 0,
                "another status is returned here",
                "'%s' returns a status that may be a success although its call of 'NmrClientAttachProvider' has failed",
                fn_name(e, b->attach));
        if (!surely_success(e, x))
            check_failing_exit(e, b, x);
        return;
    }
    if (!surely_success(e, x) && x->ret.kind != V_NONE && !(x->s.flags & STATE_JOINED))
        report(e, &x->s, "nmr-attach-contract", x->loc, u_context(&e->u, 0, 0xfffff000u + CB_ATTACH, b->attach), 0,
               "a failure is returned here with the binding live",
               "'%s' returns a failure after 'NmrClientAttachProvider' has succeeded: the binding stays, and the NMR "
               "does not know it",
               fn_name(e, b->attach));
}

static void check_provider_attach(struct engine *e, struct binding_info *b, struct exit_state *x)
{
    static const char *const names[] = { "ProviderBindingContext", "ProviderDispatch" };

    if (!surely_success(e, x)) {
        if (surely_failure(e, x))
            check_failing_exit(e, b, x);
        return;
    }
    for (int i = 0; i < 2; i++) {
        struct val v = mem_load(e, &x->s, e->out_objects[i], 0, 64, NC_NONE);

        if (v.kind == V_UNINIT && !pmap_find(x->s.soft, e->out_objects[i], OS_ESCAPED))
            report(e, &x->s, "nmr-attach-contract", x->loc, u_context(&e->u, 0, 0xfffff000u + CB_ATTACH, b->attach), 0,
                   "success is returned here", "'%s' returns success without setting '*%s'", fn_name(e, b->attach),
                   names[i]);
    }
}

/* What other threads may have done to the context since: counts only grew by pairs, flags may be anything. */
static void age_context(struct engine *e, struct state *s, struct val context, bool keep_counts)
{
    uint32_t object;
    int64_t off;
    struct {
        int64_t off;
        uint64_t size;
        struct val v;
    } keep[64];
    uint32_t n = 0;

    if (!point_at(e, context, &object, &off) || e->u.objects[object].kind == OBJ_FUNC)
        return;
    for (const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN); c && c->obj == object;
         c = pmap_ceiling(s->mem, object, c->off + 1)) {
        if (n == 64)
            break;
        keep[n].off = c->off;
        keep[n].size = c->size;
        keep[n++].v = c->val;
    }
    mem_fill(e, s, object, INT32_MIN, INT64_MAX / 2, FILL_UNKNOWN + 7);
    for (uint32_t i = 0; i < n; i++) {
        if (keep[i].v.kind == V_ADDR || keep[i].v.kind == V_SYM) {
            s->mem = pmap_set(e->arena, s->mem, object, keep[i].off, keep[i].size, keep[i].v);
        } else if (keep_counts && keep[i].v.kind == V_INT && keep[i].v.off >= 1 && keep[i].v.off < 1000) {
            struct val v = v_sym(u_symbol(
                &e->u, (struct symbol){
                           .kind = SYM_LAZY, .a = object, .b = FILL_UNKNOWN + 8, .c = keep[i].off, .type = NC_NONE }));

            set_range(e, s, v.id, (struct range){ .lo = keep[i].v.off, .hi = INT32_MAX });
            s->mem = pmap_set(e->arena, s->mem, object, keep[i].off, keep[i].size, v);
        }
    }
}

static bool is_first_parameter(const struct nc_module *m, nc_id x)
{
    while (m->exprs[x].op == NC_EX_CAST)
        x = m->exprs[x].a;
    return m->exprs[x].op == NC_EX_LOAD && m->exprs[m->exprs[x].a].op == NC_EX_LOCAL && m->exprs[m->exprs[x].a].a == 0;
}

struct completion {
    bool reachable[2]; /* client, provider */
};

/* Whether any function that something can call completes detaches of this kind. */
static void find_completions(struct engine *e, struct completion *c)
{
    const struct nc_module *m = e->m;
    uint8_t *reach = calloc(m->functions_count + 1, 1);
    bool changed = true;

    if (!reach)
        exit(2);
    for (nc_id f = 0; f < m->functions_count; f++)
        reach[f] = m->functions[f].block_count &&
                   ((m->functions[f].flags & NC_FN_ADDRESS_TAKEN) || !(m->functions[f].flags & NC_FN_STATIC));
    for (uint32_t i = 0; i < e->entry_count; i++)
        reach[e->entries[i].fn] = 1;
    while (changed) {
        changed = false;
        for (nc_id f = 0; f < m->functions_count; f++) {
            const struct nc_function *fn = &m->functions[f];

            if (!reach[f])
                continue;
            for (uint32_t b = 0; b < fn->block_count; b++) {
                const struct nc_block *k = &m->blocks[fn->first_block + b];

                for (uint32_t i = 0; i < k->inst_count; i++) {
                    const struct nc_inst *in = &m->insts[k->first_inst + i];
                    nc_id callee =
                        in->op == NC_IN_CALL && m->exprs[in->b].op == NC_EX_FUNC ? m->exprs[in->b].a : NC_NONE;

                    if (callee == NC_NONE)
                        continue;
                    if (m->functions[callee].block_count && !reach[callee]) {
                        reach[callee] = 1;
                        changed = true;
                    }
                    const struct nc_contract *ct = fn_info(e, callee)->contract;

                    for (uint32_t q = 0; ct && q < ct->effect_count; q++)
                        if (ct->effects[q].op == NC_EFF_DETACH_DONE)
                            c->reachable[ct->effects[q].text && strstr(ct->effects[q].text, "provider") != NULL] = true;
                    if (ct == NULL && !m->functions[callee].block_count && !e->whole)
                        c->reachable[0] = c->reachable[1] = true; /* unseen code of the driver */
                }
            }
        }
    }
    free(reach);
}

/* The attach callback stores its binding handle somewhere, or hands it on: unseen code may complete the detach. */
static bool handle_kept(struct engine *e, nc_id attach)
{
    const struct nc_module *m = e->m;
    const struct nc_function *f = attach == NC_NONE ? NULL : &m->functions[attach];

    for (uint32_t b = 0; f && b < f->block_count; b++)
        for (uint32_t i = 0; i < m->blocks[f->first_block + b].inst_count; i++) {
            const struct nc_inst *in = &m->insts[m->blocks[f->first_block + b].first_inst + i];
            nc_id callee = in->op == NC_IN_CALL && m->exprs[in->b].op == NC_EX_FUNC ? m->exprs[in->b].a : NC_NONE;
            const struct nc_contract *c = callee == NC_NONE ? NULL : fn_info(e, callee)->contract;

            if (in->op == NC_IN_STORE && is_first_parameter(m, in->b))
                return true;
            for (uint32_t k = 0; in->op == NC_IN_CALL && !(c && c->effect_count) && k < in->arg_count; k++)
                if (is_first_parameter(m, m->args[in->c + k]))
                    return true;
        }
    return !f;
}

static void check_detach(struct engine *e, struct binding_info *b, struct exit_state *x, const struct completion *c)
{
    struct range r = range_of(e, &x->s, x->ret);
    uint32_t ctx = u_context(&e->u, 0, 0xfffff000u + CB_DETACH, b->detach);
    bool completed = bind_get(&x->s) == BIND_COMPLETED;

    if (x->ret.kind == V_NONE)
        return;
    if (r.lo == 0x103 && r.hi == 0x103) {
        if (!completed && !c->reachable[b->provider] && (e->whole || !handle_kept(e, b->attach)))
            report(
                e, &x->s, "nmr-detach-contract", x->loc, ctx, 0,
                "STATUS_PENDING is returned here, and nothing completes the detach",
                "'%s' returns STATUS_PENDING, and nothing in the driver calls '%s': the deregistration never completes",
                fn_name(e, b->detach),
                b->provider ? "NmrProviderDetachClientComplete" : "NmrClientDetachProviderComplete");
    } else if (completed && r.lo == 0 && r.hi == 0) {
        struct val at = bind_slot_get(&x->s, BS_AT);

        report(e, &x->s, "nmr-detach-contract", inst_loc(e, (nc_id)at.off), ctx, 0,
               "STATUS_SUCCESS is returned after the completion",
               "'%s' completes the detach and returns STATUS_SUCCESS: the NMR takes that as a second completion",
               fn_name(e, b->detach));
    }
}

/* What a callback has queued with the context: behind the detach callback it may run before the cleanup callback, and
 * frees are seen there; behind the cleanup callback it may free. */
static void run_queued(struct engine *e, struct binding_info *b, const struct state *s, bool cleanup)
{
    bool was = e->quiet;
    struct exits z = { 0 };
    struct state t = *s;
    struct entry en;
    uint32_t object;
    int64_t off;

    if (!cleanup && b->cleanup != NC_NONE && e->fn_signals[b->cleanup]) /* what they may wait for */
        return;
    e->quiet |= cleanup;
    for (int guard = 0; guard < 4 && token_next(e, &t, &en); guard++) {
        struct state from = t;

        z.count = 0;
        e->work = 0;
        run_entry(e, &en, &from, v_int(0), &z);
        for (uint32_t i = 0; cleanup && i < z.count; i++)
            b->frees |= point_at(e, bind_slot_get(s, BS_CONTEXT), &object, &off) &&
                        pmap_find(z.items[i].s.objs, object_base(&e->u, object), OS_FREED);
    }
    e->quiet = was;
    free(z.items);
}

static void binding_args(struct engine *e, struct binding_info *b, struct state *s, struct val *args)
{
    for (int i = 0; i < 8; i++)
        args[i] = v_none();
    args[0] = binding_handle(e, b->provider);
    if (b->context.kind == V_ADDR && e->u.objects[b->context.id].kind == OBJ_GLOBAL)
        args[1] = b->context;
    if (!b->provider)
        return;
    for (uint32_t i = 0; i < 2; i++) {
        e->out_objects[i] = u_object(&e->u, OBJ_HEAP, 0, 0xffffff00u + i, 0);
        mem_fill(e, s, e->out_objects[i], 0, 64, FILL_UNINIT);
        args[5 + i] = v_addr(e->out_objects[i], 0);
    }
}

static void run_side(struct engine *e, struct binding_info *b, const struct completion *c)
{
    struct state s = initial_state(e);
    struct exits x = { 0 }, y = { 0 };
    struct val args[8];

    e->side = b;
    e->out_objects[0] = e->out_objects[1] = 0;
    if (b->attach != NC_NONE && e->m->functions[b->attach].block_count) {
        binding_args(e, b, &s, args);
        e->work = 0;
        e->work_limit = 300000;
        run_callback(e, b->attach, &s, args, 8, 0, CB_ATTACH, &x);
    }
    /* What the provider gave out counts as bound. */
    for (uint32_t i = 0; b->provider && i < x.count; i++) {
        struct val context = mem_load(e, &x.items[i].s, e->out_objects[0], 0, 64, NC_NONE);

        if (surely_success(e, &x.items[i])) {
            note_dispatch(e, mem_load(e, &x.items[i].s, e->out_objects[1], 0, 64, NC_NONE));
            note_context(e, &x.items[i].s, context);
            bind_set(e, &x.items[i].s, BIND_BOUND, context, NC_NONE);
        }
    }
    for (uint32_t i = 0; i < x.count; i++) {
        struct val context = bind_slot_get(&x.items[i].s, BS_CONTEXT);

        if (bind_get(&x.items[i].s) != BIND_BOUND)
            continue;
        b->attached = true;
        if (b->bound.kind == V_NONE)
            b->bound = context;
        /* Cleanup and detach from here. */
        for (int which = 0; which < 2; which++) {
            nc_id fn = which ? b->detach : b->cleanup;
            struct state t = x.items[i].s;

            if (fn == NC_NONE || !e->m->functions[fn].block_count)
                continue;
            age_context(e, &t, context, which == 1);
            state_collect(e, &t);
            y.count = 0;
            args[0] = context;
            e->work = 0;
            run_callback(e, fn, &t, args, 1, 0, which ? CB_DETACH : CB_CLEANUP, &y);
            for (uint32_t k = 0; k < y.count; k++) {
                if (which)
                    check_detach(e, b, &y.items[k], c);
                run_queued(e, b, &y.items[k].s, !which);
            }
            uint32_t object;
            int64_t off;
            bool always = !which && y.count && point_at(e, context, &object, &off);

            for (uint32_t k = 0; always && k < y.count; k++)
                always =
                    pmap_find(y.items[k].s.objs, object, OS_FREED) || pmap_find(y.items[k].s.soft, object, OS_FREED);
            b->frees_always |= always;
        }
    }
    if (!b->attached) { /* not seen to attach: the callbacks by themselves */
        struct val any = v_sym(u_symbol(
            &e->u,
            (struct symbol){ .kind = SYM_FRESH, .flags = SYMF_NONNULL, .b = NC_NONE, .c = 910, .type = NC_NONE }));

        for (int which = 0; which < 2; which++) {
            nc_id fn = which ? b->detach : b->cleanup;
            struct state t = initial_state(e);

            if (fn == NC_NONE || !e->m->functions[fn].block_count)
                continue;
            y.count = 0;
            bind_set(e, &t, BIND_BOUND, any, NC_NONE);
            args[0] = any;
            e->work = 0;
            run_callback(e, fn, &t, args, 1, 0, which ? CB_DETACH : CB_CLEANUP, &y);
            for (uint32_t k = 0; which && k < y.count; k++)
                check_detach(e, b, &y.items[k], c);
        }
    }
    for (uint32_t i = 0; i < x.count; i++) {
        if (b->provider)
            check_provider_attach(e, b, &x.items[i]);
        else
            check_client_attach(e, b, &x.items[i]);
        if (bind_get(&x.items[i].s) == BIND_BOUND && surely_success(e, &x.items[i]))
            check_lost_on_success(e, b, &x.items[i], bind_slot_get(&x.items[i].s, BS_CONTEXT));
    }
    free(x.items);
    free(y.items);
    e->side = NULL;
}

void bindings_run(struct engine *e)
{
    struct completion c = { { false, false } };

    sides_collect(e);
    if (!e->binding_count)
        return;
    find_completions(e, &c);
    e->generic = true;
    e->lifetime_rules = e->irql_rules = false;
    e->binding_rules = true;
    e->repeat = true;
    for (uint32_t i = 0; i < e->binding_count; i++) {
        struct binding_info b = e->bindings[i];

        run_side(e, &b, &c);
        e->bindings[i] = b;
    }
    e->repeat = false;
}
