/*
 * Resources: what a register call acquires, and what deregister and wait do to it. One typestate per resource and path:
 * LIVE -> ENDING (deregistered) -> ENDED (waited for); FAILED when the register call failed; SILENT once something has
 * been reported of it on this path. A handle of unknown origin gets an assumed resource, of which only what this path
 * does is known.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

/* The handle of a kind whose handle is an address (WSK_REGISTRATION) is kept beside the object's own cells. */
static int64_t address_slot(uint32_t kind) { return ((int64_t)1 << 43) + ((int64_t)kind << 38); }

uint32_t kind_index(struct engine *e, const char *name)
{
    for (uint32_t i = 0; i < e->kind_count; i++)
        if (strcmp(e->kinds[i]->name, name) == 0)
            return i;
    const struct nc_kind *k = nc_kind_find(e->contracts, name);

    if (!k || e->kind_count == sizeof e->kinds / sizeof *e->kinds)
        return UINT32_MAX;
    e->kinds[e->kind_count] = k;
    return e->kind_count++;
}

const struct nc_kind *res_kind(struct engine *e, uint32_t res) { return e->kinds[e->u.resources[res].kind]; }

enum res_state res_get(const struct state *s, uint32_t res)
{
    const struct pmap *p = pmap_find(s->res, res, RS_STATE);

    return p ? (enum res_state)p->val.id : RES_NONE;
}

void res_set(struct engine *e, struct state *s, uint32_t res, enum res_state st)
{
    s->res = pmap_set(e->arena, s->res, res, RS_STATE, 0, (struct val){ V_META, st, 0 });
    if (st == RES_SILENT || st == RES_ENDED)
        for (int64_t k = RS_CHARS; k <= RS_DATA3; k++)
            if (k != RS_HANDLE_AT && k != RS_DATA3)
                s->res = pmap_remove(e->arena, s->res, res, k);
}

struct val res_slot(const struct state *s, uint32_t res, uint32_t slot)
{
    const struct pmap *p = pmap_find(s->res, res, slot);

    return p ? p->val : v_none();
}

void res_slot_set(struct engine *e, struct state *s, uint32_t res, uint32_t slot, struct val v)
{
    s->res = pmap_set(e->arena, s->res, res, slot, 0, v);
}

bool res_each_live(struct engine *e, const struct state *s, bool (*f)(void *user, uint32_t res, enum res_state st),
                   void *user)
{
    (void)e;
    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p; p = pmap_ceiling(s->res, p->obj, p->off + 1)) {
        if (p->off != RS_STATE || (p->val.id != RES_LIVE && p->val.id != RES_ENDING))
            continue;
        if (!f(user, p->obj, (enum res_state)p->val.id))
            return false;
    }
    return true;
}

const char *res_text(struct engine *e, uint32_t res)
{
    const struct resource *r = &e->u.resources[res];

    if (r->inst == NC_NONE)
        return res_kind(e, res)->display;
    return nc_arena_printf(e->arena, "%s made at %s", res_kind(e, res)->display, loc_text(e, e->m->insts[r->inst].loc));
}

static nc_id acquire_loc(struct engine *e, uint32_t res)
{
    nc_id inst = e->u.resources[res].inst;

    return inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;
}

nc_id find_record(struct engine *e, const char *name)
{
    nc_id best = NC_NONE;

    if (!name || !*name)
        return NC_NONE;
    for (uint32_t i = 0; i < e->record_count; i++)
        if (strcmp(e->record_names[i], name) == 0)
            return e->record_ids[i];
    for (nc_id t = 0; t < e->m->types_count; t++) {
        const char *n = nc_string(e->m, e->m->types[t].name);

        if (e->m->types[t].kind != NC_TY_RECORD || !e->m->types[t].size)
            continue;
        if (strcmp(n, name) == 0 || (n[0] == '_' && strcmp(n + 1, name) == 0))
            best = t;
    }
    if (e->record_count < sizeof e->record_names / sizeof *e->record_names) {
        e->record_names[e->record_count] = name;
        e->record_ids[e->record_count++] = best;
    }
    return best;
}

nc_id find_field(struct engine *e, nc_id record, const char *name)
{
    if (record == NC_NONE)
        return NC_NONE;
    const struct nc_type *t = &e->m->types[record];

    for (uint32_t i = 0; i < t->field_count; i++)
        if (strcmp(nc_string(e->m, e->m->fields[t->first_field + i].name), name) == 0)
            return t->first_field + i;
    return NC_NONE;
}

/* ---- acquiring ---- */

static struct val load_field(struct engine *e, struct state *s, uint32_t object, int64_t off, nc_id record,
                             const char *name)
{
    nc_id f = find_field(e, record, name);

    if (f == NC_NONE)
        return v_none();
    return mem_load(e, s, object, off + e->m->fields[f].offset, (uint64_t)type_bits(e, e->m->fields[f].type),
                    e->m->fields[f].type);
}

/* What must outlive the registration beside characteristics and context. */
static void remember_data(struct engine *e, struct state *s, uint32_t res, struct val chars, struct val handle_arg)
{
    const struct nc_kind *k = res_kind(e, res);
    nc_id record = find_record(e, k->characteristics);
    uint32_t object;
    int64_t off;

    if (k->handle_is_address && k->characteristics && *k->characteristics) {
        res_slot_set(e, s, res, RS_DATA1, handle_arg);
        if (record != NC_NONE && point_at(e, chars, &object, &off))
            res_slot_set(e, s, res, RS_DATA0, load_field(e, s, object, off, record, "Dispatch"));
        return;
    }
    nc_id inst_field = k->instance && *k->instance ? find_field(e, record, k->instance) : NC_NONE;

    if (inst_field == NC_NONE || !point_at(e, chars, &object, &off))
        return;
    nc_id inst_record = e->m->fields[inst_field].type;

    off += e->m->fields[inst_field].offset;
    res_slot_set(e, s, res, RS_DATA0, load_field(e, s, object, off, inst_record, "NpiId"));
    res_slot_set(e, s, res, RS_DATA1, load_field(e, s, object, off, inst_record, "ModuleId"));
    res_slot_set(e, s, res, RS_DATA2, load_field(e, s, object, off, inst_record, "NpiSpecificCharacteristics"));
}

static struct val handle_of(struct engine *e, uint32_t res)
{
    return v_sym(
        u_symbol(&e->u, (struct symbol){ .kind = SYM_HANDLE, .flags = SYMF_NONNULL, .a = res, .type = NC_NONE }));
}

static uint32_t new_resource(struct engine *e, struct state *s, uint32_t kind, uint32_t ctx, nc_id inst)
{
    for (uint32_t gen = 0;; gen++) {
        uint32_t res = u_resource(&e->u, (struct resource){ kind, ctx, inst, gen, 0 });
        enum res_state st = res_get(s, res);

        if (st == RES_NONE || st == RES_FAILED || gen == 40)
            return res;
        if ((st == RES_ENDED || st == RES_SILENT) && !state_mentions(e, s, handle_of(e, res).id, 0))
            return res;
    }
}

static struct val status_value(struct engine *e, struct state *s, uint32_t ctx, nc_id inst, int64_t lo, int64_t hi)
{
    struct val v = fresh(e, s, ctx, inst, 1, inst == NC_NONE ? NC_NONE : e->m->insts[inst].type);

    set_range(e, s, v.id, (struct range){ .lo = lo, .hi = hi });
    return v;
}

void do_acquire(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                const struct val *args, uint32_t n, struct exits *out)
{
    uint32_t kind = kind_index(e, f->text);

    if (kind == UINT32_MAX || inst == NC_NONE || f->a[0] < 0 || (uint32_t)f->a[0] >= n) {
        exits_add(e, out, s, v_none(), NC_NONE);
        return;
    }
    const struct nc_kind *k = e->kinds[kind];
    struct state ok = *s;
    uint32_t res = new_resource(e, &ok, kind, ctx, inst), object;
    int64_t off;
    nc_id loc = e->m->insts[inst].loc;
    struct val chars = f->a[1] >= 0 && (uint32_t)f->a[1] < n ? args[f->a[1]] : v_none();
    struct val context = f->a[2] >= 0 && (uint32_t)f->a[2] < n ? args[f->a[2]] : v_none();
    bool placed = point_at(e, args[f->a[0]], &object, &off), checked = status_is_checked(e, inst);

    if (!checked)
        report(e, s, "nmr-unchecked-status", loc, ctx, 0, "the returned status is never tested",
               "the status of '%s' is ignored: when it fails there is no %s, and what follows works on nothing",
               fn_name(e, e->m->exprs[e->m->insts[inst].b].op == NC_EX_FUNC ? e->m->exprs[e->m->insts[inst].b].a
                                                                            : NC_NONE),
               k->display);
    if (placed && k->handle_is_address)
        off += address_slot(kind);

    /* It succeeds. */
    struct val prev = placed ? mem_load(e, &ok, object, off, 64, NC_NONE) : v_none(), h = handle_of(e, res);

    trace_add(e, &ok, TR_EVENT, loc, ctx, res, nc_arena_printf(e->arena, "the %s is made here", k->display));
    for (int64_t i = RS_CHARS; i < RS_COUNT; i++)
        ok.res = pmap_remove(e->arena, ok.res, res, i);
    bool stacked = k->handle_is_address && !(k->characteristics && *k->characteristics); /* may be held several times */

    if (placed) {
        if (!stacked)
            before_overwrite(e, ctx, inst, &ok, object, off, 64, h);
        mem_store(e, &ok, object, off, 64, h);
        if (e->u.objects[object].kind == OBJ_ELEM)
            res_slot_set(e, &ok, res, RS_ESCAPED, v_int(1));
    }
    if (stacked && prev.kind == V_SYM && e->u.symbols[prev.id].kind == SYM_HANDLE &&
        res_get(&ok, e->u.symbols[prev.id].a) == RES_LIVE)
        res_slot_set(e, &ok, res, RS_DATA3, prev);
    res_set(e, &ok, res, RES_LIVE);
    res_slot_set(e, &ok, res, RS_CHARS, k->handle_is_address ? v_none() : chars);
    res_slot_set(e, &ok, res, RS_CONTEXT, context);
    if (placed)
        res_slot_set(e, &ok, res, RS_HANDLE_AT, v_addr(object, off));
    remember_data(e, &ok, res, chars, args[f->a[0]]);
    check_residence(e, ctx, inst, &ok, res);
    check_characteristics(e, ctx, inst, &ok, res);
    if (!k->handle_is_address)
        note_side(e, &ok, chars, strstr(k->name, "provider") != NULL, context);
    struct val client = v_none();
    nc_id npi = k->handle_is_address ? find_record(e, k->characteristics) : NC_NONE;

    uint32_t npi_object;
    int64_t npi_off;

    if (npi != NC_NONE && point_at(e, chars, &npi_object, &npi_off))
        client = load_field(e, &ok, npi_object, npi_off, npi, "ClientContext");
    callbacks_at_acquire(e, ctx, inst, &ok, res, client);
    exits_add(e, out, &ok, status_value(e, &ok, ctx, inst, 0, 0), NC_NONE);
    out->items[out->count - 1].s = ok;

    /* It fails. */
    if (!checked)
        return;
    struct val st = status_value(e, s, ctx, inst, -0x40000000, -1); /* errors; neither NMR nor WSK return warnings */
    enum res_state kept =
        prev.kind == V_SYM && e->u.symbols[prev.id].kind == SYM_HANDLE ? res_get(s, e->u.symbols[prev.id].a) : RES_NONE;
    bool held = kept == RES_LIVE || kept == RES_ENDING; /* of one that was ended before only the number is left */

    if (placed && !held && prev.kind != V_INT)
        mem_store(e, s, object, off, 64,
                  v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_FAILED, .a = res, .type = NC_NONE })));
    else if (placed && k->handle_is_address && !held)
        mem_store(e, s, object, off, 64,
                  v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_FAILED, .a = res, .type = NC_NONE })));
    res_set(e, s, res, RES_FAILED);
    trace_add(e, s, TR_EVENT, loc, ctx, res, "the register call fails");
    exits_add(e, out, s, st, NC_NONE);
}

/* ---- ending ---- */

void handle_place(struct engine *e, uint32_t object, int64_t off, nc_id *field, nc_id *global)
{
    const struct object *o = &e->u.objects[object], *base = &e->u.objects[object_base(&e->u, object)];

    *field = *global = NC_NONE;
    if (o->record != NC_NONE)
        *field = field_at(e, o->record, off, NULL);
    if (base->kind != OBJ_GLOBAL)
        return;
    *global = base->a;
    if (*field == NC_NONE && base == o)
        *field = field_at(e, e->m->globals[base->a].type, off, NULL);
}

static void note_end_site(struct engine *e, uint32_t kind, nc_id inst, struct val at, struct val handle, bool wait)
{
    nc_id field = NC_NONE, global = NC_NONE;

    if (at.kind == V_ADDR)
        handle_place(e, at.id, at.off, &field, &global);
    else if (handle.kind == V_SYM && e->u.symbols[handle.id].kind == SYM_LAZY)
        handle_place(e, e->u.symbols[handle.id].a, e->u.symbols[handle.id].c, &field, &global);
    for (uint32_t i = 0; i < e->end_site_count; i++) {
        const struct end_site *p = &e->end_sites[i];

        if (p->kind == kind && p->field == field && p->global == global && p->inst == inst && p->wait == wait)
            return;
    }
    if (e->end_site_count == e->end_site_cap) {
        e->end_site_cap = e->end_site_cap ? e->end_site_cap * 2 : 16;
        e->end_sites = nc_xrealloc(e->end_sites, sizeof *e->end_sites * e->end_site_cap);
    }
    e->end_sites[e->end_site_count++] = (struct end_site){ kind, field, global, inst, wait };
}

/* Reported once per kind and path: the wait that follows a bad deregister says nothing new. */
static bool bad_before(struct engine *e, struct state *s, uint32_t kind)
{
    if (pmap_find(s->res, BAD_HANDLE_KEY, 100 + (int64_t)kind))
        return true;
    s->res = pmap_set(e->arena, s->res, BAD_HANDLE_KEY, 100 + (int64_t)kind, 0, v_int(1));
    return false;
}

static const char *callee_name(struct engine *e, nc_id inst)
{
    const struct nc_expr *x = &e->m->exprs[e->m->insts[inst].b];

    return x->op == NC_EX_FUNC ? fn_name(e, x->a) : "the call";
}

static void wrong_handle(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t kind, uint32_t res,
                         const char *what)
{
    report(e, s, "nmr-wrong-handle", e->m->insts[inst].loc, ctx, res,
           nc_arena_printf(e->arena, "%s is passed here", what), "'%s' takes the handle of a %s, and gets %s",
           callee_name(e, inst), e->kinds[kind]->display, what);
}

static bool frame_alive(struct engine *e, uint32_t ctx)
{
    for (const struct frame *f = e->frame; f; f = f->up)
        if (f->ctx == ctx)
            return true;
    return false;
}

static uint32_t meant(struct engine *e, const struct state *s, uint32_t kind, uint32_t given, bool waits)
{
    uint32_t found = 0;

    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p; p = pmap_ceiling(s->res, p->obj, p->off + 1)) {
        if (p->off != RS_STATE || (p->val.id != RES_LIVE && !(waits && p->val.id == RES_ENDING)) ||
            e->u.resources[p->obj].kind != kind)
            continue;
        if (found)
            return given;
        found = p->obj;
    }
    return found ? found : given;
}

/* A call with a bad handle counts as the one that was meant: nothing more is said of the only registration of its kind.
 */
static void count_as_meant(struct engine *e, struct state *s, uint32_t kind, uint32_t given, bool waits)
{
    uint32_t res = meant(e, s, kind, given, waits);

    if (res)
        res_set(e, s, res, RES_SILENT);
}

/* The resource that a call of `kind` is about; 0: nothing that can be said. */
static uint32_t resolve(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t kind, struct val arg,
                        bool waits)
{
    const struct nc_kind *k = e->kinds[kind];
    struct val v = arg;
    uint32_t object;
    int64_t off;
    nc_id loc = e->m->insts[inst].loc;

    if (k->handle_is_address) {
        if (!point_at(e, arg, &object, &off) ||
            (e->u.objects[object].kind == OBJ_LOCAL && !frame_alive(e, e->u.objects[object].a)))
            return 0; /* a frame that is gone: said at the register call */
        v = mem_load(e, s, object, off + address_slot(kind), 64, NC_NONE);
    } else if (v.kind == V_ADDR) {
        /* The address of a handle where the handle is due. */
        struct val inner = mem_load(e, s, v.id, v.off, 64, NC_NONE);

        if (e->u.objects[v.id].kind == OBJ_FUNC || e->u.objects[v.id].kind == OBJ_STRING)
            return 0;
        wrong_handle(e, ctx, inst, s, kind,
                     inner.kind == V_SYM && e->u.symbols[inner.id].kind == SYM_HANDLE ? e->u.symbols[inner.id].a : 0,
                     "the address of an object");
        if (inner.kind == V_SYM && e->u.symbols[inner.id].kind == SYM_HANDLE)
            return e->u.symbols[inner.id].a;
        bad_before(e, s, kind);
        return 0;
    }
    int64_t num;

    if (const_of(e, s, v, &num))
        v = v_int(num);
    if (v.kind == V_INT || v.kind == V_UNINIT) {
        if (waits && v.kind == V_INT)
            count_as_meant(e, s, kind, 0, true);
        if (bad_before(e, s, kind))
            return 0;
        if (k->handle_is_address)
            report(e, s, "nmr-invalid-handle", loc, ctx, 0, "nothing was registered with it on this path",
                   "'%s' gets a %s that was never made on this path", callee_name(e, inst), k->display);
        else
            report(e, s, "nmr-invalid-handle", loc, ctx, 0,
                   v.kind == V_INT ? "the handle is NULL here" : "the handle was never set on this path",
                   "'%s' gets a handle that is %s on this path", callee_name(e, inst),
                   v.kind == V_INT ? "NULL" : "uninitialised");
        return 0;
    }
    if (v.kind != V_SYM)
        return 0;
    struct symbol y = e->u.symbols[v.id];

    if (y.kind == SYM_HANDLE) {
        if (e->u.resources[y.a].kind != kind) {
            wrong_handle(e, ctx, inst, s, kind, y.a,
                         nc_arena_printf(e->arena, "that of a %s", res_kind(e, y.a)->display));
            count_as_meant(e, s, kind, y.a, waits);
            return 0;
        }
        return y.a;
    }
    if (y.kind == SYM_FAILED) {
        if (truth_of(e, s, v) == 1 || bad_before(e, s, kind))
            return 0;
        report(e, s, "nmr-invalid-handle", loc, ctx, y.a, "the handle is used although the register call failed",
               "'%s' gets a handle that was left by a failed register call (%s)", callee_name(e, inst),
               loc_text(e, acquire_loc(e, y.a)));
        return 0;
    }
    if (y.flags & (SYMF_BINDING_CLIENT | SYMF_BINDING_PROVIDER)) {
        wrong_handle(e, ctx, inst, s, kind, 0, "a binding handle");
        bad_before(e, s, kind);
        return 0;
    }
    return u_resource(&e->u, (struct resource){ kind, 0, NC_NONE, 0, v.id });
}

/* The argument was read from a place that only ever holds handles of another kind. */
static bool wrong_by_place(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t kind, nc_id arg,
                           struct val v, bool waits)
{
    uint32_t kinds = handle_kinds_read(e, arg), given = 0;

    if (!kinds || (kinds & (HK_OTHER | 1u << kind)) || e->kinds[kind]->handle_is_address)
        return false;
    wrong_handle(e, ctx, inst, s, kind, 0, handle_kinds_text(e, kinds));
    /* Where no registration of that kind is known: the right handle for the wrong function. */
    if (v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_HANDLE)
        given = e->u.symbols[v.id].a;
    for (uint32_t k = 0; v.kind == V_SYM && k < HK_KINDS && !given; k++)
        if (kinds == 1u << k)
            given = u_resource(&e->u, (struct resource){ k, 0, NC_NONE, 0, v.id });
    count_as_meant(e, s, kind, given, waits);
    bad_before(e, s, kind);
    return true;
}

static bool callback_of(struct engine *e, uint32_t res)
{
    for (struct frame *f = e->frame; f; f = f->up)
        if (f->callback_of == res && res)
            return true;
    return false;
}

static void deadlock_in_callback(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res)
{
    report(e, s, "nmr-callback-deadlock", e->m->insts[inst].loc, ctx, res, "the callback waits here for its own end",
           "'%s' is called inside a callback of the same %s: it waits until the callback has returned, and never "
           "returns itself",
           callee_name(e, inst), res_kind(e, res)->display);
}

/* The captured provider NPIs of a WSK registration that is being ended. */
static void check_captured(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, struct val arg)
{
    uint32_t kind = kind_index(e, "wsk_npi"), object;
    int64_t off;

    if (kind == UINT32_MAX || !point_at(e, arg, &object, &off))
        return;
    struct val v = mem_load(e, s, object, off + address_slot(kind), 64, NC_NONE);

    while (v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_HANDLE) {
        uint32_t res = e->u.symbols[v.id].a;

        if (res_get(s, res) == RES_LIVE) {
            report(e, s, "nmr-missing-deregister", acquire_loc(e, res), ctx, res,
                   nc_arena_printf(e->arena, "'%s' waits for its release for ever (%s)", callee_name(e, inst),
                                   loc_text(e, e->m->insts[inst].loc)),
                   "the %s is not released before '%s': that call never returns", res_kind(e, res)->display,
                   callee_name(e, inst));
            v = res_slot(s, res, RS_DATA3);
            res_set(e, s, res, RES_SILENT);
        } else {
            break;
        }
    }
}

/* The handle was read out of an object that is freed by now, and that held what the registration uses. */
static void freed_before(struct engine *e, struct state *s, uint32_t res)
{
    const struct symbol *y = &e->u.symbols[e->u.resources[res].sym];
    uint32_t object = e->u.resources[res].sym && y->kind == SYM_LAZY ? object_base(&e->u, y->a) : 0;
    const struct pmap *freed = object ? pmap_find(s->soft, object, OS_FREED) : NULL;

    if (!freed || !embeds_registration(e, object))
        return;
    uint32_t ctx = freed->val.id;
    nc_id place = free_place(e, (nc_id)freed->val.off, &ctx);

    report(e, s, "nmr-freed-while-registered", e->m->insts[place].loc, ctx, res,
           "it is deregistered only here, after the free", "memory that the %s uses is freed before it is deregistered",
           res_kind(e, res)->display);
    res_set(e, s, res, RES_SILENT);
}

void do_end(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
            const struct val *args, uint32_t n, struct exits *out)
{
    uint32_t kind = kind_index(e, f->text);

    if (kind == UINT32_MAX || inst == NC_NONE || f->a[0] < 0 || (uint32_t)f->a[0] >= n) {
        exits_add(e, out, s, v_none(), NC_NONE);
        return;
    }
    const struct nc_kind *k = e->kinds[kind];
    struct val arg = args[f->a[0]];
    nc_id arg_expr = e->m->args[e->m->insts[inst].c + (uint32_t)f->a[0]];
    bool wrong = wrong_by_place(e, ctx, inst, s, kind, arg_expr, arg, false);
    uint32_t res = wrong ? 0 : resolve(e, ctx, inst, s, kind, arg, false);
    nc_id loc = e->m->insts[inst].loc;

    if (wrong)
        arg = v_none();

    if (!res) {
        note_end_site(e, kind, inst, v_none(), arg, !k->has_wait);
        exits_add(e, out, s, v_none(), NC_NONE);
        return;
    }
    const struct nc_kind *rk = res_kind(e, res);

    note_end_site(e, e->u.resources[res].kind, inst, res_slot(s, res, RS_HANDLE_AT),
                  k->handle_is_address ? v_none() : arg, !k->has_wait);
    if (strcmp(k->name, "wsk") == 0)
        check_captured(e, ctx, inst, s, arg);
    switch (res_get(s, res)) {
    case RES_LIVE:
    case RES_NONE:
        if (!k->has_wait && *k->name && (callback_of(e, res) || waits_for_itself(e, res, arg_expr))) {
            deadlock_in_callback(e, ctx, inst, s, res);
            res_set(e, s, res, RES_SILENT);
            break;
        }
        trace_add(
            e, s, TR_EVENT, loc, ctx, res,
            nc_arena_printf(e->arena, "%s it here: '%s'", k->has_wait ? "deregisters" : "ends", callee_name(e, inst)));
        if (!k->has_wait) {
            struct val prev = res_slot(s, res, RS_DATA3), at = res_slot(s, res, RS_HANDLE_AT);

            res_set(e, s, res, RES_ENDED);
            if (prev.kind == V_SYM && at.kind == V_ADDR)
                mem_store(e, s, at.id, at.off, 64, prev);
            break;
        }
        if (e->m->insts[inst].a != NC_NONE) {
            struct state t = *s;

            /* An error: the registration is not what the caller believes, and nothing more is said of it. */
            res_set(e, &t, res, RES_SILENT);
            struct val st = status_value(e, &t, ctx, inst, INT32_MIN, -1);

            t.flags |= STATE_SHAKY;
            exits_add(e, out, &t, st, NC_NONE);
        }
        res_set(e, s, res, RES_ENDING);
        res_slot_set(e, s, res, RS_ENDED_AT, (struct val){ V_META, ctx, inst });
        freed_before(e, s, res);
        exits_add(e, out, s, v_none(), NC_NONE);
        if (e->m->insts[inst].a != NC_NONE) {
            struct exit_state *x = &out->items[out->count - 1];

            x->ret = status_value(e, &x->s, ctx, inst, 0x103, 0x103);
        }
        (void)rk;
        return;
    case RES_ENDING:
    case RES_ENDED:
        if (e->u.resources[res].kind == kind && !bad_before(e, s, kind))
            report(e, s, "nmr-double-deregister", loc, ctx, res, "it is ended a second time here",
                   "'%s' ends a %s that was ended before on this path", callee_name(e, inst),
                   res_kind(e, res)->display);
        res_set(e, s, res, RES_SILENT);
        break;
    case RES_WAITED: {
        struct val at = res_slot(s, res, RS_ENDED_AT);

        if (at.kind == V_META)
            report(e, s, "nmr-wait-without-deregister", e->m->insts[at.off].loc, at.id, res,
                   "it is deregistered only here, after the wait",
                   "the wait comes before '%s': there is nothing that it could wait for, and it never returns",
                   callee_name(e, inst));
        res_set(e, s, res, RES_SILENT);
        break;
    }
    default:
        break;
    }
    exits_add(e, out, s, v_none(), NC_NONE);
}

void do_complete(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t n)
{
    uint32_t kind = kind_index(e, f->text);

    if (kind == UINT32_MAX || inst == NC_NONE || f->a[0] < 0 || (uint32_t)f->a[0] >= n)
        return;
    struct val arg = args[f->a[0]];
    nc_id arg_expr = e->m->args[e->m->insts[inst].c + (uint32_t)f->a[0]];
    uint32_t res =
        wrong_by_place(e, ctx, inst, s, kind, arg_expr, arg, true) ? 0 : resolve(e, ctx, inst, s, kind, arg, true);
    nc_id loc = e->m->insts[inst].loc;

    note_end_site(e, res ? e->u.resources[res].kind : kind, inst, res ? res_slot(s, res, RS_HANDLE_AT) : v_none(), arg,
                  true);
    if (!res)
        return;
    if (callback_of(e, res) || waits_for_itself(e, res, arg_expr)) {
        deadlock_in_callback(e, ctx, inst, s, res);
        res_set(e, s, res, RES_SILENT);
        return;
    }
    switch (res_get(s, res)) {
    case RES_LIVE:
        if (res_slot(s, res, RS_ESCAPED).kind !=
            V_NONE) { /* code that is not seen has the handle: it may have done it */
            res_set(e, s, res, RES_ENDED);
            break;
        }
        report(e, s, "nmr-wait-without-deregister", loc, ctx, res,
               "waits for the end of a registration that nothing ends",
               "'%s' is called for a %s that was not deregistered on this path: the wait never returns",
               callee_name(e, inst), res_kind(e, res)->display);
        res_set(e, s, res, RES_SILENT);
        break;
    case RES_ENDING: {
        struct val early = res_slot(s, res, RS_FREED_EARLY);

        callbacks_at_wait(e, ctx, inst, s, res);
        if (early.kind == V_META) {
            uint32_t free_ctx = early.id;
            nc_id place = free_place(e, (nc_id)early.off, &free_ctx);

            report(e, s, "nmr-freed-while-registered", e->m->insts[place].loc, free_ctx, res,
                   "the wait comes only here, after the free",
                   "memory that the NMR still uses is freed between deregistering the %s and the wait for it",
                   res_kind(e, res)->display);
        }
        trace_add(e, s, TR_EVENT, loc, ctx, res, "waits for the end of the deregistration");
        res_set(e, s, res, RES_ENDED);
        break;
    }
    case RES_ENDED:
        if (!bad_before(e, s, kind))
            report(e, s, "nmr-double-deregister", loc, ctx, res, "it is waited for a second time here",
                   "'%s' waits for a %s that was ended and waited for before on this path", callee_name(e, inst),
                   res_kind(e, res)->display);
        res_set(e, s, res, RES_SILENT);
        break;
    case RES_NONE:
        res_set(e, s, res, RES_WAITED);
        res_slot_set(e, s, res, RS_ENDED_AT, (struct val){ V_META, ctx, inst });
        break;
    default:
        break;
    }
}
