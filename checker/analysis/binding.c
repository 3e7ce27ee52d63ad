/*
 * Bindings: the calls that make and complete them, and what happens to their contexts. Wherever a binding handle that
 * was read out of a context is completed, that context is watched from there on. How the callbacks are run:
 * binding_sides.c.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/binding.h"

struct val binding_handle(struct engine *e, bool provider)
{
    return v_sym(u_symbol(
        &e->u, (struct symbol){ .kind = SYM_FRESH,
                                .flags = (provider ? SYMF_BINDING_PROVIDER : SYMF_BINDING_CLIENT) | SYMF_NONNULL,
                                .b = NC_NONE,
                                .c = provider ? 901 : 900,
                                .type = NC_NONE }));
}

enum bind_state bind_get(const struct state *s)
{
    const struct pmap *p = pmap_find(s->res, BIND_KEY, BS_STATE);

    return p ? (enum bind_state)p->val.id : BIND_NONE;
}

void bind_set(struct engine *e, struct state *s, enum bind_state st, struct val context, nc_id inst)
{
    s->res = pmap_set(e->arena, s->res, BIND_KEY, BS_STATE, 0, (struct val){ V_META, st, 0 });
    s->res = pmap_set(e->arena, s->res, BIND_KEY, BS_CONTEXT, 0, context);
    s->res = pmap_set(e->arena, s->res, BIND_KEY, BS_AT, 0, (struct val){ V_META, 0, inst });
}

void binding_handle_escapes(struct engine *e, struct state *s)
{
    s->res = pmap_set(e->arena, s->res, BIND_KEY, BS_ESCAPED, 0, v_int(1));
}

void bind_forget(struct engine *e, struct state *s)
{
    for (int64_t k = BS_STATE; k <= BS_ESCAPED; k++)
        s->res = pmap_remove(e->arena, s->res, BIND_KEY, k);
}

struct val bind_slot_get(const struct state *s, uint32_t slot)
{
    const struct pmap *p = pmap_find(s->res, BIND_KEY, slot);

    return p ? p->val : v_none();
}

struct val bound_context(const struct state *s) { return bind_slot_get(s, BS_CONTEXT); }

bool binding_holds(struct engine *e, const struct state *s, struct val context)
{
    uint32_t a, b;
    int64_t off;

    return point_at(e, context, &a, &off) && point_at(e, bind_slot_get(s, BS_CONTEXT), &b, &off) &&
           object_base(&e->u, a) == object_base(&e->u, b);
}

/* ---- the attach call ---- */

static bool is_stack(struct engine *e, struct val v, uint32_t *object)
{
    int64_t off;

    if (v.kind != V_ADDR || !point_at(e, v, object, &off))
        return false;
    *object = object_base(&e->u, *object);
    return e->u.objects[*object].kind == OBJ_LOCAL;
}

void note_dispatch(struct engine *e, struct val v)
{
    uint32_t object;
    int64_t off;

    if (v.kind != V_ADDR || !point_at(e, v, &object, &off))
        return;
    object = object_base(&e->u, object);
    if (e->u.objects[object].kind != OBJ_GLOBAL)
        return;
    const struct nc_global *g = &e->m->globals[e->u.objects[object].a];

    for (uint32_t i = 0; i < g->init_count; i++) {
        nc_id x = e->m->inits[g->first_init + i].expr;

        while (e->m->exprs[x].op == NC_EX_CAST)
            x = e->m->exprs[x].a;
        if (e->m->exprs[x].op == NC_EX_FUNC)
            e->npi_fn[e->m->exprs[x].a] = 1;
    }
}

void note_context(struct engine *e, const struct state *s, struct val context)
{
    uint32_t object;
    int64_t off;
    struct binding_info *b = e->side;

    if (!b)
        return;
    context_pool_note(e, s, b->cleanup, 0, context);
    context_pool_note(e, s, b->detach, 0, context);
    if (!point_at(e, context, &object, &off))
        return;
    const struct object *o = &e->u.objects[object_base(&e->u, object)];

    if (o->record != NC_NONE)
        b->record = o->record;
    if (o->kind != OBJ_HEAP)
        return;
    for (uint32_t i = 0; i < b->alloc_site_count; i++)
        if (b->alloc_sites[i] == o->b)
            return;
    if (b->alloc_site_count < 8)
        b->alloc_sites[b->alloc_site_count++] = o->b;
}

static bool in_attach(struct engine *e, bool *unknown)
{
    const struct frame *last = NULL;

    *unknown = false;
    for (const struct frame *f = e->frame; f; f = f->up) {
        if (f->callback_kind == CB_ATTACH)
            return true;
        last = f;
    }
    if (!last || !last->entry || !last->entry->role) {
        *unknown = true;
        return false;
    }
    return strstr(last->entry->role->name, "ATTACH") != NULL;
}

void bind_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t n, struct exits *out)
{
    struct val context = f->a[1] >= 0 && (uint32_t)f->a[1] < n ? args[f->a[1]] : v_none();
    struct val dispatch = f->a[2] >= 0 && (uint32_t)f->a[2] < n ? args[f->a[2]] : v_none();
    nc_id loc = inst_loc(e, inst);
    uint32_t object, where;
    int64_t off;
    bool unknown, checked = status_is_checked(e, inst);
    struct state ok = *s;

    if (!checked)
        report(e, s, "nmr-unchecked-status", loc, ctx, 0, "the returned status is never tested",
               "the status of 'NmrClientAttachProvider' is ignored: when it fails there is no binding");
    struct val handle = f->a[0] >= 0 && (uint32_t)f->a[0] < n ? args[f->a[0]] : v_none();

    if (handle.kind == V_SYM && e->u.symbols[handle.id].kind == SYM_HANDLE)
        report(e, s, "nmr-wrong-handle", loc, ctx, e->u.symbols[handle.id].a,
               "the handle of a registration is passed here",
               "'NmrClientAttachProvider' takes the binding handle that the attach callback got, and gets the handle "
               "of a %s",
               res_kind(e, e->u.symbols[handle.id].a)->display);
    if (!in_attach(e, &unknown) && !unknown && e->irql_rules) {
        bool was = e->binding_rules;

        e->binding_rules = true;
        report(e, s, "nmr-attach-contract", loc, ctx, 0, "this is not inside the attach callback",
               "'NmrClientAttachProvider' is called outside of the attach callback's extent (from '%s')",
               fn_name(e, e->u.contexts[ctx].fn));
        e->binding_rules = was;
    }
    note_context(e, s, context);
    note_dispatch(e, dispatch);
    if (is_stack(e, context, &object) || is_stack(e, dispatch, &object))
        report(e, s, "nmr-stack-binding-context", loc, ctx, 0, "a local is handed out as long as the binding lives",
               "%s of the binding is the local '%s', which dies with its frame; the NMR uses it until the cleanup "
               "callback",
               is_stack(e, context, &where) ? "the context" : "the dispatch table", object_name(e, object));

    trace_add(e, &ok, TR_EVENT, loc, ctx, 0, "the attach call succeeds: the binding is live");
    bind_set(e, &ok, BIND_BOUND, context, inst);
    for (int k = 3; k < 5; k++) {
        if (f->a[k] < 0 || (uint32_t)f->a[k] >= n || !point_at(e, args[f->a[k]], &object, &off))
            continue;
        struct val v = fresh(e, &ok, ctx, inst, (uint32_t)k + 20, NC_NONE);

        mem_store(e, &ok, object, off, 64, v);
    }
    struct val st = fresh(e, &ok, ctx, inst, 1, e->m->insts[inst].type);

    set_range(e, &ok, st.id, (struct range){ .lo = 0, .hi = 0 });
    exits_add(e, out, &ok, st, NC_NONE);
    if (!checked)
        return;
    trace_add(e, s, TR_EVENT, loc, ctx, 0, "the attach call fails");
    bind_set(e, s, BIND_FAILED, context, inst);
    st = fresh(e, s, ctx, inst, 1, e->m->insts[inst].type);
    set_range(e, s, st.id, (struct range){ .lo = -0x40000000, .hi = -1 });
    exits_add(e, out, s, st, NC_NONE);
}

static bool npi_call(struct engine *e)
{
    const struct frame *last = e->frame;

    while (last && last->up)
        last = last->up;
    return last && e->npi_fn[last->fn];
}

/* ---- completion ---- */

static const struct binding_info *side_of_record(struct engine *e, nc_id record)
{
    for (uint32_t i = 0; record != NC_NONE && i < e->binding_count; i++)
        if (e->bindings[i].record == record)
            return &e->bindings[i];
    return NULL;
}

bool is_binding_context(struct engine *e, uint32_t object)
{
    const struct object *o = &e->u.objects[object_base(&e->u, object)];

    return o->kind == OBJ_SYM && npi_call(e) && side_of_record(e, o->record) != NULL;
}

/* The binding context that a handle belongs to: the object that it was read from. */
static bool context_of_handle(struct engine *e, struct val handle, uint32_t *object)
{
    if (handle.kind != V_SYM)
        return false;
    struct symbol y = e->u.symbols[handle.id];

    if (y.kind == SYM_LAZY) {
        *object = object_base(&e->u, y.a);
        return e->u.objects[*object].kind != OBJ_GLOBAL;
    }
    return false;
}

void detach_done_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                        const struct val *args, uint32_t n)
{
    struct val handle = f->a[0] >= 0 && (uint32_t)f->a[0] < n ? args[f->a[0]] : v_none();
    uint32_t object = 0;
    int64_t off;
    nc_id loc = inst_loc(e, inst);
    bool provider = f->text && strstr(f->text, "provider") != NULL;

    if (handle.kind == V_SYM && e->u.symbols[handle.id].kind == SYM_HANDLE) {
        report(e, s, "nmr-wrong-handle", loc, ctx, e->u.symbols[handle.id].a,
               "the handle of a registration is passed here",
               "a binding handle is due here, and the call gets that of a %s",
               res_kind(e, e->u.symbols[handle.id].a)->display);
        return;
    }
    if (handle.kind == V_ADDR && e->u.objects[handle.id].kind != OBJ_FUNC)
        report(e, s, "nmr-wrong-handle", loc, ctx, 0, "the address of an object is passed here",
               "a binding handle is due here, and the call gets the address of an object");
    bool own = handle.kind == V_SYM &&
               (e->u.symbols[handle.id].flags & (provider ? SYMF_BINDING_PROVIDER : SYMF_BINDING_CLIENT));

    if (own && bind_get(s) == BIND_BOUND && point_at(e, bind_slot_get(s, BS_CONTEXT), &object, &off)) {
        object = object_base(&e->u, object);
    } else if (!context_of_handle(e, handle, &object)) {
        object = 0;
    }
    trace_add(e, s, TR_EVENT, loc, ctx, 0, "the detach is completed here: the cleanup callback may run from now on");
    if (bind_get(s) == BIND_BOUND || bind_get(s) == BIND_COMPLETED)
        bind_set(e, s, BIND_COMPLETED, bind_slot_get(s, BS_CONTEXT), inst);
    if (!object)
        return;
    const struct pmap *freed = pmap_find(s->objs, object, OS_FREED);

    if (!freed)
        freed = pmap_find(s->soft, object, OS_FREED);
    const struct binding_info *b = e->side ? e->side : side_of_record(e, e->u.objects[object].record);

    if (freed) {
        uint32_t free_ctx = freed->val.id;
        nc_id place = free_place(e, (nc_id)freed->val.off, &free_ctx);

        report(
            e, s, "nmr-binding-freed-early", inst_loc(e, place), free_ctx, 0,
            "the detach is completed only after this free",
            "the binding context is freed before the NMR has called the cleanup callback: the NMR owns it until then");
        return;
    }
    /* An object with a binding has the registration that the binding came by. */
    nc_id held = registration_field(e, e->u.objects[object].record);

    if (held != NC_NONE)
        assume_compare(e, s, NC_EX_NE, mem_load(e, s, object, e->m->fields[held].offset, 64, e->m->fields[held].type),
                       v_int(0));
    if (!b)
        return;
    if (b->frees && b->attached && !b->frees_always)
        return; /* counted: whoever holds a reference may go on, and may drop the last one */
    if (!b->frees) {
        s->objs =
            pmap_set(e->arena, s->objs, object, OS_BINDING, 0, (struct val){ V_META, BINDING_COMPLETED_KEPT, inst });
        return;
    }
    s->objs = pmap_set(e->arena, s->objs, object, OS_BINDING, 0, (struct val){ V_META, BINDING_COMPLETED, inst });
    for (uint32_t i = 0; i < b->owned_count; i++) { /* and what it owns */
        uint32_t inner;

        if (point_at(e, mem_load(e, s, object, b->owned[i], 64, NC_NONE), &inner, &off) &&
            e->u.objects[inner].kind == OBJ_SYM)
            s->objs =
                pmap_set(e->arena, s->objs, inner, OS_BINDING, 0, (struct val){ V_META, BINDING_COMPLETED, inst });
    }
}

void binding_on_access(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object)
{
    const struct pmap *p = pmap_find(s->objs, object_base(&e->u, object), OS_BINDING);

    object = object_base(&e->u, object);
    if (!p || p->val.id != BINDING_COMPLETED || npi_call(e) || !e->binding_rules)
        return;
    /* Expressions have no position of their own: the instruction that is being executed has. */
    nc_id at = inst != NC_NONE ? inst : e->current_inst;
    nc_id loc = inst_loc(e, at);

    for (uint32_t c = ctx; c && loc != NC_NONE && (e->m->functions[e->u.contexts[c].fn].flags & NC_FN_SYSTEM);
         c = e->u.contexts[c].parent)
        loc = inst_loc(e, e->u.contexts[c].inst);
    if (e->current_loc != NC_NONE && inst == NC_NONE && !(e->m->functions[e->u.contexts[ctx].fn].flags & NC_FN_SYSTEM))
        loc = e->current_loc;
    report(e, s, "nmr-binding-use-after-complete", loc, ctx, 0, "the binding context is used here",
           "the binding context is used after its detach was completed (%s): the cleanup callback may have freed it",
           loc_text(e, inst_loc(e, (nc_id)p->val.off)));
    s->objs = pmap_remove(e->arena, s->objs, object, OS_BINDING);
}

/* The object's own registration was deregistered on this path. */
static bool registration_ended(struct engine *e, const struct state *s, uint32_t object)
{
    for (const struct pmap *r = pmap_ceiling(s->res, 0, INT64_MIN); r; r = pmap_ceiling(s->res, r->obj, r->off + 1)) {
        uint32_t base = 0;

        if (r->off != RS_STATE || r->obj >= e->u.resource_count || (r->val.id != RES_ENDING && r->val.id != RES_ENDED))
            continue;
        const struct symbol *y = &e->u.symbols[e->u.resources[r->obj].sym];
        struct val at = res_slot(s, r->obj, RS_HANDLE_AT);

        if (e->u.resources[r->obj].sym && y->kind == SYM_LAZY)
            base = object_base(&e->u, y->a);
        else if (at.kind == V_ADDR)
            base = object_base(&e->u, at.id);
        if (base == object)
            return true;
    }
    return false;
}

/* A list's entry may be the first member of anything. */
bool tells_type(struct engine *e, nc_id record)
{
    static const char *const links[] = { "LIST_ENTRY", "SINGLE_LIST_ENTRY", "SLIST_ENTRY" };

    for (size_t i = 0; record != NC_NONE && i < sizeof links / sizeof *links; i++)
        if (record == find_record(e, links[i]))
            return false;
    return record != NC_NONE;
}

/* Takes note of what is freed outside of attach callbacks, by code that something calls. */
static void note_freed(struct engine *e, uint32_t object)
{
    const struct object *o = &e->u.objects[object];
    const uint32_t dead = NC_FN_STATIC | NC_FN_ADDRESS_TAKEN;
    const struct frame *root = NULL;

    for (const struct frame *f = e->frame; f; root = f, f = f->up)
        if (f->callback_kind == CB_ATTACH || (f->entry && f->entry->role && strstr(f->entry->role->name, "NPI_") &&
                                              strstr(f->entry->role->name, "ATTACH")))
            return;
    if (root && root->call_inst == NC_NONE && !root->callback_kind &&
        (e->m->functions[root->fn].flags & dead) == NC_FN_STATIC)
        return;
    if (o->record != NC_NONE)
        e->record_freed[o->record] = 1;
    if (o->kind == OBJ_SYM && !tells_type(e, o->record))
        e->unknown_freed = true;
}

void binding_on_free(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object, nc_id loc)
{
    uint32_t free_ctx = ctx, bound;
    int64_t off;
    struct val context = bind_slot_get(s, BS_CONTEXT);
    /* Freeing what the context is embedded in frees the context. */
    bool is_context = point_at(e, context, &bound, &off) && object_base(&e->u, bound) == object &&
                      (e->u.objects[object].kind == OBJ_HEAP || e->u.objects[object].kind == OBJ_SYM);
    const struct pmap *p = pmap_find(s->objs, object, OS_BINDING);

    (void)loc;
    if (!e->quiet)
        note_freed(e, object);
    if (is_context && e->frame) {
        bool cleanup = false, detach = false;

        for (const struct frame *f = e->frame; f; f = f->up) {
            cleanup |= f->callback_kind == CB_CLEANUP;
            detach |= f->callback_kind == CB_DETACH;
        }
        if (cleanup) {
            if (e->side)
                e->side->frees = true;
            return;
        }
        if (!detach && bind_get(s) != BIND_BOUND && bind_get(s) != BIND_COMPLETED)
            return;
        nc_id place = free_place(e, inst, &free_ctx);

        report(e, s, "nmr-binding-freed-early", inst_loc(e, place), free_ctx, 0, "the binding context is freed here",
               "the binding context is freed %s: the NMR owns it until it has called the cleanup callback",
               bind_get(s) == BIND_COMPLETED ? "after the completion of the detach"
               : detach                      ? "in the detach callback"
                                             : "after it was attached");
        return;
    }
    if (p && p->val.id == BINDING_COMPLETED_KEPT && registration_ended(e, s, object))
        return; /* the wait is what frees have to come after: the registration's rules see to it */
    if (p && p->val.id >= BINDING_COMPLETED) {
        nc_id place = free_place(e, inst, &free_ctx);

        report(e, s, "nmr-binding-freed-early", inst_loc(e, place), free_ctx, 0, "the binding context is freed here",
               "the binding context is freed next to the completion of its detach: the NMR owns it until it has called "
               "the cleanup callback");
        s->objs = pmap_remove(e->arena, s->objs, object, OS_BINDING);
        return;
    }
    if (!is_context && e->u.objects[object].kind == OBJ_SYM && e->binding_rules && !e->side && !e->nested) {
        const struct binding_info *b = side_of_record(e, e->u.objects[object].record);
        const struct frame *entry = e->frame;

        while (entry && entry->up)
            entry = entry->up;
        bool own = !entry || !b || entry->fn == b->attach || entry->fn == b->detach || entry->fn == b->cleanup;

        /* By the other side of the binding, which is still there; or where the cleanup callback frees each of them
         * anyway. */
        if (!own && b->attached && (npi_call(e) || (b->frees_always && entry->entry && entry->entry->role))) {
            nc_id place = free_place(e, inst, &free_ctx);

            report(e, s, "nmr-binding-freed-early", inst_loc(e, place), free_ctx, 0,
                   "the binding context is freed here",
                   "a binding context is freed in '%s': the NMR owns it until it has called the cleanup callback",
                   fn_name(e, entry->fn));
        }
    }
    /* What the context owns. */
    if (e->side && e->frame && e->u.objects[object].kind == OBJ_HEAP && point_at(e, context, &bound, &off))
        for (const struct frame *f = e->frame; f; f = f->up)
            if (f->callback_kind == CB_CLEANUP)
                for (const struct pmap *c = pmap_ceiling(s->mem, bound, INT64_MIN); c && c->obj == bound;
                     c = pmap_ceiling(s->mem, bound, c->off + 1))
                    if (c->val.kind == V_ADDR && c->val.id == object && e->side->owned_count < 8)
                        e->side->owned[e->side->owned_count++] = c->off;
    if (e->side && e->frame && e->u.objects[object].kind == OBJ_SYM &&
        e->u.symbols[e->u.objects[object].a].kind == SYM_LAZY) {
        struct symbol y = e->u.symbols[e->u.objects[object].a];

        for (const struct frame *f = e->frame; f; f = f->up)
            if (f->callback_kind == CB_CLEANUP && point_at(e, context, &bound, &off) && y.a == bound &&
                e->side->owned_count < 8) {
                e->side->owned[e->side->owned_count++] = y.c;
                break;
            }
    }
}
