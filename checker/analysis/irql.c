/*
 * The IRQL: checks of calls against bounds, what locks and raises do, and functions that return with it raised.
 *
 * The current IRQL is a value of the state: a number, or a symbol with a range. What is real of it: all of a range that
 * comes from a role ("any IRQL <= DISPATCH"), but only the lower end where nothing visible calls the function
 * (SYMF_IRQL_UNSURE).
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

/* Where a lock handle remembers the level and the lock: beside its own fields. */
#define SAVED_LEVEL ((int64_t)1 << 41)
#define SAVED_LOCK  ((int64_t)1 << 42)
#define LOCK_SPIN   1u
#define LOCK_SHARED 2u
#define LOCK_OWED   16u /* not held, but released here although the caller holds it: taking it again pays that back */
#define LOCK_HIGH   8u  /* its acquire was reported as too high: its release says nothing new */
#define LOCK_LOW    4u  /* taken below DISPATCH_LEVEL, and reported: from there on as if it had been raised */

const char *irql_name(int64_t level)
{
    switch (level) {
    case NC_PASSIVE:
        return "PASSIVE_LEVEL";
    case NC_APC:
        return "APC_LEVEL";
    case NC_DISPATCH:
        return "DISPATCH_LEVEL";
    case NC_HIGH:
        return "HIGH_LEVEL";
    case NC_CLOCK:
        return "CLOCK_LEVEL";
    default:
        return level > NC_DISPATCH ? "DIRQL" : "an unknown level";
    }
}

struct val irql_interval(struct engine *e, struct state *s, uint32_t ctx, int lo, int hi, bool unsure)
{
    if (lo == hi && !unsure)
        return v_int(lo);
    struct symbol q = { .kind = SYM_FRESH,
                        .flags = unsure ? SYMF_IRQL_UNSURE : 0,
                        .a = ctx,
                        .b = NC_NONE,
                        .c = unsure ? 2 : 1,
                        .x = v_int(lo),
                        .y = v_int(hi),
                        .type = NC_NONE };
    uint32_t id = u_symbol(&e->u, q);

    set_range(e, s, id, (struct range){ .lo = lo, .hi = hi });
    return v_sym(id);
}

/* The highest level that is really reached here. */
static int64_t real_high(struct engine *e, const struct state *s)
{
    struct range r = range_of(e, s, s->irql);

    if (s->irql.kind == V_SYM && (e->u.symbols[s->irql.id].flags & SYMF_IRQL_UNSURE))
        return r.lo;
    if (s->irql.kind == V_SYM && (r.hi > NC_HIGH || r.lo < 0))
        return r.lo < 0 ? 0 : r.lo; /* not an IRQL that anything is known of */
    /* "Any IRQL <= DISPATCH" means PASSIVE or DISPATCH: a test that excludes DISPATCH leaves PASSIVE. */
    if (s->irql.kind == V_SYM && e->u.symbols[s->irql.id].kind == SYM_FRESH &&
        e->u.symbols[s->irql.id].y.off >= NC_DISPATCH && r.hi == NC_APC)
        return r.lo;
    return r.hi;
}

static bool high_lock_held(const struct state *s)
{
    for (const struct pmap *p = pmap_ceiling(s->locks, 0, INT64_MIN); p; p = pmap_ceiling(s->locks, p->obj, p->off + 1))
        if (p->size & LOCK_HIGH)
            return true;
    return false;
}

static bool releases(const struct nc_contract *c) { return (nc_contract_ops(c) & NC_OP(UNLOCK)) != 0; }

static bool low_lock_held(const struct state *s)
{
    for (const struct pmap *p = pmap_ceiling(s->locks, 0, INT64_MIN); p; p = pmap_ceiling(s->locks, p->obj, p->off + 1))
        if (p->size & LOCK_LOW)
            return true;
    return false;
}

/* A spin lock that was seen to be taken. */
static bool spin_lock_held(const struct state *s)
{
    for (const struct pmap *p = pmap_ceiling(s->locks, 0, INT64_MIN); p; p = pmap_ceiling(s->locks, p->obj, p->off + 1))
        if ((p->size & LOCK_SPIN) && !(p->size & LOCK_OWED))
            return true;
    return false;
}

static const char *level_text(struct engine *e, const struct state *s)
{
    struct range r = range_of(e, s, s->irql);

    if (r.lo != r.hi && s->irql.kind == V_SYM && !(e->u.symbols[s->irql.id].flags & SYMF_IRQL_UNSURE))
        return nc_arena_printf(e->arena, "up to %s", irql_name(r.hi));
    return irql_name(real_high(e, s));
}

static bool is_nmr(const char *name) { return strncmp(name, "Nmr", 3) == 0 || strncmp(name, "Wsk", 3) == 0; }

static void clamp(struct engine *e, uint32_t ctx, struct state *s, int max)
{
    struct range r = range_of(e, s, s->irql);

    if (r.lo > max)
        s->irql = v_int(max);
    else if (r.hi > max)
        s->irql = irql_interval(e, s, ctx, (int)(r.lo < 0 ? 0 : r.lo), max,
                                s->irql.kind == V_SYM && (e->u.symbols[s->irql.id].flags & SYMF_IRQL_UNSURE));
}

/* Annotated bounds of a function that is only declared. */
static void check_declared(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn)
{
    struct val level = s->irql;

    irql_check_body(e, ctx, inst, s, fn);
    s->irql = level; /* nothing of it is executed */
}

void irql_check_call(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_contract *c, nc_id fn,
                     const struct val *args, uint32_t arg_count)
{
    nc_id loc = inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;

    s->flags &= ~(uint32_t)(STATE_TOO_LOW | STATE_TOO_HIGH);
    if (!c || !c->bound_count) {
        check_declared(e, ctx, inst, s, fn);
        return;
    }
    const struct nc_bound *b = NULL;

    for (uint32_t i = 0; i < c->bound_count; i++) {
        bool known, holds = cond_holds(e, s, &c->bounds[i].when, args, arg_count, &known);

        if (!known) {
            /* Not known which row counts: only what breaks all of the rest would be sure. */
            struct range r = range_of(e, s, s->irql);
            bool all = r.lo >= 0;

            for (uint32_t k = i; k < c->bound_count; k++)
                all = all && real_high(e, s) > c->bounds[k].max;
            if (!all)
                return;
            b = &c->bounds[i];
            for (uint32_t k = i + 1; k < c->bound_count; k++)
                if (c->bounds[k].max > b->max)
                    b = &c->bounds[k];
            break;
        }
        if (holds) {
            b = &c->bounds[i];
            break;
        }
    }
    if (!b)
        return;
    int64_t high = real_high(e, s);
    struct range r = range_of(e, s, s->irql);
    const char *name = fn_name(e, fn);

    if (low_lock_held(s)) {
        high = high < NC_DISPATCH ? NC_DISPATCH : high;
        r.hi = r.hi < NC_DISPATCH ? NC_DISPATCH : r.hi;
    }

    if (high > b->max && !(releases(c) && high_lock_held(s))) {
        const char *rule = is_nmr(name) ? "nmr-irql-too-high" : "irql-too-high";
        const char *bound =
            b->max == NC_PASSIVE ? "IRQL = PASSIVE_LEVEL" : nc_arena_printf(e->arena, "IRQL <= %s", irql_name(b->max));

        s->flags |= STATE_TOO_HIGH;
        report(e, s, rule, loc, ctx, 0, nc_arena_printf(e->arena, "'%s' is called at %s", name, level_text(e, s)),
               "'%s' is called at %s; it needs %s%s%s", name, level_text(e, s), bound,
               c->page && *c->page ? ", see " : "", c->page ? c->page : "");
    } else if (r.hi < b->min && (!releases(c) || spin_lock_held(s))) {
        report(e, s, "irql-too-low", loc, ctx, 0,
               nc_arena_printf(e->arena, "'%s' is called at %s", name, level_text(e, s)),
               "'%s' is called at %s; it needs IRQL >= %s%s%s", name, level_text(e, s), irql_name(b->min),
               c->page && *c->page ? ", see " : "", c->page ? c->page : "");
        s->flags |= STATE_TOO_LOW;
    } else if (b->min > 0 && r.lo < b->min && s->irql.kind == V_SYM) {
        /* The call says that the level is at least that here. */
        assume_compare(e, s, NC_EX_GE, s->irql, v_int(b->min));
    }
}

void irql_check_body(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn)
{
    const struct fn_info *info = fn_info(e, fn);
    nc_id loc = inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;
    const char *name = fn_name(e, fn);

    if (info->paged && real_high(e, s) >= NC_DISPATCH && inst != NC_NONE) {
        report(e, s, "irql-paged-code", loc, ctx, 0,
               nc_arena_printf(e->arena, "'%s' is called at %s", name, level_text(e, s)),
               "'%s' is pageable (%s) and is called at %s: a page fault there bugchecks the machine", name,
               info->paged == 1 ? nc_arena_printf(e->arena, "section %s", nc_string(e->m, e->m->functions[fn].section))
                                : "PAGED_CODE",
               level_text(e, s));
        s->irql = irql_interval(e, s, ctx, NC_PASSIVE, NC_HIGH,
                                true); /* nothing more is said of what it calls on this path */
    } else if (info->paged && s->irql.kind == V_SYM) {
        clamp(e, ctx, s, NC_APC);
    }
    if (info->irql_max >= 0) {
        if (real_high(e, s) > info->irql_max && inst != NC_NONE) {
            report(e, s, is_nmr(name) ? "nmr-irql-too-high" : "irql-too-high", loc, ctx, 0,
                   nc_arena_printf(e->arena, "'%s' is called at %s", name, level_text(e, s)),
                   "'%s' is called at %s; its annotation says IRQL <= %s (%s)", name, level_text(e, s),
                   irql_name(info->irql_max), loc_text(e, e->m->functions[fn].loc));
        }
        clamp(e, ctx, s, info->irql_max);
    }
    if (info->irql_min > 0) {
        struct range r = range_of(e, s, s->irql);

        if (r.hi < info->irql_min && inst != NC_NONE) {
            report(e, s, "irql-too-low", loc, ctx, 0,
                   nc_arena_printf(e->arena, "'%s' is called at %s", name, level_text(e, s)),
                   "'%s' is called at %s; its annotation says IRQL >= %s (%s)", name, level_text(e, s),
                   irql_name(info->irql_min), loc_text(e, e->m->functions[fn].loc));
            s->irql = v_int(info->irql_min);
        } else if (r.lo < info->irql_min) {
            s->irql = r.hi <= info->irql_min
                          ? v_int(info->irql_min)
                          : irql_interval(e, s, ctx, info->irql_min, (int)(r.hi > NC_HIGH ? NC_HIGH : r.hi),
                                          s->irql.kind == V_SYM && (e->u.symbols[s->irql.id].flags & SYMF_IRQL_UNSURE));
        }
    }
}

/* ---- effects ---- */

static bool spinning(const char *cls)
{
    static const char *const sleeping[] = {
        "push",     "fast_mutex", "fast_mutex_unsafe", "guarded_mutex", "resource", "mutex",  "wait",
        "wdf_wait", "eresource",  "semaphore",         "wdf_object",    "flt_push", "rundown"
    };

    for (size_t i = 0; i < sizeof sleeping / sizeof *sleeping; i++)
        if (strcmp(cls, sleeping[i]) == 0)
            return false;
    return true;
}

static uint32_t text_hash(const char *t)
{
    uint32_t h = 5381;

    while (*t)
        h = h * 33 + (unsigned char)*t++;
    return h | 0x80000000u;
}

static void lock_place(struct engine *e, const struct nc_effect *f, const struct val *args, uint32_t n,
                       uint32_t *object, int64_t *off)
{
    if (f->a[0] >= 0 && (uint32_t)f->a[0] < n && point_at(e, args[f->a[0]], object, off))
        return;
    /* The one lock of its class: the cancel lock. */
    *object = u_object(&e->u, OBJ_STRING, text_hash(f->text ? f->text : ""), 0, 0);
    *off = 0;
}

static void save_level(struct engine *e, struct state *s, const struct nc_effect *f, const struct val *args, uint32_t n,
                       struct val old, uint32_t lock_obj, int64_t lock_off, struct val *ret)
{
    uint32_t object;
    int64_t off;

    if (f->a[1] == NC_ARG_RETURN) {
        *ret = old;
    } else if (f->a[1] >= 0 && (uint32_t)f->a[1] < n && point_at(e, args[f->a[1]], &object, &off)) {
        if (f->text &&
            (strcmp(f->text, "spin") == 0 || strcmp(f->text, "rw_spin") == 0 || strcmp(f->text, "cancel") == 0 ||
             strcmp(f->text, "vpb") == 0 || strcmp(f->text, "interrupt") == 0 || f->op == NC_EFF_RAISE)) {
            mem_store(e, s, object, off, 8, old);
            return;
        }
        mem_store(e, s, object, off + SAVED_LEVEL, 8, old);
        mem_store(e, s, object, off + SAVED_LOCK, 64, v_addr(lock_obj, lock_off));
    }
}

static void raise_to(struct engine *e, struct state *s, int64_t level)
{
    struct range r = range_of(e, s, s->irql);

    (void)r;
    s->irql = v_int(level);
}

static const char *place_name(struct engine *e, uint32_t object, int64_t off)
{
    const struct object *o = &e->u.objects[object];
    nc_id record = o->record, field;

    if (o->kind == OBJ_GLOBAL && e->m->types[e->m->globals[o->a].type].kind == NC_TY_RECORD)
        record = e->m->globals[o->a].type;
    if (record != NC_NONE && (field = field_at(e, record, off, NULL)) != NC_NONE)
        return nc_arena_printf(e->arena, "%s.%s", object_name(e, object), nc_string(e->m, e->m->fields[field].name));
    return object_name(e, object);
}

static void lock(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t n, struct val *ret)
{
    uint32_t object;
    int64_t off;
    struct val old = s->irql;
    nc_id loc = inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;

    lock_place(e, f, args, n, &object, &off);
    if (f->op != NC_EFF_TRY_LOCK)
        watch_lock(e, s, object, off, f->text ? f->text : "");
    guarded_may_change(e, ctx, inst, s);
    save_level(e, s, f, args, n, old, object, off, ret);
    uint64_t flags = (spinning(f->text ? f->text : "") ? LOCK_SPIN : 0) |
                     (f->op == NC_EFF_LOCK_SHARED ? LOCK_SHARED : 0) | (s->flags & STATE_TOO_LOW ? LOCK_LOW : 0) |
                     (s->flags & STATE_TOO_HIGH ? LOCK_HIGH : 0);

    s->flags &= ~(uint32_t)(STATE_TOO_LOW | STATE_TOO_HIGH);

    const struct pmap *owed = pmap_find(s->locks, object, off);

    if (owed && (owed->size & LOCK_OWED)) {
        s->irql = owed->val;
        s->locks = pmap_remove(e->arena, s->locks, object, off);
        trace_add(e, s, TR_IRQL, loc, ctx, 0, "takes the caller's lock again");
        return;
    }
    s->locks = pmap_set(e->arena, s->locks, object, off, flags, old);
    if (f->value >= 0) {
        raise_to(e, s, f->value);
        trace_add(e, s, TR_IRQL, loc, ctx, 0,
                  nc_arena_printf(e->arena, "takes the lock '%s'; IRQL is %s from here", place_name(e, object, off),
                                  irql_name(f->value)));
    } else {
        trace_add(e, s, TR_IRQL, loc, ctx, 0,
                  nc_arena_printf(e->arena, "takes the lock '%s'", place_name(e, object, off)));
    }
}

static const struct pmap *held_of_kind(const struct pmap *locks, bool spin, uint32_t *count)
{
    const struct pmap *found = NULL;

    for (const struct pmap *p = pmap_ceiling(locks, 0, INT64_MIN); p; p = pmap_ceiling(locks, p->obj, p->off + 1)) {
        if (((p->size & LOCK_SPIN) != 0) == spin && !(p->size & LOCK_OWED)) {
            found = p;
            ++*count;
        }
    }
    return found;
}

/* Two names for one lock: not when both are known places, nor two members of one object. */
static bool may_be_same(struct engine *e, const struct pmap *held, uint32_t object, int64_t off)
{
    const struct object *a = &e->u.objects[held->obj], *b = &e->u.objects[object];
    bool fixed_a = a->kind == OBJ_GLOBAL || a->kind == OBJ_LOCAL || a->kind == OBJ_HEAP,
         fixed_b = b->kind == OBJ_GLOBAL || b->kind == OBJ_LOCAL || b->kind == OBJ_HEAP;

    if (held->obj == object || (fixed_a && fixed_b))
        return false;
    if (a->record != NC_NONE && b->record != NC_NONE && a->record == b->record)
        return held->off == off;
    return true;
}

static struct val entry_level(struct engine *e, struct state *s)
{
    (void)s;
    return e->frame ? e->frame->irql_at_entry : v_int(0);
}

/* The held lock whose handle was read from the same place, which may have changed meanwhile as far as can be told; or
 * the only one that was read from that field of such an object. */
static const struct pmap *read_again(struct engine *e, const struct pmap *locks, uint32_t object, int64_t off)
{
    const struct object *o = &e->u.objects[object];
    const struct symbol *now = o->kind == OBJ_SYM ? &e->u.symbols[o->a] : NULL;
    const struct pmap *found = NULL;
    bool several = false;

    for (const struct pmap *p = pmap_ceiling(locks, 0, INT64_MIN); now && p;
         p = pmap_ceiling(locks, p->obj, p->off + 1)) {
        const struct object *q = &e->u.objects[p->obj];
        const struct symbol *then = q->kind == OBJ_SYM ? &e->u.symbols[q->a] : NULL;

        if (!then || p->off != off || (p->size & LOCK_OWED) || now->kind != SYM_LAZY || then->kind != SYM_LAZY ||
            now->c != then->c)
            continue;
        if (now->a == then->a)
            return p;
        if (e->u.objects[now->a].record != NC_NONE && e->u.objects[now->a].record == e->u.objects[then->a].record) {
            several = found != NULL;
            found = p;
        }
    }
    return several ? NULL : found;
}

static void unlock(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                   const struct val *args, uint32_t n)
{
    uint32_t object, handle;
    int64_t off, handle_off;
    struct val level = v_none();
    bool by_handle = f->a[1] >= 0 && (uint32_t)f->a[1] < n && point_at(e, args[f->a[1]], &handle, &handle_off);
    nc_id loc = inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;

    lock_place(e, f, args, n, &object, &off);
    if (by_handle) {
        const struct pmap *c = pmap_find(s->mem, handle, handle_off + SAVED_LOCK);

        if (c && c->val.kind == V_ADDR) {
            object = c->val.id;
            off = c->val.off;
        }
        c = pmap_find(s->mem, handle, handle_off + SAVED_LEVEL);
        if (c)
            level = c->val;
    }
    const struct pmap *held = pmap_find(s->locks, object, off);

    if (by_handle && pmap_count(s->objs) && pmap_find(s->objs, object_base(&e->u, object), OS_BINDING))
        binding_on_access(e, ctx, inst, s, object);
    if (!held)
        held = read_again(e, s->locks, object, off);
    if (!held) { /* the same lock under another name, when it can only be that one */
        uint32_t count = 0;
        const struct pmap *other = held_of_kind(s->locks, spinning(f->text ? f->text : ""), &count);

        if (count == 1 && may_be_same(e, other, object, off))
            held = other;
    }
    if (level.kind == V_NONE && f->a[1] >= 0 && (uint32_t)f->a[1] < n && !(by_handle && args[f->a[1]].kind == V_ADDR)) {
        level = args[f->a[1]];
        struct range r = range_of(e, s, level);

        if (level.kind == V_UNINIT || r.lo < 0 || (r.hi > NC_HIGH && r.lo != r.hi))
            level = v_none();
    }
    if (held && (held->size & LOCK_OWED))
        held = NULL;
    if (held) {
        if (level.kind == V_NONE)
            level = held->val;
        s->locks = pmap_remove(e->arena, s->locks, held->obj, held->off);
    } else {
        s->locks = pmap_set(e->arena, s->locks, object, off, LOCK_OWED, s->irql);
    }
    if (f->value) {
        int64_t now, to;

        if (level.kind == V_NONE)
            level = irql_interval(e, s, ctx, 0, NC_DISPATCH, true);
        /* Releasing a spin lock does not raise it. */
        if (!spinning(f->text ? f->text : "") || !const_of(e, s, s->irql, &now) || !const_of(e, s, level, &to) ||
            to < now)
            s->irql = level;
        trace_add(e, s, TR_IRQL, loc, ctx, 0, "releases the lock; the IRQL is lowered");
    }
}

/* A level that unseen code has set: a value of its own for each call. */
static struct val unseen_level(struct engine *e, struct state *s, uint32_t ctx, nc_id inst, int64_t lo, int64_t hi,
                               bool unsure)
{
    struct symbol q = { .kind = SYM_FRESH,
                        .flags = unsure ? SYMF_IRQL_UNSURE : 0,
                        .a = ctx,
                        .b = inst,
                        .c = unsure ? 4 : 3,
                        .type = NC_NONE };
    uint32_t id = u_symbol(&e->u, q);

    set_range(e, s, id, (struct range){ .lo = lo, .hi = hi });
    return v_sym(id);
}

void irql_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t n, struct val *ret, struct exits *out)
{
    nc_id loc = inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;

    switch (f->op) {
    case NC_EFF_LOCK:
    case NC_EFF_LOCK_SHARED:
        lock(e, ctx, inst, s, f, args, n, ret);
        break;
    case NC_EFF_TRY_LOCK: {
        struct state t = *s;
        struct val r = v_none();

        lock(e, ctx, inst, &t, f, args, n, &r);
        exits_add(e, out, &t, v_int(1), NC_NONE);
        exits_add(e, out, s, v_int(0), NC_NONE);
        return;
    }
    case NC_EFF_UNLOCK:
        unlock(e, ctx, inst, s, f, args, n);
        break;
    case NC_EFF_RAISE: {
        int64_t level = f->value;
        struct val old = s->irql;

        if (f->a[0] >= 0 && (uint32_t)f->a[0] < n && !const_of(e, s, args[f->a[0]], &level))
            s->irql = args[f->a[0]];
        else if (old.kind == V_SYM && (e->u.symbols[old.id].flags & SYMF_IRQL_UNSURE) &&
                 e->u.symbols[old.id].b != NC_NONE)
            s->irql = unseen_level(e, s, ctx, inst, level, level, false); /* raised, or there already */
        else
            s->irql = v_int(level);
        save_level(e, s, f, args, n, old, 0, 0, ret);
        trace_add(
            e, s, TR_IRQL, loc, ctx, 0,
            nc_arena_printf(e->arena, "raises the IRQL to %s", s->irql.kind == V_INT ? irql_name(level) : "a level"));
        break;
    }
    case NC_EFF_LOWER: {
        struct val level = f->a[0] >= 0 && (uint32_t)f->a[0] < n ? args[f->a[0]] : entry_level(e, s);
        struct range r = range_of(e, s, level);

        if (level.kind == V_UNINIT || r.lo < 0 || (r.hi > NC_HIGH && r.lo != r.hi))
            level = irql_interval(e, s, ctx, 0, NC_DISPATCH, true);
        s->irql = level;
        trace_add(e, s, TR_IRQL, loc, ctx, 0, "lowers the IRQL");
        break;
    }
    case NC_EFF_GET_IRQL:
        *ret = s->irql;
        break;
    default:
        break;
    }
    exits_add(e, out, s, *ret, NC_NONE);
}

/* ---- functions that return with the IRQL raised ---- */

static const struct pmap *extra_lock(const struct pmap *now, const struct pmap *before)
{
    for (const struct pmap *p = pmap_ceiling(now, 0, INT64_MIN); p; p = pmap_ceiling(now, p->obj, p->off + 1))
        if ((p->size & LOCK_SPIN) && !(p->size & LOCK_OWED) && !pmap_find(before, p->obj, p->off))
            return p;
    return NULL;
}

static bool raised(struct engine *e, const struct exit_state *x, const struct frame *fr)
{
    struct range r = range_of(e, &x->s, x->s.irql), b = range_of(e, &x->s, fr->irql_at_entry);

    if (extra_lock(x->s.locks, fr->locks_at_entry))
        return true;
    return !v_same(x->s.irql, fr->irql_at_entry) && x->s.irql.kind == V_INT && r.lo > b.lo && r.lo >= NC_APC;
}

enum { CLASS_ZERO = 1, CLASS_NONZERO = 2, CLASS_NEG = 4, CLASS_NONNEG = 8 };

static unsigned class_of(struct engine *e, const struct state *s, struct val v)
{
    unsigned c = 0;
    int t = truth_of(e, s, v);
    struct range r = range_of(e, s, v);

    if (v.kind == V_NONE || v.kind == V_UNINIT)
        return 0;
    if (t == 0)
        c |= CLASS_ZERO;
    if (t == 1)
        c |= CLASS_NONZERO;
    if (v.kind != V_ADDR) {
        if (r.hi < 0)
            c |= CLASS_NEG;
        if (r.lo >= 0)
            c |= CLASS_NONNEG;
    }
    return c;
}

/* Whether what a caller sees of a raised exit differs from what it sees of a balanced one: the lock is held on success.
 */
static bool told_apart(unsigned up, unsigned even, bool status)
{
    if ((up & CLASS_NONZERO) && (even & CLASS_ZERO) && !((up & CLASS_NEG) && status))
        return true;
    if ((up & CLASS_NONNEG) && (even & CLASS_NEG))
        return true;
    return (up & CLASS_ZERO) && (even & CLASS_NONZERO) && status;
}

/* What a caller knows of one exit: the returned value, what out parameters point at, and what it passed itself. */
struct view {
    unsigned ret;
    unsigned param[16], out[16];
};

static void look_at(struct engine *e, uint32_t ctx, const struct nc_function *f, const struct exit_state *x,
                    struct view *v)
{
    struct state s = x->s;

    *v = (struct view){ .ret = class_of(e, &s, x->ret) };
    for (uint32_t p = 0; p < f->param_count && p < 16; p++) {
        uint32_t local = u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + p, 0), object;
        nc_id type = e->m->locals[f->first_local + p].type;
        int64_t off;
        struct val a = mem_load(e, &s, local, 0, (uint64_t)type_bits(e, type), type);

        v->param[p] = class_of(e, &s, a);
        if (e->m->types[type].kind != NC_TY_POINTER || e->m->types[type].elem == NC_NONE ||
            !point_at(e, a, &object, &off))
            continue;
        int64_t bits = type_bits(e, e->m->types[type].elem);

        if (bits && bits <= 64)
            v->out[p] = class_of(e, &s, mem_load(e, &s, object, off, (uint64_t)bits, e->m->types[type].elem));
    }
}

static bool differ(const struct view *up, const struct view *even, bool status)
{
    if (told_apart(up->ret, even->ret, status))
        return true;
    for (uint32_t p = 0; p < 16; p++)
        if (told_apart(up->out[p], even->out[p], false))
            return true;
    return false;
}

static bool chosen_by_caller(const struct view *up, const struct view *even)
{
    for (uint32_t p = 0; p < 16; p++)
        if (told_apart(up->param[p], even->param[p], false) || told_apart(even->param[p], up->param[p], false))
            return true;
    return false;
}

/* Marks the raised exits that callers can't tell from a balanced one; returns their number. */
static uint32_t mark_confused(struct engine *e, uint32_t ctx, nc_id fn, const struct exits *x, bool *up)
{
    const struct nc_function *f = &e->m->functions[fn];
    const struct nc_type *rt = &e->m->types[e->m->types[f->type].elem];
    /* Integers wider than a flag are statuses or error codes: zero may be the success. */
    bool status = rt->kind == NC_TY_INT && rt->size >= 4;
    struct view *views = nc_xmalloc(sizeof *views * x->count);
    bool *raised_exit = nc_xmalloc(sizeof *raised_exit * x->count);
    uint32_t confused = 0;

    for (uint32_t i = 0; i < x->count; i++) {
        look_at(e, ctx, f, &x->items[i], &views[i]);
        raised_exit[i] = up[i];
    }
    for (uint32_t i = 0; i < x->count; i++) {
        bool all = true, some = false;

        for (uint32_t k = 0; up[i] && k < x->count && all; k++)
            if (!raised_exit[k]) {
                /* Together with a result that tells, the caller's own arguments may tell the rest. */
                if (differ(&views[i], &views[k], status))
                    some = true;
                else
                    all = chosen_by_caller(&views[i], &views[k]);
            }
        up[i] = up[i] && !(all && some);
        confused += up[i];
    }
    free(views);
    free(raised_exit);
    return confused;
}

/* A routine that the system calls is no lock wrapper, unless its role says so: nobody else gives back what it keeps on
 * every path. */
static bool called_by_system(struct engine *e, const struct frame *fr)
{
    const struct nc_role_contract *role = fr->call_inst == NC_NONE && fr->entry ? fr->entry->role : NULL;

    return role && !role->half && nc_role_find(e->contracts, role->name) == role;
}

void irql_check_exits(struct engine *e, uint32_t ctx, nc_id fn, const struct frame *fr, struct exits *x)
{
    bool up[256], was[256];
    uint32_t raised_count = 0, n = x->count < 256 ? x->count : 256;

    if (fr->fn != fn || fr->ctx != ctx || (e->m->functions[fn].flags & NC_FN_SYSTEM))
        return;
    for (uint32_t i = 0; i < n; i++) {
        up[i] = was[i] = raised(e, &x->items[i], fr);
        raised_count += up[i];
    }
    bool always = raised_count == n;

    if (!raised_count || n < x->count || fn_info(e, fn)->irql_effect ||
        (always ? !called_by_system(e, fr) : !mark_confused(e, ctx, fn, x, up)))
        return;
    for (uint32_t i = 0; i < n; i++) {
        struct exit_state *p = &x->items[i];

        if (!up[i] || (always && i) || (!always && fr->call_inst != NC_NONE && exit_chosen(e, ctx, fn, x, i, was)))
            continue;
        const struct pmap *l = extra_lock(p->s.locks, fr->locks_at_entry);

        if (!(p->s.flags & STATE_SHAKY)) {
            if (l)
                report(e, &p->s, "irql-not-restored", p->loc, ctx, 0,
                       "the function returns here with the lock still held",
                       always ? "'%s' returns with the spin lock '%s' held, and nothing that the system calls it for "
                                "releases it"
                              : "'%s' returns with the spin lock '%s' held on this path, and without it on others",
                       fn_name(e, fn), place_name(e, l->obj, l->off));
            else
                report(e, &p->s, "irql-not-restored", p->loc, ctx, 0,
                       "the function returns here with the IRQL still raised",
                       always ? "'%s' returns to the system at %s, and was called at a lower IRQL"
                              : "'%s' returns at %s on this path, and at the caller's IRQL on others",
                       fn_name(e, fn), level_text(e, &p->s));
        }
        p->s.irql = fr->irql_at_entry;
        while ((l = extra_lock(p->s.locks, fr->locks_at_entry)) != NULL)
            p->s.locks = pmap_remove(e->arena, p->s.locks, l->obj, l->off);
    }
}

/* ---- pageable callbacks ---- */

void irql_check_entries(struct engine *e)
{
    for (uint32_t i = 0; i < e->entry_count; i++) {
        const struct entry *en = &e->entries[i];
        const struct fn_info *info = fn_info(e, en->fn);
        struct state none = { 0 };
        bool unsure = false;
        int lo = 0, hi = en->role ? en->role->max : 0;

        kmdf_levels(en, &lo, &hi, &unsure);
        if (!en->role || !en->slot || hi < NC_DISPATCH || unsure || !info->paged || en->loc == NC_NONE)
            continue;
        report(e, &none, "irql-paged-code", en->loc, 0, 0, "the routine is given out here",
               "'%s' is pageable (%s) and is installed as %s, which runs at up to %s", fn_name(e, en->fn),
               info->paged == 1
                   ? nc_arena_printf(e->arena, "section %s", nc_string(e->m, e->m->functions[en->fn].section))
                   : "PAGED_CODE",
               en->role->display && *en->role->display ? en->role->display : en->role->name, irql_name(en->role->max));
    }
}

/* ---- annotations as effects ---- */

static bool annotated(const struct nc_module *m, const struct nc_function *f, const char *name)
{
    for (uint32_t i = 0; i < f->annot_count; i++)
        if (strcmp(nc_string(m, m->annots[f->first_annot + i].name), name) == 0)
            return true;
    return false;
}

/* Libraries with lock wrappers of which only the acquiring one says what it does to the IRQL: it saves the level out of
 * sight. */
static bool unseen_raisers(struct engine *e)
{
    const struct nc_module *m = e->m;

    for (nc_id i = 0; !e->raisers_known && i < m->functions_count; i++) {
        const struct nc_function *f = &m->functions[i];

        e->unseen_raisers |= !f->block_count && !(f->flags & NC_FN_SYSTEM) && annotated(m, f, "IRQL_raises") &&
                             !annotated(m, f, "IRQL_saves");
    }
    e->raisers_known = true;
    return e->unseen_raisers;
}

void irql_annotated_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn,
                           const struct val *args, uint32_t arg_count, struct val *ret)
{
    const struct nc_function *f = &e->m->functions[fn];
    struct val old = s->irql;
    int64_t raises = -1;

    (void)inst;
    /* Its counterpart may be this one: it needs the raised level, and does not say that it keeps it. */
    if (fn_info(e, fn)->irql_min >= NC_DISPATCH && !(f->flags & NC_FN_SYSTEM) &&
        !annotated(e->m, f, "IRQL_requires_same") && unseen_raisers(e))
        s->irql = unseen_level(e, s, ctx, inst, NC_PASSIVE, NC_DISPATCH, true);
    for (uint32_t i = 0; i < f->annot_count; i++) {
        const struct nc_annot *a = &e->m->annots[f->first_annot + i];
        const char *name = nc_string(e->m, a->name);
        uint32_t object;
        int64_t off;

        if (strcmp(name, "IRQL_raises") == 0 && a->has_value && a->param == NC_NONE) {
            raises = a->value;
        } else if (strcmp(name, "IRQL_saves") == 0) {
            if (a->param == NC_NONE)
                *ret = old;
            else if (a->param < arg_count && point_at(e, args[a->param], &object, &off))
                mem_store(e, s, object, off, 8, old);
        } else if (strcmp(name, "IRQL_restores") == 0 && a->param < arg_count) {
            struct val v = args[a->param];
            struct range r = range_of(e, s, v);

            if ((v.kind == V_INT || v.kind == V_SYM) && r.lo >= 0 && r.hi <= NC_HIGH)
                s->irql = v;
        }
    }
    /* Where it keeps the old level is out of sight, and so is who gives it back. */
    if (raises >= 0)
        s->irql = (f->flags & NC_FN_SYSTEM) || annotated(e->m, f, "IRQL_saves")
                      ? v_int(raises)
                      : unseen_level(e, s, ctx, inst, raises, raises, false);
}

void context_pool_note(struct engine *e, const struct state *s, nc_id fn, uint32_t param, struct val context)
{
    const struct pmap *p = NULL;
    uint32_t object;
    int64_t off;

    if (fn == NC_NONE || param >= e->m->functions[fn].param_count || context.kind == V_NONE || context.kind == V_INT)
        return;
    if (point_at(e, context, &object, &off) && off == 0 && e->u.objects[object].kind == OBJ_HEAP)
        p = pmap_find(s->soft, object, OS_POOL);
    e->context_pools[e->m->functions[fn].first_local + param] |= (uint8_t)(1u << (p ? p->val.id : NC_POOL_UNKNOWN));
}

/* The parameter of an entry that a value is, as a local; NC_NONE: it is none that the system fills in. */
static nc_id context_parameter(const struct engine *e, struct val v)
{
    const struct symbol *y = &e->u.symbols[v.id];
    int i = entry_argument(y);

    if (i < 0)
        return NC_NONE;
    const struct nc_function *f = &e->m->functions[e->u.contexts[y->a].fn];

    return i < (int)f->param_count ? f->first_local + (nc_id)i : NC_NONE;
}

/* An allocator's wrapper takes any memory; what frees one type of object calls the free on its own account. */
static bool frees_any_memory(const struct engine *e, uint32_t ctx, nc_id inst)
{
    const struct nc_module *m = e->m;
    const struct nc_function *f = &m->functions[e->u.contexts[ctx].fn];

    for (uint32_t i = 0; i < m->insts[inst].arg_count; i++) {
        const struct nc_expr *a = &m->exprs[m->args[m->insts[inst].c + i]];

        while (a->op == NC_EX_CAST)
            a = &m->exprs[a->a];
        if (a->op != NC_EX_LOAD || m->exprs[a->a].op != NC_EX_LOCAL || m->exprs[a->a].a >= f->param_count)
            continue;
        const struct nc_type *t = &m->types[m->locals[f->first_local + m->exprs[a->a].a].type];

        if (t->kind == NC_TY_POINTER)
            return t->elem == NC_NONE || m->types[t->elem].kind == NC_TY_VOID;
    }
    return false;
}

/* Freeing follows the pool's type: paged pool needs <= APC_LEVEL. */
void irql_check_free(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, struct val v, uint32_t object)
{
    const struct pmap *p = pmap_find(s->soft, object, OS_POOL);
    nc_id field = NC_NONE, param = NC_NONE;
    const char *why = NULL;

    if (real_high(e, s) <= NC_APC || inst == NC_NONE)
        return;
    if (p && p->val.id == NC_POOL_PAGED) {
        why = "it is paged pool";
    } else if (v.kind == V_SYM && (param = context_parameter(e, v)) != NC_NONE) {
        why = "nothing but paged pool is ever given to it as its context";
    } else if (v.kind == V_SYM && e->u.symbols[v.id].kind == SYM_LAZY) {
        const struct symbol *y = &e->u.symbols[v.id];
        const struct object *o = &e->u.objects[y->a];

        if (o->record != NC_NONE)
            field = field_at(e, o->record, y->c, NULL);
        if (field != NC_NONE)
            why = nc_arena_printf(e->arena, "only paged pool is ever kept in '%s'",
                                  nc_string(e->m, e->m->fields[field].name));
    }
    if (!why)
        return;
    uint32_t free_ctx = ctx;
    nc_id place = frees_any_memory(e, ctx, inst) ? free_place(e, inst, &free_ctx) : inst;

    if ((field != NC_NONE || param != NC_NONE) && reported_for_sure(e, "irql-too-high", e->m->insts[place].loc))
        return;
    struct candidate *c =
        report(e, s, "irql-too-high", e->m->insts[place].loc, free_ctx, 0,
               nc_arena_printf(e->arena, "it is freed at %s", level_text(e, s)),
               "memory is freed at %s, and %s: that needs IRQL <= APC_LEVEL, see ExFreePoolWithTag (wdm.h)",
               level_text(e, s), why);

    if (c) {
        c->pool_field = field;
        c->pool_param = param;
    }
}
