/*
 * What is lost: frames that die under a registration, handles that nobody holds any more, memory that is freed while
 * the NMR uses it, and drivers that are left with a live registration.
 */
#include <string.h>

#include "analysis/engine.h"

uint32_t owner_of(struct engine *e, const struct state *s, uint32_t object)
{
    const struct pmap *p = pmap_find(s->soft, object, OS_OWNER);
    uint32_t owner;
    int64_t off;

    if (p && point_at(e, p->val, &owner, &off))
        return owner;
    /* What a system object points at (a device's extension) lives as long as that object. */
    const struct object *o = &e->u.objects[object];

    if (o->kind == OBJ_SYM && e->u.symbols[o->a].kind == SYM_LAZY) {
        const struct object *h = &e->u.objects[e->u.symbols[o->a].a];

        if (h->kind == OBJ_HEAP && h->record != NC_NONE &&
            strstr(nc_string(e->m, e->m->types[h->record].name), "DEVICE_OBJECT"))
            return e->u.symbols[o->a].a;
    }
    return 0;
}

/* ---- reachability of handles ---- */

struct search {
    struct engine *e;
    uint32_t symbol;
    uint32_t dying_ctx;    /* cells in this frame do not count */
    uint32_t dying_object; /* nor do those in this object */
    bool found;
};

static bool mentions(struct engine *e, struct val v, uint32_t symbol, int depth)
{
    if (v.kind != V_SYM)
        return false;
    if (v.id == symbol)
        return true;
    const struct symbol *y = &e->u.symbols[v.id];

    return y->kind == SYM_EXPR && depth < 6 &&
           (mentions(e, y->x, symbol, depth + 1) || mentions(e, y->y, symbol, depth + 1));
}

static bool holds(void *user, const struct pmap *c)
{
    struct search *k = user;
    const struct object *o;

    if (!mentions(k->e, c->val, k->symbol, 0))
        return true;
    o = &k->e->u.objects[c->obj];
    if ((o->kind == OBJ_LOCAL || o->kind == OBJ_TEMPS) && o->a == k->dying_ctx)
        return true;
    if (k->dying_object && c->obj == k->dying_object)
        return true;
    k->found = true;
    return false;
}

static uint32_t handle_symbol(struct engine *e, uint32_t res)
{
    return u_symbol(&e->u, (struct symbol){ .kind = SYM_HANDLE, .flags = SYMF_NONNULL, .a = res, .type = NC_NONE });
}

static bool held_elsewhere(struct engine *e, const struct state *s, uint32_t res, uint32_t dying_ctx,
                           uint32_t dying_object)
{
    struct search k = { e, handle_symbol(e, res), dying_ctx, dying_object, false };

    if (pmap_find(s->res, res, RS_ESCAPED))
        return true;
    pmap_each(s->mem, holds, &k);
    return k.found;
}

bool handle_reachable(struct engine *e, const struct state *s, uint32_t res, struct val ret)
{
    return mentions(e, ret, handle_symbol(e, res), 0) || held_elsewhere(e, s, res, UINT32_MAX, 0);
}

uint32_t res_of_handle(struct engine *e, const struct state *s, struct val v)
{
    (void)s;
    return v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_HANDLE ? e->u.symbols[v.id].a : 0;
}

void escape_value(struct engine *e, struct state *s, struct val v)
{
    uint32_t res = res_of_handle(e, s, v), object;
    int64_t off;

    if (res)
        res_slot_set(e, s, res, RS_ESCAPED, v_int(1));
    if (v.kind == V_SYM && e->u.symbols[v.id].flags & (SYMF_BINDING_CLIENT | SYMF_BINDING_PROVIDER))
        binding_handle_escapes(e, s);
    if (v.kind != V_ADDR || !point_at(e, v, &object, &off) || e->u.objects[object].kind == OBJ_FUNC ||
        e->u.objects[object].kind == OBJ_STRING)
        return;
    s->soft = pmap_set(e->arena, s->soft, object, OS_ESCAPED, 0, v_int(1));
    if (e->u.objects[object].kind != OBJ_LOCAL)
        return;
    /* A local that only carries pointers there. */
    for (const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN); c && c->obj == object;
         c = pmap_ceiling(s->mem, object, c->off + 1)) {
        uint32_t carried = c->val.kind == V_ADDR ? c->val.id : 0;

        if (carried && e->u.objects[carried].kind == OBJ_HEAP)
            s->soft = pmap_set(e->arena, s->soft, carried, OS_ESCAPED, 0, v_int(1));
    }
}

static void report_missing_wait(struct engine *e, struct state *s, uint32_t ctx, uint32_t res, const char *last)
{
    struct val at = res_slot(s, res, RS_ENDED_AT);

    if (at.kind == V_META && at.off >= 0)
        report(e, s, "nmr-missing-wait", inst_loc(e, (nc_id)at.off), at.id ? at.id : ctx, res, last,
               "the %s is deregistered, and '%s' is not called for it: callbacks may still run when the driver goes on",
               res_kind(e, res)->display, res_kind(e, res)->wait_function);
    res_set(e, s, res, RES_SILENT);
}

/* ---- overwriting ---- */

void before_overwrite(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object, int64_t off,
                      uint64_t bits, struct val v)
{
    for (const struct pmap *c = pmap_ceiling(s->mem, object, off);
         c && c->obj == object && c->off < off + (int64_t)(bits ? bits : 64);
         c = pmap_ceiling(s->mem, object, c->off + 1)) {
        uint32_t res = res_of_handle(e, s, c->val);
        enum res_state st = res ? res_get(s, res) : RES_NONE;
        struct state without;

        if ((st != RES_LIVE && st != RES_ENDING) || v_same(c->val, v))
            continue;
        without = *s;
        without.mem = pmap_remove(e->arena, s->mem, object, c->off);
        if (held_elsewhere(e, &without, res, UINT32_MAX, 0))
            continue;
        if (st == RES_ENDING) /* said where the frame is left, if nothing has waited by then */
            continue;
        report(e, s, "nmr-lost-handle", inst_loc(e, inst), ctx, res, "the only copy of its handle is overwritten here",
               "the handle of a live %s (%s) is overwritten: the registration can't be ended any more",
               res_kind(e, res)->display, loc_text(e, inst_loc(e, e->u.resources[res].inst)));
        res_set(e, s, res, RES_SILENT);
    }
}

/* ---- frames ---- */

struct leaving {
    struct engine *e;
    struct state *s;
    uint32_t ctx;
    nc_id fn, loc;
    struct val ret;
    uint32_t todo[64], count;
};

static bool collect(void *user, uint32_t res, enum res_state st)
{
    struct leaving *k = user;

    (void)st;
    if (k->count < 64)
        k->todo[k->count++] = res;
    return true;
}

static const char *const slot_words[] = { [RS_CHARS] = "the characteristics",
                                          [RS_CONTEXT] = "the registration context",
                                          [RS_DATA0] = "the NPI id",
                                          [RS_DATA1] = "the module id",
                                          [RS_DATA2] = "the NPI specific characteristics" };

static const char *slot_word(struct engine *e, uint32_t res, uint32_t slot)
{
    if (res_kind(e, res)->handle_is_address)
        return slot == RS_DATA1   ? "the WSK_REGISTRATION"
               : slot == RS_DATA0 ? "the client dispatch table"
                                  : "the context";
    return slot_words[slot];
}

static bool dies_here(struct engine *e, struct val v, uint32_t ctx, uint32_t *object)
{
    int64_t off;

    if (v.kind != V_ADDR || !point_at(e, v, object, &off))
        return false;
    *object = object_base(&e->u, *object);
    return e->u.objects[*object].kind == OBJ_LOCAL && e->u.objects[*object].a == ctx;
}

static bool frame_memory(struct leaving *k, uint32_t res)
{
    static const struct {
        uint32_t slot;
        const char *rule;
    } checks[] = {
        { RS_CHARS, "nmr-stack-characteristics" },   { RS_CONTEXT, "nmr-stack-context" },
        { RS_DATA0, "nmr-stack-registration-data" }, { RS_DATA1, "nmr-stack-registration-data" },
        { RS_DATA2, "nmr-stack-registration-data" },
    };
    struct engine *e = k->e;
    bool found = false;
    const char *done = NULL;

    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        uint32_t object;

        if (!dies_here(e, res_slot(k->s, res, checks[i].slot), k->ctx, &object))
            continue;
        if (res_get(k->s, res) == RES_ENDING) {
            report_missing_wait(e, k->s, k->ctx, res,
                                "the frame that holds what it uses is left here, and nothing has waited");
            return true;
        }
        found = true;
        if (done && strcmp(done, checks[i].rule) == 0)
            continue;
        done = checks[i].rule;
        report(
            e, k->s, checks[i].rule, inst_loc(e, e->u.resources[res].inst), e->u.resources[res].ctx, res,
            nc_arena_printf(e->arena, "the frame of '%s' is left here with the registration live", fn_name(e, k->fn)),
            "%s (local '%s' of '%s') dies with its frame while the %s still uses it", slot_word(e, res, checks[i].slot),
            object_name(e, object), fn_name(e, k->fn), res_kind(e, res)->display);
    }
    if (found)
        res_set(e, k->s, res, RES_SILENT);
    return found;
}

void frame_leave(struct engine *e, uint32_t ctx, nc_id fn, struct state *s, struct val ret, nc_id loc)
{
    struct leaving k = { e, s, ctx, fn, loc, ret, { 0 }, 0 };

    if (!pmap_count(s->res))
        return;
    res_each_live(e, s, collect, &k);
    for (uint32_t i = 0; i < k.count; i++) {
        uint32_t res = k.todo[i];
        const struct resource *r = &e->u.resources[res];
        struct val at;

        if (r->sym || frame_memory(&k, res))
            continue;
        at = res_slot(s, res, RS_HANDLE_AT);
        if (mentions(e, ret, handle_symbol(e, res), 0) || held_elsewhere(e, s, res, ctx, 0))
            continue;
        if (res_get(s, res) == RES_ENDING) {
            report_missing_wait(e, s, ctx, res, "the handle goes with this frame, and nothing has waited");
        } else if (at.kind == V_ADDR && res_kind(e, res)->handle_is_address) {
            /* The registration object itself died: said above as stack data; a captured NPI is simply not released. */
            report(e, s, "nmr-missing-deregister", inst_loc(e, r->inst), r->ctx, res,
                   "the function is left here without it", "the %s is never released on this path",
                   res_kind(e, res)->display);
            res_set(e, s, res, RES_SILENT);
        } else {
            if (!e->never_unloads)
                report(e, s, "nmr-lost-handle", inst_loc(e, r->inst), r->ctx, res,
                       nc_arena_printf(e->arena, "'%s' is left here, and the handle with its frame", fn_name(e, fn)),
                       "the handle of the %s is kept only in a local that dies with '%s': the registration can't be "
                       "ended any more",
                       res_kind(e, res)->display, fn_name(e, fn));
            res_set(e, s, res, RES_SILENT);
        }
    }
}

/* ---- freeing ---- */

nc_id free_place(struct engine *e, nc_id inst, uint32_t *ctx)
{
    const struct nc_module *m = e->m;
    uint32_t c = *ctx;

    for (;;) {
        const struct context *x = &e->u.contexts[c];

        if (!x->parent || x->inst == NC_NONE || x->inst >= m->insts_count || x->fn == NC_NONE)
            break;
        const struct nc_function *f = &m->functions[x->fn];
        const struct nc_inst *in = &m->insts[inst];
        bool passes_on = false;

        if (e->fn_relevant[x->fn])
            break; /* a destroy function that ends things is no mere wrapper of the free */
        for (uint32_t i = 0; i < in->arg_count; i++) {
            const struct nc_expr *a = &m->exprs[m->args[in->c + i]];

            while (a->op == NC_EX_CAST)
                a = &m->exprs[a->a];
            if (a->op == NC_EX_LOAD && m->exprs[a->a].op == NC_EX_LOCAL && m->exprs[a->a].a < f->param_count &&
                m->types[m->locals[f->first_local + m->exprs[a->a].a].type].kind == NC_TY_POINTER)
                passes_on = true;
        }
        if (!passes_on)
            break;
        inst = x->inst;
        c = x->parent;
    }
    *ctx = c;
    return inst;
}

struct freeing {
    struct engine *e;
    struct state *s;
    uint32_t object;
    uint32_t todo[64], count;
};

static bool collect_free(void *user, uint32_t res, enum res_state st)
{
    struct freeing *k = user;

    (void)st;
    if (k->count < 64)
        k->todo[k->count++] = res;
    return true;
}

static bool inside(struct engine *e, const struct state *s, struct val v, uint32_t object)
{
    uint32_t o;
    int64_t off;

    if ((v.kind != V_ADDR && v.kind != V_SYM) || !point_at(e, v, &o, &off))
        return false;
    o = object_base(&e->u, o);
    return o == object || (owner_of(e, s, o) == object && object);
}

static void free_object(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object)
{
    struct freeing k = { e, s, object, { 0 }, 0 };

    res_each_live(e, s, collect_free, &k);
    for (uint32_t i = 0; i < k.count; i++) {
        uint32_t res = k.todo[i];
        const char *word = NULL;

        if (e->u.resources[res].sym) {
            const struct symbol *y = &e->u.symbols[e->u.resources[res].sym];
            struct search q = { e, e->u.resources[res].sym, UINT32_MAX, object, false };

            /* The handle was read out of what is freed now. */
            if (y->kind != SYM_LAZY || object_base(&e->u, y->a) != object || res_get(s, res) != RES_ENDING ||
                !res_kind(e, res)->has_wait)
                continue;
            pmap_each(s->mem, holds, &q);
            if (q.found && embeds_registration(e, object))
                res_slot_set(e, s, res, RS_FREED_EARLY, (struct val){ V_META, ctx, inst });
            if (!q.found)
                report_missing_wait(e, s, ctx, res, "the object with the handle is freed, and nothing has waited");
            continue;
        }
        for (uint32_t slot = RS_CHARS; slot <= RS_DATA2 && !word; slot++)
            if (slot != RS_HANDLE_AT && inside(e, s, res_slot(s, res, slot), object))
                word = slot_word(e, res, slot);
        if (word && res_get(s, res) == RES_LIVE) {
            uint32_t free_ctx = ctx;
            nc_id place = free_place(e, inst, &free_ctx);

            report(e, s, "nmr-freed-while-registered", inst_loc(e, place), free_ctx, res,
                   nc_arena_printf(e->arena, "%s is freed here", word), "%s is freed while the %s still uses it", word,
                   res_kind(e, res)->display);
            res_set(e, s, res, RES_SILENT);
            continue;
        }
        if (word && res_slot(s, res, RS_FREED_EARLY).kind == V_NONE) {
            res_slot_set(e, s, res, RS_FREED_EARLY, (struct val){ V_META, ctx, inst });
            trace_add(e, s, TR_EVENT, inst_loc(e, inst), ctx, res, nc_arena_printf(e->arena, "%s is freed here", word));
        }
        struct val at = res_slot(s, res, RS_HANDLE_AT);
        bool held_there = false;

        for (const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN); c && c->obj == object;
             c = pmap_ceiling(s->mem, object, c->off + 1))
            held_there |= mentions(e, c->val, handle_symbol(e, res), 0);
        if (at.kind == V_ADDR && owner_of(e, s, at.id) == object)
            held_there = true;
        if (!held_there || held_elsewhere(e, s, res, UINT32_MAX,
                                          at.kind == V_ADDR && owner_of(e, s, at.id) == object ? at.id : object))
            continue;
        if (res_get(s, res) == RES_ENDING) {
            if (!word)
                report_missing_wait(e, s, ctx, res, "the object with the handle is freed, and nothing has waited");
            continue;
        }
        report(e, s, "nmr-missing-deregister", inst_loc(e, e->u.resources[res].inst), e->u.resources[res].ctx, res,
               nc_arena_printf(e->arena, "the object that holds its handle is freed at %s",
                               loc_text(e, inst_loc(e, inst))),
               "the %s is still live when the object that holds its handle is freed (%s)", res_kind(e, res)->display,
               loc_text(e, inst_loc(e, inst)));
        res_set(e, s, res, RES_SILENT);
    }
    if (e->u.objects[object].kind == OBJ_HEAP)
        s->objs = pmap_set(e->arena, s->objs, object, OS_FREED, 0, (struct val){ V_META, ctx, inst });
    else
        s->soft = pmap_set(e->arena, s->soft, object, OS_FREED, 0, (struct val){ V_META, ctx, inst });
    mem_drop_object(e, s, object);
    if (e->u.objects[object].kind != OBJ_SYM)
        mem_fill(e, s, object, INT32_MIN, INT64_MAX / 2, FILL_UNKNOWN + 5);
}

void on_free(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, struct val v)
{
    uint32_t object;
    int64_t off;

    if (truth_of(e, s, v) == 0 || !point_at(e, v, &object, &off))
        return;
    if (e->u.objects[object].kind == OBJ_FUNC || e->u.objects[object].kind == OBJ_STRING)
        return;
    irql_check_free(e, ctx, inst, s, v, object);
    binding_on_free(e, ctx, inst, s, object, inst_loc(e, inst));
    free_object(e, ctx, inst, s, object);
}

/* ---- the driver is left ---- */

static bool ended_by_kind_of_place(struct engine *e, const struct state *s, uint32_t res, bool wait)
{
    struct val at = res_slot(s, res, RS_HANDLE_AT);
    nc_id field = NC_NONE, global = NC_NONE;
    const struct object *o;

    if (at.kind != V_ADDR)
        return true;
    o = &e->u.objects[at.id];
    if (o->kind == OBJ_GLOBAL)
        return false; /* one place, followed exactly */
    if (o->record != NC_NONE)
        field = field_at(e, o->record, at.off, NULL);
    if (e->u.objects[object_base(&e->u, at.id)].kind == OBJ_GLOBAL)
        global = e->u.objects[object_base(&e->u, at.id)].a;
    for (uint32_t i = 0; i < e->end_site_count; i++) {
        const struct end_site *p = &e->end_sites[i];

        if (p->kind != e->u.resources[res].kind || (wait && !p->wait))
            continue;
        if ((field != NC_NONE && p->field == field) || (global != NC_NONE && p->global == global) ||
            (p->field == NC_NONE && p->global == NC_NONE) || field == NC_NONE)
            return true;
    }
    return false;
}

void driver_left(struct engine *e, struct state *s, const char *how, nc_id loc)
{
    struct leaving k = { e, s, 0, NC_NONE, loc, v_none(), { 0 }, 0 };

    res_each_live(e, s, collect, &k);
    for (uint32_t i = 0; i < k.count; i++) {
        uint32_t res = k.todo[i];
        bool ending = res_get(s, res) == RES_ENDING;

        if (e->u.resources[res].sym || pmap_find(s->res, res, RS_ESCAPED) || ended_by_kind_of_place(e, s, res, ending))
            continue;
        if (ending)
            report_missing_wait(e, s, 0, res, how);
        else
            report(e, s, "nmr-missing-deregister", inst_loc(e, e->u.resources[res].inst), e->u.resources[res].ctx, res,
                   how, "the %s is never ended: %s", res_kind(e, res)->display, how);
        res_set(e, s, res, RES_SILENT);
    }
}

/* Waited for, and neither this path nor anything else in sight deregisters what is registered here. */
static void waits_left(struct engine *e, struct state *s)
{
    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p; p = pmap_ceiling(s->res, p->obj, p->off + 1)) {
        const struct resource *r = p->obj < e->u.resource_count ? &e->u.resources[p->obj] : NULL;

        if (p->off != RS_STATE || p->val.id != RES_WAITED || !r || !r->sym || e->u.symbols[r->sym].kind != SYM_LAZY ||
            !e->acquire_sites[r->kind])
            continue;
        const struct symbol *y = &e->u.symbols[r->sym];
        struct val at = res_slot(s, p->obj, RS_ENDED_AT);
        nc_id field, global;

        handle_place(e, y->a, y->c, &field, &global);
        uint32_t kinds = field != NC_NONE ? e->field_kinds[field] : global != NC_NONE ? e->global_kinds[global] : 0;

        if (kinds != 1u << r->kind || at.kind != V_META ||
            reported_for_sure(e, "nmr-wait-without-deregister", inst_loc(e, (nc_id)at.off)))
            continue;
        struct candidate *c = report(e, s, "nmr-wait-without-deregister", inst_loc(e, (nc_id)at.off), at.id, p->obj,
                                     "nothing deregisters it, here or anywhere else",
                                     "'%s' is called for a %s that nothing deregisters: the wait never returns",
                                     res_kind(e, p->obj)->wait_function, res_kind(e, p->obj)->display);

        if (!c)
            continue;
        c->unless_ended = true;
        c->kind = r->kind;
        c->field = field;
        c->global = global;
    }
}

void entry_left(struct engine *e, struct state *s, nc_id loc)
{
    struct leaving k = { e, s, 0, NC_NONE, loc, v_none(), { 0 }, 0 };

    waits_left(e, s);
    res_each_live(e, s, collect, &k);
    for (uint32_t i = 0; i < k.count; i++) {
        const struct resource *r = &e->u.resources[k.todo[i]];
        struct val at = res_slot(s, k.todo[i], RS_ENDED_AT);
        const struct symbol *y = &e->u.symbols[r->sym];

        if (!r->sym || res_get(s, k.todo[i]) != RES_ENDING || at.kind != V_META || !res_kind(e, k.todo[i])->has_wait ||
            y->kind != SYM_LAZY)
            continue;
        if (reported_for_sure(e, "nmr-missing-wait", inst_loc(e, (nc_id)at.off)))
            continue;
        struct candidate *c = report(
            e, s, "nmr-missing-wait", inst_loc(e, (nc_id)at.off), at.id, k.todo[i],
            "nothing waits for it, here or anywhere in the driver",
            "a %s is deregistered, and '%s' is never called for it: callbacks may still run when the driver goes on",
            res_kind(e, k.todo[i])->display, res_kind(e, k.todo[i])->wait_function);

        if (!c)
            continue;
        c->unless_waited = true;
        c->kind = r->kind;
        handle_place(e, y->a, y->c, &c->field, &c->global);
    }
}

void forget_assumed(struct engine *e, struct state *s)
{
    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p;) {
        uint32_t res = p->obj;
        int64_t off = p->off;

        /* Queued routines stay queued. */
        if (res < e->u.resource_count ? e->u.resources[res].sym != 0 : res >= KEY_OF_RUN)
            s->res = pmap_remove(e->arena, s->res, res, off);
        p = pmap_ceiling(s->res, res, off + 1);
    }
}
