/*
 * Callbacks that run inside a call: the attach (and even the detach) callback before a register call has returned,
 * detach and cleanup while a wait is in progress. Run to learn which locks they take and what they read; nothing is
 * reported of their own.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

struct watch {
    const struct pmap *held;  /* locks held across the call */
    const struct pmap *reads; /* (object, offset) -> size */
    const struct pmap *locks; /* taken */
    bool deadlock;
    const char *lock_name;
};

/* What the callbacks of a registration read and lock, and what memory was like when it was made. */
struct order {
    uint32_t res;
    uint64_t locks_hash;
    const struct pmap *reads, *locks, *writes;
    const struct pmap *mem, *fill;
};

void watch_read(struct engine *e, uint32_t object, int64_t off, uint64_t bits)
{
    uint8_t kind = e->u.objects[object].kind;

    if (kind == OBJ_LOCAL || kind == OBJ_TEMPS || kind == OBJ_FUNC || kind == OBJ_STRING || !e->watch)
        return;
    e->watch->reads = pmap_set(e->arena, e->watch->reads, object, off, bits ? bits : 64, v_int(1));
}

void watch_lock(struct engine *e, struct state *s, uint32_t object, int64_t off, const char *cls)
{
    const struct pmap *h;

    (void)s;
    (void)cls;
    if (!e->watch)
        return;
    watch_read(e, object, off, 64);
    e->watch->locks = pmap_set(e->arena, e->watch->locks, object, off, 0, v_int(1));
    h = pmap_find(e->watch->held, object, off);
    if (h && !e->watch->deadlock) {
        nc_id field = NC_NONE, record = e->u.objects[object].record;

        if (e->u.objects[object].kind == OBJ_GLOBAL)
            record = e->m->globals[e->u.objects[object].a].type;
        if (record != NC_NONE && e->m->types[record].kind == NC_TY_RECORD)
            field = field_at(e, record, off, NULL);
        e->watch->deadlock = true;
        e->watch->lock_name = field == NC_NONE ? object_name(e, object)
                                               : nc_arena_printf(e->arena, "%s.%s", object_name(e, object),
                                                                 nc_string(e->m, e->m->fields[field].name));
    }
}

void orders_keep(struct engine *e, uint32_t first, struct nc_arena *from)
{
    for (uint32_t i = first; i < e->order_count; i++) {
        struct order *o = &e->orders[i];

        o->reads = pmap_keep(e->perm, from, o->reads);
        o->locks = pmap_keep(e->perm, from, o->locks);
        o->writes = pmap_keep(e->perm, from, o->writes);
        o->mem = pmap_keep(e->perm, from, o->mem);
        o->fill = pmap_keep(e->perm, from, o->fill);
    }
}

static nc_id callback_in(struct engine *e, struct state *s, uint32_t res, const char *name)
{
    nc_id record = find_record(e, res_kind(e, res)->characteristics), f;
    uint32_t object;
    int64_t off;

    if (record == NC_NONE || !point_at(e, res_slot(s, res, RS_CHARS), &object, &off))
        return NC_NONE;
    f = find_field(e, record, name);
    if (f == NC_NONE)
        return NC_NONE;
    struct val v = mem_load(e, s, object, off + e->m->fields[f].offset, 64, e->m->fields[f].type);

    return v.kind == V_ADDR && e->u.objects[v.id].kind == OBJ_FUNC && e->m->functions[e->u.objects[v.id].a].block_count
               ? e->u.objects[v.id].a
               : NC_NONE;
}

/* Runs attach, then from each of its successes detach and cleanup; the watch is on for the callbacks chosen by the
 * flags. */
static void run_all(struct engine *e, const struct state *s, uint32_t res, struct watch *w, bool watch_attach,
                    struct exits *attached)
{
    struct state t = *s;
    bool provider = strstr(res_kind(e, res)->name, "provider") != NULL;
    nc_id attach = callback_in(e, &t, res, provider ? "ProviderAttachClient" : "ClientAttachProvider");
    nc_id detach = callback_in(e, &t, res, provider ? "ProviderDetachClient" : "ClientDetachProvider");
    nc_id cleanup = callback_in(e, &t, res, provider ? "ProviderCleanupBindingContext" : "ClientCleanupBindingContext");
    struct exits y = { 0 };
    struct val args[8] = { 0 };
    uint32_t outs[2] = { 0, 0 };

    t.locks = NULL;
    t.irql = v_int(0);
    args[0] = binding_handle(e, provider);
    args[1] = res_slot(&t, res, RS_CONTEXT);
    for (uint32_t i = 0; provider && i < 2; i++) {
        outs[i] = u_object(&e->u, OBJ_HEAP, 0, 0xffffff10u + i, 0);
        args[5 + i] = v_addr(outs[i], 0);
    }
    e->watch = watch_attach ? w : NULL;
    if (attach != NC_NONE)
        run_callback(e, attach, &t, args, 8, res, CB_ATTACH, attached);
    if (!attached->count)
        exits_add(e, attached, &t, v_none(), NC_NONE);
    e->watch = w;
    for (uint32_t i = 0; i < attached->count && i < 4; i++) {
        struct state a = attached->items[i].s;
        struct val context = provider ? mem_load(e, &a, outs[0], 0, 64, NC_NONE) : bound_context(&a);

        if (attached->items[i].ret.kind != V_NONE && range_of(e, &a, attached->items[i].ret).hi < 0)
            continue;
        args[0] = context;
        y.count = 0;
        if (detach != NC_NONE)
            run_callback(e, detach, &a, args, 1, res, CB_DETACH, &y);
        y.count = 0;
        if (cleanup != NC_NONE)
            run_callback(e, cleanup, &a, args, 1, res, CB_CLEANUP, &y);
    }
    e->watch = NULL;
    free(y.items);
}

/* WSK: the one callback of the dispatch table. */
static void run_client_event(struct engine *e, const struct state *s, uint32_t res, struct val client, struct watch *w,
                             struct exits *out)
{
    nc_id record = find_record(e, "WSK_CLIENT_DISPATCH"),
          f = record == NC_NONE ? NC_NONE : find_field(e, record, "WskClientEvent");
    struct val args[1] = { client };
    struct state t = *s;
    uint32_t object;
    int64_t off;

    if (f == NC_NONE || !point_at(e, res_slot(s, res, RS_DATA0), &object, &off))
        return;
    struct val v = mem_load(e, &t, object, off + e->m->fields[f].offset, 64, e->m->fields[f].type);

    if (v.kind != V_ADDR || e->u.objects[v.id].kind != OBJ_FUNC || !e->m->functions[e->u.objects[v.id].a].block_count)
        return;
    t.locks = NULL;
    t.irql = v_int(0);
    e->watch = w;
    run_callback(e, e->u.objects[v.id].a, &t, args, 1, res, CB_OTHER, out);
    e->watch = NULL;
}

void callbacks_in_life(struct engine *e, const struct state *s, uint32_t res, struct exits *out)
{
    struct state t = *s;
    bool provider = strstr(res_kind(e, res)->name, "provider") != NULL;
    nc_id attach = callback_in(e, &t, res, provider ? "ProviderAttachClient" : "ClientAttachProvider");
    nc_id detach = callback_in(e, &t, res, provider ? "ProviderDetachClient" : "ClientDetachProvider");
    nc_id cleanup = callback_in(e, &t, res, provider ? "ProviderCleanupBindingContext" : "ClientCleanupBindingContext");
    struct exits x = { 0 }, y = { 0 };
    struct val args[8] = { 0 };
    uint32_t outs[2] = { 0, 0 };

    args[0] = binding_handle(e, provider);
    args[1] = res_slot(&t, res, RS_CONTEXT);
    for (uint32_t i = 0; provider && i < 2; i++) {
        outs[i] = u_object(&e->u, OBJ_HEAP, 0, 0xffffff10u + i, 0);
        args[5 + i] = v_addr(outs[i], 0);
    }
    if (attach != NC_NONE)
        run_callback(e, attach, &t, args, 8, res, CB_ATTACH, &x);
    for (uint32_t i = 0; i < x.count; i++) {
        struct state a = x.items[i].s;
        struct val context = provider ? mem_load(e, &a, outs[0], 0, 64, NC_NONE) : bound_context(&a);

        for (int k = 0; k < 2; k++)
            mem_drop_object(e, &a, outs[k]);
        bind_forget(e, &a);
        exits_add(e, out, &a, x.items[i].ret, x.items[i].loc);
        if (x.items[i].ret.kind != V_NONE && range_of(e, &a, x.items[i].ret).hi < 0)
            continue;
        args[0] = context;
        y.count = 0;
        if (detach != NC_NONE)
            run_callback(e, detach, &a, args, 1, res, CB_DETACH, &y);
        if (cleanup != NC_NONE)
            for (uint32_t k = 0, n = y.count; k < n && k < 4; k++) {
                struct state d = y.items[k].s;

                run_callback(e, cleanup, &d, args, 1, res, CB_CLEANUP, &y);
            }
        for (uint32_t k = 0; k < y.count; k++) {
            bind_forget(e, &y.items[k].s);
            exits_add(e, out, &y.items[k].s, v_none(), NC_NONE);
        }
    }
    free(x.items);
    free(y.items);
}

struct spread {
    struct engine *e;
    struct state *s;
    const struct pmap *writes;
};

/* A cell that a callback changes is not known any more in the code that goes on. */
static void forget(void *user, const struct pmap *before, const struct pmap *after)
{
    struct spread *k = user;
    const struct pmap *p = after ? after : before;
    uint8_t kind = k->e->u.objects[p->obj].kind;
    const struct pmap *mine = pmap_find(k->s->mem, p->obj, p->off);

    if (kind != OBJ_GLOBAL && kind != OBJ_HEAP && kind != OBJ_SYM)
        return;
    if (mine && mine->val.kind == V_SYM && k->e->u.symbols[mine->val.id].kind == SYM_HANDLE)
        return;
    if (p->off >= (int64_t)1 << 40)
        return;
    k->writes = pmap_set(k->e->arena, k->writes, p->obj, p->off, p->size, v_int(1));
    mem_fill(k->e, k->s, p->obj, p->off, p->off + (int64_t)(p->size ? p->size : 64), FILL_UNKNOWN + 9);
}

static struct order *order_find(struct engine *e, uint32_t res, uint64_t locks_hash)
{
    for (uint32_t i = 0; i < e->order_count; i++)
        if (e->orders[i].res == res && e->orders[i].locks_hash == locks_hash)
            return &e->orders[i];
    return NULL;
}

static void quiet_begin(struct engine *e, bool *was)
{
    *was = e->quiet;
    e->quiet = true;
    e->nested++;
}

static void quiet_end(struct engine *e, bool was)
{
    e->quiet = was;
    e->nested--;
}

void callbacks_at_acquire(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res, struct val client)
{
    struct watch w = { .held = s->locks };
    struct exits x = { 0 };
    bool was;

    bool wsk = res_kind(e, res)->handle_is_address;

    if (e->nested || !e->lifetime_rules || !*res_kind(e, res)->characteristics)
        return;
    quiet_begin(e, &was);
    bool repeat = e->repeat;

    e->repeat = true;
    if (wsk)
        run_client_event(e, s, res, client, &w, &x);
    else
        run_all(e, s, res, &w, true, &x);
    e->repeat = repeat;
    quiet_end(e, was);
    struct spread k = { e, s, NULL };
    const struct pmap *before = s->mem, *fill_before = s->fill;

    for (uint32_t i = 0; i < x.count && i < 4 && !wsk; i++)
        if (res_get(&x.items[i].s, res) == RES_LIVE) /* one that ends it inside never comes back */
            pmap_diff(before, x.items[i].s.mem, forget, &k);
    free(x.items);
    if (w.deadlock && !wsk)
        report(e, s, "nmr-callback-deadlock", e->m->insts[inst].loc, ctx, res,
               nc_arena_printf(e->arena, "the callback takes '%s', which is held here", w.lock_name),
               "'%s' is held across the register call, and a callback of the same %s takes it: the attach callback may "
               "run before the call returns",
               w.lock_name, res_kind(e, res)->display);
    if (!order_find(e, res, pmap_hash(s->locks))) {
        if (e->order_count == e->order_cap) {
            e->order_cap = e->order_cap ? e->order_cap * 2 : 8;
            e->orders = nc_xrealloc(e->orders, sizeof *e->orders * e->order_cap);
        }
        e->orders[e->order_count++] = (struct order){ .res = res,
                                                      .locks_hash = pmap_hash(s->locks),
                                                      .reads = w.reads,
                                                      .locks = w.locks,
                                                      .writes = k.writes,
                                                      .mem = before,
                                                      .fill = fill_before };
    }
}

void callbacks_at_wait(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res)
{
    struct watch w = { .held = s->locks };
    struct exits x = { 0 };
    bool was;

    if (e->nested || !pmap_count(s->locks) || !e->lifetime_rules || res_kind(e, res)->handle_is_address)
        return;
    quiet_begin(e, &was);
    bool repeat = e->repeat;

    e->repeat = true;
    run_all(e, s, res, &w, false, &x);
    e->repeat = repeat;
    quiet_end(e, was);
    free(x.items);
    if (w.deadlock)
        report(e, s, "nmr-callback-deadlock", e->m->insts[inst].loc, ctx, res,
               nc_arena_printf(e->arena, "the callback takes '%s', which is held here", w.lock_name),
               "'%s' is held across the wait, and a detach or cleanup callback of the same %s takes it: neither ever "
               "goes on",
               w.lock_name, res_kind(e, res)->display);
}

/* ---- late writes ---- */

static uint32_t root_of(struct engine *e, uint32_t ctx)
{
    while (ctx && e->u.contexts[ctx].parent)
        ctx = e->u.contexts[ctx].parent;
    return ctx;
}

static bool reads_it(const struct order *o, uint32_t object, int64_t off, uint64_t bits)
{
    for (const struct pmap *p = pmap_ceiling(o->reads, object, INT64_MIN);
         p && p->obj == object && p->off < off + (int64_t)bits; p = pmap_ceiling(o->reads, object, p->off + 1))
        if (p->off + (int64_t)p->size > off)
            return true;
    return false;
}

/* Whether the cell had been given a value of its own before the register call. */
static bool given_before(struct engine *e, const struct order *o, uint32_t object, int64_t off)
{
    const struct pmap *c = pmap_floor(o->mem, object, off), *f = pmap_floor(o->fill, object, off);

    if (c && c->obj == object && (c->off == off || c->off + (int64_t)c->size > off))
        return true;
    if (f && f->obj == object && f->val.off > off)
        return f->val.id >= FILL_UNKNOWN; /* an INIT, or something that is not known */
    const struct object *b = &e->u.objects[object];

    if (b->kind == OBJ_GLOBAL) {
        const struct nc_global *g = &e->m->globals[b->a];

        if (!(g->flags & NC_GL_DEFINED) || e->generic)
            return true;
        for (uint32_t i = 0; i < g->init_count; i++) {
            const struct nc_init *in = &e->m->inits[g->first_init + i];

            if ((int64_t)in->offset <= off && off < (int64_t)in->offset + type_bits(e, in->type) &&
                !(e->m->exprs[in->expr].op == NC_EX_INT && e->m->exprs[in->expr].value == 0))
                return true;
        }
        return false;
    }
    return b->kind != OBJ_HEAP;
}

static bool common_lock(const struct state *s, const struct order *o)
{
    for (const struct pmap *p = pmap_ceiling(s->locks, 0, INT64_MIN); p; p = pmap_ceiling(s->locks, p->obj, p->off + 1))
        if (pmap_find(o->locks, p->obj, p->off))
            return true;
    return false;
}

/* A function that takes a registration down clears what its callbacks have set. Whether the store is part of taking
 * down what the registering function, or one that it returned to, has set up. */
static bool in_teardown(struct engine *e, uint32_t ctx, uint32_t registered)
{
    for (uint32_t at = ctx; at; at = e->u.contexts[at].parent) {
        for (uint32_t up = registered; up; up = e->u.contexts[up].parent)
            if (up == at)
                return false;
        if (e->fn_ends[e->u.contexts[at].fn])
            return true;
    }
    return false;
}

void late_write(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object, int64_t off,
                uint64_t bits, struct val v)
{
    if (e->side && v.kind == V_ADDR && object && (object == e->out_objects[0] || object == e->out_objects[1])) {
        uint32_t local = object_base(&e->u, v.id);

        if (e->u.objects[local].kind == OBJ_LOCAL)
            report(e, s, "nmr-stack-binding-context", e->m->insts[inst].loc, ctx, 0,
                   "a local is handed out as long as the binding lives",
                   "the local '%s' is given to the NMR as long as the binding lives, and dies with its frame",
                   object_name(e, local));
        return;
    }
    if (e->quiet || e->nested || !e->lifetime_rules || !e->order_count || e->u.objects[object].kind == OBJ_LOCAL ||
        inst == NC_NONE)
        return;
    if (off >= (int64_t)1 << 40)
        return;
    for (uint32_t i = 0; i < e->order_count; i++) {
        const struct order *o = &e->orders[i];
        uint32_t at = ctx;
        nc_id place = inst;

        if (res_get(s, o->res) != RES_LIVE || root_of(e, ctx) != root_of(e, e->u.resources[o->res].ctx) ||
            !reads_it(o, object, off, bits) || given_before(e, o, object, off) || common_lock(s, o))
            continue;
        if (v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_HANDLE &&
            res_slot(s, o->res, RS_HANDLE_AT).kind == V_ADDR && res_slot(s, o->res, RS_HANDLE_AT).id == object &&
            res_slot(s, o->res, RS_HANDLE_AT).off == off)
            continue;
        /* A flag that says that the registration was made; its callback may come before it is known, and finds it
         * unset. */
        if (v.kind == V_INT && res_kind(e, o->res)->handle_is_address)
            continue;
        /* Memory that was zero stays zero, unless a callback has counted in it. */
        if (v.kind == V_INT && v.off == 0 &&
            (!pmap_find(o->writes, object, off) || in_teardown(e, ctx, e->u.resources[o->res].ctx)))
            continue;
        for (bool in_frame = false; !in_frame;) { /* still in the run that registered */
            in_frame = true;
            for (const struct frame *f = e->frame; f; f = f->up)
                if (f->callback_of)
                    return;
        }
        while (at && e->u.contexts[at].parent && (e->m->functions[e->u.contexts[at].fn].flags & NC_FN_SYSTEM)) {
            place = e->u.contexts[at].inst;
            at = e->u.contexts[at].parent;
        }
        report(e, s, "nmr-register-before-init", e->m->insts[place].loc, at, o->res, "it is written only here",
               "'%s' is first given its value here, after the register call; its callbacks read it, and the %s "
               "callback may run before that call returns",
               object_name(e, object), res_kind(e, o->res)->handle_is_address ? "client event" : "attach");
    }
}
