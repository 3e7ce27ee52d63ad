/*
 * The driver's life: entry, then whatever the system calls in any order, then unload. The lifetime rules follow the
 * states through it; the IRQL rules look at each entry by itself, with nothing known of globals and arguments.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

#define RUNNING_LIMIT 12
#define ROUNDS        3
#define ALONE_WORK    1500000 /* instructions for all entries of a large driver, each by itself */
#define LIFE_WORK     4000000 /* instructions for the whole running phase */

struct states {
    struct state *items;
    uint64_t *fine; /* of each item: state_flags_key, which looks at all of the memory; 0: not asked for yet */
    uint32_t count, cap;
};

/* Each run of an entry has an arena of its own; what comes out of it is copied to where it lives on. */
struct run {
    struct nc_arena *outer;
    uint32_t orders;
};

static struct run run_begin(struct engine *e)
{
    struct run r = { e->arena, e->order_count };

    e->arena = nc_arena_new();
    return r;
}

static void run_end(struct engine *e, struct run r)
{
    orders_keep(e, r.orders, e->arena);
    nc_arena_free(e->arena);
    e->arena = r.outer;
}

static struct state outlive(struct engine *e, struct state s)
{
    return e->arena == e->perm ? s : state_keep(e->perm, e->arena, &s);
}

static bool states_fine_is(struct engine *e, struct states *set, uint32_t i, uint64_t fine)
{
    if (!set->fine[i])
        set->fine[i] = state_flags_key(e, &set->items[i]);
    return set->fine[i] == fine;
}

static void states_free(struct states *set)
{
    free(set->items);
    free(set->fine);
}

static void states_add(struct engine *e, struct states *set, struct state s)
{
    state_collect(e, &s);
    uint64_t h = state_hash(&s);

    for (uint32_t i = 0; i < set->count; i++)
        if (state_hash(&set->items[i]) == h)
            return;
    if (set->count >= RUNNING_LIMIT) {
        uint64_t fine = state_flags_key(e, &s), key = state_key(&s);

        for (int pass = 0; pass < 2; pass++)
            for (uint32_t i = 0; i < set->count; i++)
                if (state_key(&set->items[i]) == key && (pass || states_fine_is(e, set, i, fine))) {
                    set->fine[i] = 0;
                    set->items[i] = outlive(e, state_join(e, &set->items[i], &s, 0, 0xfffffff0u, false));
                    return;
                }
        if (set->count >= 4 * RUNNING_LIMIT) {
            e->stat_cut++;
            return;
        }
    }
    if (set->count == set->cap) {
        set->cap = set->cap ? set->cap * 2 : 16;
        set->items = nc_xrealloc(set->items, sizeof *set->items * set->cap);
        set->fine = nc_xrealloc(set->fine, sizeof *set->fine * set->cap);
    }
    set->fine[set->count] = 0;
    set->items[set->count++] = outlive(e, s);
}

struct state initial_state(struct engine *e)
{
    (void)e;
    return (struct state){ .irql = v_int(0) };
}

static bool pointer_to(struct engine *e, nc_id type, const char *record)
{
    if (e->m->types[type].kind != NC_TY_POINTER || e->m->types[type].elem == NC_NONE)
        return false;
    const struct nc_type *t = &e->m->types[e->m->types[type].elem];
    const char *n = nc_string(e->m, t->name);

    return t->kind == NC_TY_RECORD && strcmp(*n == '_' ? n + 1 : n, record) == 0;
}

static bool one_device(struct engine *e, const struct state *s, uint32_t *device)
{
    uint32_t found = 0;

    for (const struct pmap *c = pmap_ceiling(s->fill, 0, INT64_MIN); c; c = pmap_ceiling(s->fill, c->obj, INT64_MAX)) {
        const struct object *o = &e->u.objects[c->obj];

        if (c->off == INT64_MAX)
            break;
        if (o->kind == OBJ_HEAP && o->b < e->m->insts_count && e->m->insts[o->b].op == NC_IN_CALL &&
            !pmap_find(s->objs, c->obj, OS_FREED)) {
            const struct nc_expr *x = &e->m->exprs[e->m->insts[o->b].b];

            if (x->op == NC_EX_FUNC &&
                strncmp(nc_string(e->m, e->m->functions[x->a].name), "IoCreateDevice", 14) == 0) {
                if (found)
                    return false;
                found = c->obj;
            }
        }
    }
    *device = found;
    return found != 0;
}

struct val driver_object(struct engine *e)
{
    return v_sym(u_symbol(
        &e->u, (struct symbol){ .kind = SYM_FRESH, .flags = SYMF_NONNULL, .b = NC_NONE, .c = 1000, .type = NC_NONE }));
}

/* A member by name, also inside anonymous members: its field, and its offset in bits. */
static nc_id deep_field(struct engine *e, nc_id record, const char *name, int64_t *off, int depth)
{
    const struct nc_module *m = e->m;
    nc_id f = find_field(e, record, name);

    if (f != NC_NONE) {
        *off = m->fields[f].offset;
        return f;
    }
    for (uint32_t k = 0;
         record != NC_NONE && depth < 4 && m->types[record].kind == NC_TY_RECORD && k < m->types[record].field_count;
         k++) {
        const struct nc_field *inner = &m->fields[m->types[record].first_field + k];

        if (!*nc_string(m, inner->name) && (f = deep_field(e, inner->type, name, off, depth + 1)) != NC_NONE) {
            *off += inner->offset;
            return f;
        }
    }
    return NC_NONE;
}

/* Where an IRP points at its current stack location, in bits; -1: not known. */
static int64_t irp_stack_offset(struct engine *e, nc_id irp)
{
    static const char *const path[] = { "Tail", "Overlay", "CurrentStackLocation" };
    int64_t sum = 0, off;

    for (size_t i = 0; i < 3; i++) {
        nc_id f = deep_field(e, irp, path[i], &off, 0);

        if (f == NC_NONE)
            return -1;
        sum += off;
        irp = e->m->fields[f].type;
    }
    return sum;
}

/* The current stack location of an IRP that the system passes. */
enum { STACK_LOCATION = ENTRY_ARGUMENT + ENTRY_ARGUMENTS };
static bool irp_stack_location(const struct symbol *y) { return y->kind == SYM_FRESH && y->b == NC_NONE && y->c >= STACK_LOCATION && y->c < STACK_LOCATION + ENTRY_ARGUMENTS; }

/* Every IRP names the same file object, so that what one routine keeps in its context fields is found by the others. */
static void push_irp(struct engine *e, struct state *s, uint32_t ctx, uint32_t param, struct val irp, uint8_t major)
{
    static const char *const names[] = { "IRP", "IO_STACK_LOCATION" };
    struct val stack = v_sym(u_symbol(
        &e->u,
        (struct symbol){
            .kind = SYM_FRESH, .flags = SYMF_NONNULL, .a = ctx, .b = NC_NONE, .c = STACK_LOCATION + param, .type = NC_NONE }));
    nc_id record = find_record(e, names[1]), file_field = find_field(e, record, "FileObject"),
          major_field = find_field(e, record, "MajorFunction");
    uint32_t object;
    int64_t off, at = irp_stack_offset(e, find_record(e, names[0]));

    if (file_field == NC_NONE || at < 0 || !point_at(e, irp, &object, &off))
        return;
    mem_store(e, s, object, at, 64, stack);
    if (!point_at(e, stack, &object, &off))
        return;
    mem_store(e, s, object, e->m->fields[file_field].offset, 64, file_object(e));
    if (major && major_field != NC_NONE)
        mem_store(e, s, object, e->m->fields[major_field].offset, 8, v_int(major - 1));
}

void push_entry_args(struct engine *e, struct state *s, uint32_t ctx, const struct entry *en, struct val irql)
{
    const struct nc_function *f = &e->m->functions[en->fn];

    s->irql = irql;
    for (uint32_t i = 0; i < f->param_count; i++) {
        nc_id type = e->m->locals[f->first_local + i].type;
        uint32_t object = u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + i, 0), device;
        struct val v = v_sym(
            u_symbol(&e->u, (struct symbol){ .kind = SYM_FRESH, .a = ctx, .b = NC_NONE, .c = ENTRY_ARGUMENT + i, .type = type }));

        if (i == 0 && en->role && strstr(en->role->name, "NPI_") && strstr(en->role->name, "ATTACH"))
            v = binding_handle(e, strstr(en->role->name, "PROVIDER_ATTACH") != NULL);
        else if (pointer_to(e, type, "DRIVER_OBJECT"))
            v = driver_object(e);
        else if (pointer_to(e, type, "DEVICE_OBJECT") && one_device(e, s, &device))
            v = v_addr(device, 0);
        else if (en->context.kind != V_NONE && en->context_param == i)
            v = en->context;
        else if (e->m->types[type].kind == NC_TY_POINTER && en->role)
            e->u.symbols[v.id].flags |=
                pointer_to(e, type, "IRP") || pointer_to(e, type, "UNICODE_STRING") ? SYMF_NONNULL : 0;
        mem_drop_object(e, s, object);
        if (e->m->types[type].kind == NC_TY_RECORD)
            mem_fill(e, s, object, 0, type_bits(e, type), new_epoch(e));
        else
            mem_store(e, s, object, 0, (uint64_t)type_bits(e, type), v);
        if (!e->generic && pointer_to(e, type, "IRP"))
            push_irp(e, s, ctx, i, v, en->major);
    }
}

/* The argument of an entry that a symbol was read out of. */
static bool from_argument(struct engine *e, uint32_t symbol, uint32_t ctx)
{
    for (int depth = 0; depth < 12; depth++) {
        struct symbol y = e->u.symbols[symbol];
        struct val up = y.x;

        if (y.kind == SYM_FRESH)
            return y.a == ctx && (entry_argument(&y) >= 0 || irp_stack_location(&y));
        if (y.kind == SYM_LAZY) {
            const struct object *o = &e->u.objects[object_base(&e->u, y.a)];

            if (o->kind != OBJ_SYM)
                return false;
            up = v_sym(o->a);
        } else if (y.kind != SYM_EXPR || up.kind != V_SYM) {
            return false;
        }
        symbol = up.id;
    }
    return false;
}

/* The next call brings arguments of its own: what is known of these, and of what they lead to, does not count for it.
 */
static void drop_arguments(struct engine *e, struct state *s, uint32_t ctx, const struct nc_function *f)
{
    for (uint32_t k = 0; k < f->param_count; k++)
        mem_drop_object(e, s, u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + k, 0));
    if (e->generic)
        return;
    for (int map = 0; map < 2; map++)
        for (const struct pmap *p = pmap_ceiling(map ? s->fill : s->mem, 0, INT64_MIN); p;) {
            uint32_t object = p->obj, base = object_base(&e->u, object);

            if (e->u.objects[base].kind == OBJ_SYM && from_argument(e, e->u.objects[base].a, ctx)) {
                for (const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN); c && c->obj == object;
                     c = pmap_ceiling(s->mem, object, c->off + 1))
                    if (c->val.kind == V_SYM && e->u.symbols[c->val.id].kind == SYM_HANDLE)
                        escape_value(e, s, c->val);
                mem_drop_object(e, s, object);
            }
            p = pmap_ceiling(map ? s->fill : s->mem, object, INT64_MAX);
            if (p && p->obj == object)
                p = pmap_ceiling(map ? s->fill : s->mem, object + 1, INT64_MIN);
        }
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

/* ---- callbacks that run once for each time they are queued ---- */

bool runs_in_life(struct engine *e, nc_id fn) { return e->fn_relevant[fn] || e->fn_touches[fn] || e->fn_frees[fn]; }

static bool once(const struct entry *en) { return en->role && en->role->once; }

void token_put(struct engine *e, struct state *s, nc_id fn, struct val context, uint8_t param)
{
    s->res = pmap_set(e->arena, s->res, TOKEN_KEY, 1000 + (int64_t)fn, param, context);
}

static bool token_take(struct engine *e, struct state *s, struct entry *en)
{
    const struct pmap *p = pmap_find(s->res, TOKEN_KEY, 1000 + (int64_t)en->fn);

    if (!p)
        return false;
    en->context = p->val;
    en->context_param = (uint8_t)p->size;
    s->res = pmap_remove(e->arena, s->res, TOKEN_KEY, 1000 + (int64_t)en->fn);
    return true;
}

bool token_next(struct engine *e, struct state *s, struct entry *en)
{
    const struct pmap *p = pmap_ceiling(s->res, TOKEN_KEY, 0);

    if (!p || p->obj != TOKEN_KEY)
        return false;
    *en = (struct entry){ .fn = (nc_id)(p->off - 1000), .how = "a queued routine", .loc = NC_NONE };
    for (uint32_t k = 0; k < e->entry_count; k++)
        if (e->entries[k].fn == en->fn && once(&e->entries[k]))
            *en = e->entries[k];
    return token_take(e, s, en);
}

/* Runs everything that is queued, from each of the states; the states are replaced. */
void run_pending(struct engine *e, struct exits *x)
{
    for (uint32_t guard = 0; guard < 16; guard++) {
        struct exits y = { 0 };
        bool any = false;

        for (uint32_t i = 0; i < x->count; i++) {
            struct state s = x->items[i].s;
            struct exits z = { 0 };
            struct val irql = s.irql;
            const struct pmap *locks = s.locks;
            struct entry en;

            if (e->depth > 40 || !token_next(e, &s, &en)) {
                exits_add(e, &y, &x->items[i].s, x->items[i].ret, x->items[i].loc);
                continue;
            }
            any = true;
            s.locks = NULL;
            run_entry(e, &en, &s, v_int(0), &z);
            for (uint32_t k = 0; k < z.count; k++) {
                z.items[k].s.irql = irql;
                z.items[k].s.locks = locks;
                exits_add(e, &y, &z.items[k].s, x->items[i].ret, x->items[i].loc);
            }
            free(z.items);
        }
        free(x->items);
        *x = y;
        if (!any || x->count > 64)
            return;
    }
}

static void fresh_work(struct engine *e, uint64_t limit)
{
    e->work = 0;
    e->work_limit = e->options && e->options->work_limit ? e->options->work_limit : limit;
}

/* ---- the life of a whole driver ---- */

static nc_id unload_in(struct engine *e, struct state *s)
{
    nc_id record = find_record(e, "DRIVER_OBJECT"), field = find_field(e, record, "DriverUnload");
    uint32_t object;
    int64_t off;

    if (field == NC_NONE || !point_at(e, driver_object(e), &object, &off))
        return NC_NONE;
    const struct pmap *c = pmap_find(s->mem, object, e->m->fields[field].offset);

    return c && c->val.kind == V_ADDR && e->u.objects[c->val.id].kind == OBJ_FUNC ? e->u.objects[c->val.id].a : NC_NONE;
}

/* What is still queued runs, then the driver object's own cleanup routine (KMDF); then the driver is gone. */
static void leave_driver(struct engine *e, struct state *s, const char *how, nc_id loc)
{
    struct exits x = { 0 }, y = { 0 };

    exits_add(e, &x, s, v_none(), NC_NONE);
    run_pending(e, &x);
    for (uint32_t i = 0; i < x.count; i++) {
        struct state *t = &x.items[i].s;

        /* What a queued routine would only make now is not what was left. */
        for (const struct pmap *p = pmap_ceiling(t->res, 0, INT64_MIN); p; p = pmap_ceiling(t->res, p->obj, p->off + 1))
            if (p->off == RS_STATE && p->val.id == RES_LIVE && res_get(s, p->obj) != RES_LIVE)
                res_set(e, t, p->obj, RES_SILENT);
        const struct pmap *p = pmap_find(x.items[i].s.res, DRIVER_CLEANUP_KEY, 1000);

        if (p && p->val.kind == V_ADDR) {
            struct entry en = { .fn = e->u.objects[p->val.id].a,
                                .how = "the driver object's cleanup routine",
                                .loc = NC_NONE };

            y.count = 0;
            fresh_work(e, 200000);
            run_entry(e, &en, &x.items[i].s, v_int(0), &y);
            for (uint32_t k = 0; k < y.count; k++)
                driver_left(e, &y.items[k].s, how, loc);
        } else {
            driver_left(e, &x.items[i].s, how, loc);
        }
    }
    free(x.items);
    free(y.items);
}

static void run_unload(struct engine *e, const struct states *running)
{
    for (uint32_t i = 0; i < running->count; i++) {
        nc_id fn = unload_in(e, &running->items[i]);
        struct entry en = { .fn = fn, .how = "the unload routine", .loc = NC_NONE };
        struct exits x = { 0 };

        for (uint32_t k = 0; fn == NC_NONE && k < e->entry_count; k++)
            if (e->entries[k].role && e->entries[k].role->phase == NC_PHASE_UNLOAD && e->entries[k].slot)
                en = e->entries[k];
        if (en.fn == NC_NONE || !e->m->functions[en.fn].block_count)
            continue;
        fresh_work(e, 400000);
        struct run run = run_begin(e);

        run_entry(e, &en, &running->items[i], v_int(0), &x);
        for (uint32_t k = 0; k < x.count; k++) {
            entry_left(e, &x.items[k].s, x.items[k].loc);
            leave_driver(e, &x.items[k].s, "the unload routine returns with it live", x.items[k].loc);
        }
        free(x.items);
        run_end(e, run);
    }
}

static bool takes_part(struct engine *e, const struct entry *en)
{
    if (en->fn == e->entry_fn || (en->role && en->role->phase != NC_PHASE_RUNNING))
        return false;
    /* Functions in the driver's own tables run where the driver calls them. */
    if (en->role && strncmp(en->role->name, "NPI_", 4) == 0) /* run for each live registration */
        return false;
    if (!en->role || (!en->slot && !(e->m->functions[en->fn].flags & NC_FN_ADDRESS_TAKEN)))
        return false;
    return once(en) ? runs_in_life(e, en->fn) : e->fn_relevant[en->fn] || e->fn_touches[en->fn] || (!e->big && e->fn_frees[en->fn]);
}

/* NMR callbacks get the context of the registration whose characteristics name them. */
static void bind_entry(struct engine *e, const struct state *s, struct entry *en)
{
    struct state t = *s;

    for (const struct pmap *p = pmap_ceiling(s->res, 0, INT64_MIN); p; p = pmap_ceiling(s->res, p->obj, p->off + 1)) {
        uint32_t object;
        int64_t off;

        if (p->off != RS_STATE || p->val.id != RES_LIVE || e->u.resources[p->obj].sym)
            continue;
        if (res_kind(e, p->obj)->handle_is_address) {
            struct val d = res_slot(s, p->obj, RS_DATA0); /* the client's dispatch table */

            for (int64_t at = 0; point_at(e, d, &object, &off) && at < 64 * 8; at += 64) {
                struct val v = mem_load(e, &t, object, off + at, 64, NC_NONE);

                if (v.kind == V_ADDR && e->u.objects[v.id].kind == OBJ_FUNC && e->u.objects[v.id].a == en->fn)
                    en->res = p->obj;
            }
            continue;
        }
        if (!point_at(e, res_slot(s, p->obj, RS_CHARS), &object, &off))
            continue;
        nc_id record = find_record(e, res_kind(e, p->obj)->characteristics);

        for (uint32_t i = 0; record != NC_NONE && i < e->m->types[record].field_count; i++) {
            const struct nc_field *f = &e->m->fields[e->m->types[record].first_field + i];

            if (e->m->types[f->type].kind != NC_TY_POINTER)
                continue;
            struct val v = mem_load(e, &t, object, off + f->offset, 64, f->type);

            if (v.kind != V_ADDR || e->u.objects[v.id].kind != OBJ_FUNC || e->u.objects[v.id].a != en->fn)
                continue;
            en->res = p->obj;
            if (strstr(nc_string(e->m, f->name), "Attach")) {
                en->context = res_slot(s, p->obj, RS_CONTEXT);
                en->context_param = 1;
                if (en->context.kind == V_UNINIT)
                    en->context = v_none();
            }
            return;
        }
    }
}

/* One run of an entry in the driver's life, from one state; what it leaves is added. */
static void run_lively(struct engine *e, struct states *running, struct state from, struct entry en)
{
    struct exits x = { 0 };
    struct run run = run_begin(e);
    int level = en.role ? en.role->min : 0;

    bind_entry(e, &from, &en);
    if (!once(&en) || token_take(e, &from, &en)) {
        fresh_work(e, e->big ? 40000 : 150000);
        run_entry(e, &en, &from, v_int(level > 0 ? level : 0), &x);
    }
    for (uint32_t j = 0; j < x.count; j++) {
        x.items[j].s.irql = v_int(0);
        x.items[j].s.locks = NULL;
        entry_left(e, &x.items[j].s, x.items[j].loc);
        forget_assumed(e, &x.items[j].s);
        if (en.major == MAJOR_CREATE + 1)
            file_opened(e, &x.items[j].s, x.items[j].ret);
        else if (en.major == MAJOR_CLOSE + 1)
            file_closed(e, &x.items[j].s);
        states_add(e, running, x.items[j].s);
    }
    free(x.items);
    run_end(e, run);
}

static bool dispatch_role(const struct entry *en) { return en->role && strcmp(en->role->name, "DRIVER_DISPATCH") == 0; }

/* A dispatch routine runs for each kind of request that opens or ends a file by itself, and once for the others. */
static void run_dispatch(struct engine *e, struct states *running, struct state from, struct entry en, bool creates)
{
    static const uint8_t own[] = { MAJOR_CREATE, MAJOR_CLEANUP, MAJOR_CLOSE };
    uint32_t majors = dispatched_majors(e, &from, en.fn), rest = majors;

    for (size_t i = 0; i < 3; i++) {
        bool open = file_is_open(&from), possible = own[i] == MAJOR_CREATE ? !open : open || !creates;

        rest &= ~(1u << own[i]);
        en.major = (uint8_t)(own[i] + 1);
        if ((majors & 1u << own[i]) && possible)
            run_lively(e, running, from, en);
    }
    if (majors && !rest)
        return;
    en.major = 0;
    for (uint8_t i = 0; i < 28; i++)
        if (rest == 1u << i)
            en.major = (uint8_t)(i + 1);
    run_lively(e, running, from, en);
}

/* Some routine for IRP_MJ_CREATE is followed. */
static bool creates_followed(struct engine *e, const struct state *s)
{
    for (uint32_t k = 0; k < e->entry_count; k++)
        if (dispatch_role(&e->entries[k]) && takes_part(e, &e->entries[k]) && (dispatched_majors(e, s, e->entries[k].fn) & 1u << MAJOR_CREATE))
            return true;
    return false;
}

static bool life_is_long(struct engine *e, uint64_t spent) { return spent > (e->big ? LIFE_WORK / 4 : LIFE_WORK); }

static void run_callbacks(struct engine *e, struct states *running, struct state from, uint64_t *spent)
{
    struct exits x = { 0 };
    struct run run = run_begin(e);

    for (const struct pmap *p = pmap_ceiling(from.res, 0, INT64_MIN); p; p = pmap_ceiling(from.res, p->obj, p->off + 1))
        if (p->off == RS_STATE && p->val.id == RES_LIVE && !e->u.resources[p->obj].sym && !res_kind(e, p->obj)->handle_is_address) {
            fresh_work(e, 150000);
            callbacks_in_life(e, &from, p->obj, &x);
            *spent += e->work;
        }
    for (uint32_t j = 0; j < x.count; j++) {
        x.items[j].s.irql = v_int(0);
        x.items[j].s.locks = NULL;
        forget_assumed(e, &x.items[j].s);
        states_add(e, running, x.items[j].s);
    }
    free(x.items);
    run_end(e, run);
}

static void running_phase(struct engine *e, struct states *running)
{
    uint32_t done = 0;
    uint64_t spent = 0;

    e->repeat = true;
    for (int round = 0; round < ROUNDS && done < running->count; round++) {
        uint32_t upto = running->count;

        for (uint32_t i = done; i < upto; i++) {
            bool creates = creates_followed(e, &running->items[i]);

            run_callbacks(e, running, running->items[i], &spent);
            for (uint32_t k = 0; k < e->entry_count; k++) {
                struct entry en = e->entries[k];
                bool seen = !takes_part(e, &en); /* one run for each function, whatever the number of its slots */

                for (uint32_t j = 0; j < k; j++)
                    seen |= e->entries[j].fn == en.fn && takes_part(e, &e->entries[j]);
                if (seen)
                    continue;
                if (life_is_long(e, spent)) {
                    e->stat_cut++;
                    e->repeat = false;
                    return;
                }
                if (dispatch_role(&en))
                    run_dispatch(e, running, running->items[i], en, creates);
                else
                    run_lively(e, running, running->items[i], en);
                spent += e->work;
            }
        }
        done = upto;
    }
    e->repeat = false;
}

/* The last handle is closed before the driver can be unloaded. */
static void close_files(struct engine *e, struct states *running)
{
    static const uint8_t last[] = { MAJOR_CLEANUP, MAJOR_CLOSE };

    for (size_t m = 0; m < 2; m++) {
        struct states next = { 0 };

        for (uint32_t i = 0; i < running->count; i++) {
            struct state from = running->items[i];
            bool ran = false;

            for (uint32_t k = 0; k < e->entry_count && !ran && file_is_open(&from); k++) {
                struct entry en = e->entries[k];

                ran = dispatch_role(&en) && takes_part(e, &en) && (dispatched_majors(e, &from, en.fn) & 1u << last[m]);
                en.major = (uint8_t)(last[m] + 1);
                if (ran)
                    run_lively(e, &next, from, en);
            }
            if (!ran && last[m] == MAJOR_CLOSE && file_is_open(&from))
                file_closed(e, &from);
            if (!ran)
                states_add(e, &next, from);
        }
        states_free(running);
        *running = next;
    }
}

static void run_life(struct engine *e)
{
    struct entry en = { .fn = e->entry_fn,
                        .how = "the driver's entry",
                        .loc = NC_NONE,
                        .role = nc_role_find(e->contracts, "DRIVER_INITIALIZE") };
    struct exits x = { 0 };
    struct states running = { 0 };

    e->generic = false;
    e->lifetime_rules = true;
    e->binding_rules = false;
    e->irql_rules = false;
    e->part_rules = false;
    fresh_work(e, 1500000);
    struct state s = initial_state(e);
    struct run run = run_begin(e);

    file_begin(e, &s);
    run_entry(e, &en, &s, v_int(0), &x);
    for (uint32_t i = 0; i < x.count; i++) {
        struct state failed = x.items[i].s, ok = x.items[i].s;
        bool is_void = x.items[i].ret.kind == V_NONE;

        if (!is_void && assume_compare(e, &failed, NC_EX_LT, x.items[i].ret, v_int(0)))
            leave_driver(e, &failed,
                         "the driver's entry returns a failure with it live: the driver is unloaded without a call of "
                         "its unload routine",
                         x.items[i].loc);
        forget_assumed(e, &ok);
        if (is_void || assume_compare(e, &ok, NC_EX_GE, x.items[i].ret, v_int(0)))
            states_add(e, &running, ok);
    }
    free(x.items);
    run_end(e, run);
    running_phase(e, &running);
    if (!e->never_unloads) {
        close_files(e, &running);
        run_unload(e, &running);
    }
    states_free(&running);
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
        run_life(e);
    bindings_run(e);
    run_entries_alone(e);
}
