/*
 * What a contract says that a call does, applied to a state. Each effect may split the state; the returned value is
 * what the first effect that speaks of it says.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

static struct val arg_of(const struct val *args, uint32_t n, int a)
{
    return a >= 0 && (uint32_t)a < n ? args[a] : v_none();
}

bool cond_holds(struct engine *e, struct state *s, const struct nc_cond *c, const struct val *args, uint32_t arg_count,
                bool *known)
{
    struct val v;
    int t = -1;

    *known = true;
    if (c->op == NC_COND_ALWAYS)
        return true;
    v = arg_of(args, arg_count, c->arg);
    switch (c->op) {
    case NC_COND_EQ:
        t = compare_vals(e, s, NC_EX_EQ, v, v_int(c->value));
        break;
    case NC_COND_NE:
        t = compare_vals(e, s, NC_EX_NE, v, v_int(c->value));
        break;
    case NC_COND_MASK:
    case NC_COND_NOMASK: {
        struct val m = binary(e, s, NC_EX_AND, v, v_int(c->value), NC_NONE);

        t = truth_of(e, s, m);
        if (t >= 0 && c->op == NC_COND_NOMASK)
            t = !t;
        break;
    }
    case NC_COND_NULL:
        t = truth_of(e, s, v);
        t = t < 0 ? t : !t;
        break;
    case NC_COND_NOT_NULL:
        t = truth_of(e, s, v);
        break;
    case NC_COND_POINTS_TO_ZERO:
    case NC_COND_NOT_POINTS_TO_ZERO: {
        uint32_t object;
        int64_t off;
        int null = truth_of(e, s, v);

        if (null == 0) {
            t = 0;
        } else if (point_at(e, v, &object, &off)) {
            t = truth_of(e, s, mem_load(e, s, object, off, 64, NC_NONE));
            t = t < 0 ? t : !t;
            if (t == 1 && null < 0)
                t = -1;
        }
        if (t >= 0 && c->op == NC_COND_NOT_POINTS_TO_ZERO)
            t = !t;
        break;
    }
    default:
        break;
    }
    *known = t >= 0;
    return t == 1;
}

/* ---- pieces ---- */

static void escape_pointees(struct engine *e, struct state *s, struct val v) { escape_value(e, s, v); }

static int64_t size_arg(struct engine *e, struct state *s, const struct val *args, uint32_t n, int a)
{
    int64_t size;
    struct val v = arg_of(args, n, a);

    return a >= 0 && const_of(e, s, v, &size) && size >= 0 && size < INT64_MAX / 8 ? size * 8 : -1;
}

static uint32_t pool_of(struct engine *e, struct state *s, const struct nc_effect *f, const struct val *args,
                        uint32_t n)
{
    int64_t v;

    switch (f->value) {
    case NC_POOL_BY_TYPE:
        if (!const_of(e, s, arg_of(args, n, f->a[2]), &v))
            return NC_POOL_UNKNOWN;
        return v & 1 ? NC_POOL_PAGED : NC_POOL_NONPAGED;
    case NC_POOL_BY_FLAGS:
        if (!const_of(e, s, arg_of(args, n, f->a[2]), &v))
            return NC_POOL_UNKNOWN;
        return v & 0x100 ? NC_POOL_PAGED : NC_POOL_NONPAGED;
    default:
        return (uint32_t)f->value;
    }
}

static bool is_status(struct engine *e, nc_id inst)
{
    nc_id type = inst == NC_NONE ? NC_NONE : e->m->insts[inst].type;

    return type != NC_NONE && e->m->types[type].kind == NC_TY_INT && e->m->types[type].is_signed;
}

static struct val status_of(struct engine *e, struct state *s, uint32_t ctx, nc_id inst, bool success)
{
    struct val v = fresh(e, s, ctx, inst, 1, inst == NC_NONE ? NC_NONE : e->m->insts[inst].type);

    set_range(e, s, v.id, success ? (struct range){ .lo = 0, .hi = 0 } : (struct range){ .lo = INT32_MIN, .hi = -1 });
    e->u.symbols[v.id].flags |= SYMF_STATUS;
    return v;
}

static void do_alloc(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                     const struct val *args, uint32_t n, bool may_fail, struct val ret, struct exits *out)
{
    bool returned = f->a[0] == NC_ARG_RETURN, status = !returned && is_status(e, inst);
    struct state ok = *s;
    uint32_t object = fresh_heap(e, &ok, ctx, inst), at;
    int64_t off;
    struct val p = v_addr(object, 0);

    if (returned || status) {
        ok.soft =
            pmap_set(e->arena, ok.soft, object, OS_POOL, 0, (struct val){ V_META, pool_of(e, &ok, f, args, n), 0 });
        mem_fill(e, &ok, object, INT32_MIN, INT64_MAX / 2,
                 f->text && strcmp(f->text, "object") == 0 ? new_epoch(e) : FILL_UNINIT);
    } else {
        mem_fill(e, &ok, object, INT32_MIN, INT64_MAX / 2, new_epoch(e));
    }
    if (!returned) {
        /* Objects of the system that are handed out through a pointer: their content is the system's. */
        mem_fill(e, &ok, object, INT32_MIN, INT64_MAX / 2, new_epoch(e));
        if (point_at(e, arg_of(args, n, f->a[0]), &at, &off)) {
            before_overwrite(e, ctx, inst, &ok, at, off, 64, p);
            mem_store(e, &ok, at, off, 64, p);
            late_write(e, ctx, inst, &ok, at, off, 64, p);
        }
        /* IoCreateDevice puts the new device at the head of the driver object's list. */
        nc_id record = find_record(e, "DRIVER_OBJECT"), first = find_field(e, record, "DeviceObject");
        nc_id type = n && inst != NC_NONE ? e->m->exprs[e->m->args[e->m->insts[inst].c]].type : NC_NONE;

        if (first != NC_NONE && type != NC_NONE && e->m->types[type].kind == NC_TY_POINTER &&
            e->m->types[type].elem == record && point_at(e, args[0], &at, &off))
            mem_store(e, &ok, at, off + e->m->fields[first].offset, 64, p);
    }
    struct val value = returned ? p : status ? status_of(e, &ok, ctx, inst, true) : ret;

    exits_add(e, out, &ok, value, NC_NONE);
    if (!may_fail)
        return;
    if (returned) {
        trace_add(e, s, TR_EVENT, inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc, ctx, 0,
                  "the allocation fails and returns NULL");
        exits_add(e, out, s, v_int(0), NC_NONE);
    } else if (status) {
        struct val v = status_of(e, s, ctx, inst, false);

        trace_add(e, s, TR_EVENT, e->m->insts[inst].loc, ctx, 0, "the call fails");
        exits_add(e, out, s, v, NC_NONE);
    }
}

static void write_out(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, struct val at, int64_t bits,
                      nc_id type)
{
    uint32_t object;
    int64_t off;

    if (!point_at(e, at, &object, &off))
        return;
    uint8_t kind = e->u.objects[object].kind;

    if (kind == OBJ_FUNC || kind == OBJ_STRING)
        return;
    if (bits <= 64) {
        struct val v = fresh(e, s, ctx, inst, 8 + (uint32_t)(off & 7), type);
        const struct pmap *c = pmap_find(s->mem, object, off);

        before_overwrite(e, ctx, inst, s, object, off, (uint64_t)bits, v);
        mem_store(e, s, object, off, bits ? (uint64_t)bits : c ? c->size : 64, v);
    } else {
        mem_havoc(e, s, object, off, off + bits, true);
    }
    late_write(e, ctx, inst, s, object, off, (uint64_t)bits, v_none());
}

/* Bits of what argument a points at, from the declared parameter or the argument's own type. */
int64_t pointee_bits(struct engine *e, nc_id fn, nc_id inst, int a, nc_id *type)
{
    nc_id t = NC_NONE;

    *type = NC_NONE;
    if (a < 0)
        return 64;
    if (fn != NC_NONE && (uint32_t)a < e->m->functions[fn].param_count)
        t = e->m->locals[e->m->functions[fn].first_local + (uint32_t)a].type;
    else if (inst != NC_NONE && (uint32_t)a < e->m->insts[inst].arg_count)
        t = e->m->exprs[e->m->args[e->m->insts[inst].c + (uint32_t)a]].type;
    if (t == NC_NONE || e->m->types[t].kind != NC_TY_POINTER || e->m->types[t].elem == NC_NONE)
        return 64;
    *type = e->m->types[t].elem;
    int64_t bits = type_bits(e, *type);

    return bits ? bits : 64;
}

static struct val do_atomic(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                            nc_id fn, const struct val *args, uint32_t n)
{
    uint32_t object;
    int64_t off;
    nc_id type;
    int64_t bits = pointee_bits(e, fn, inst, f->a[0], &type);
    struct val operand = arg_of(args, n, f->a[1]), old, fresh_val;

    if (!point_at(e, arg_of(args, n, f->a[0]), &object, &off))
        return fresh(e, s, ctx, inst, 0, type);
    if (e->watch)
        watch_read(e, object, off, (uint64_t)bits);
    if (pmap_count(s->objs) && pmap_find(s->objs, object_base(&e->u, object), OS_BINDING))
        binding_on_access(e, ctx, inst, s, object);
    old = mem_load(e, s, object, off, (uint64_t)bits, type);
    if (old.kind == V_UNINIT)
        old = fresh(e, s, ctx, inst, 2, type);
    switch (f->op) {
    case NC_EFF_ATOMIC_INC:
        /* While the other side calls, the NMR's own reference is counted. */
        if (old.kind == V_SYM && e->u.symbols[old.id].kind == SYM_LAZY && is_binding_context(e, object))
            assume_compare(e, s, NC_EX_GE, old, v_int(1));
        fresh_val = binary(e, s, NC_EX_ADD, old, v_int(1), type);
        break;
    case NC_EFF_ATOMIC_DEC:
        fresh_val = binary(e, s, NC_EX_ADD, old, v_int(-1), type);
        break;
    case NC_EFF_ATOMIC_XCHG:
        fresh_val = operand;
        break;
    case NC_EFF_ATOMIC_CMPXCHG: {
        int t = compare_vals(e, s, NC_EX_EQ, old, arg_of(args, n, f->a[2]));

        /* Not known: the returned old value tells the caller; the cell is one or the other. */
        fresh_val = t == 1 ? operand : t == 0 ? old : fresh(e, s, ctx, inst, 3, type);
        break;
    }
    case NC_EFF_ATOMIC_ADD:
    case NC_EFF_ATOMIC_XADD:
        fresh_val = binary(e, s, NC_EX_ADD, old, operand, type);
        break;
    case NC_EFF_ATOMIC_OR:
        fresh_val = binary(e, s, NC_EX_OR, old, operand, type);
        break;
    case NC_EFF_ATOMIC_AND:
        fresh_val = binary(e, s, NC_EX_AND, old, operand, type);
        break;
    case NC_EFF_ATOMIC_XOR:
        fresh_val = binary(e, s, NC_EX_XOR, old, operand, type);
        break;
    default: {
        int64_t bit;

        if (!const_of(e, s, operand, &bit) || bit < 0 || bit > 62) {
            fresh_val = fresh(e, s, ctx, inst, 3, type);
            mem_store(e, s, object, off, (uint64_t)bits, fresh_val);
            return fresh(e, s, ctx, inst, 4, NC_NONE);
        }
        struct val mask = v_int((int64_t)1 << bit), was = binary(e, s, NC_EX_AND, old, mask, type);

        fresh_val = f->op == NC_EFF_ATOMIC_BTS ? binary(e, s, NC_EX_OR, old, mask, type)
                                               : binary(e, s, NC_EX_AND, old, v_int(~mask.off), type);
        mem_store(e, s, object, off, (uint64_t)bits, fresh_val);
        return binary(e, s, NC_EX_NE, was, v_int(0), type);
    }
    }
    /* An exchange hands the old value out: nothing is lost by it alone. */
    mem_store(e, s, object, off, (uint64_t)bits, fresh_val);
    late_write(e, ctx, inst, s, object, off, (uint64_t)bits, fresh_val);
    return f->op == NC_EFF_ATOMIC_INC || f->op == NC_EFF_ATOMIC_DEC || f->op == NC_EFF_ATOMIC_ADD ? fresh_val : old;
}

/* Whether the exchange happens is not known: both, so that a flag that is claimed stays tied to what its claim guards.
 */
static bool split_cmpxchg(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                          nc_id fn, const struct val *args, uint32_t n, struct exits *out)
{
    uint32_t object;
    int64_t off;
    nc_id type;
    int64_t bits = pointee_bits(e, fn, inst, f->a[0], &type);
    struct val comparand = arg_of(args, n, f->a[2]), old;
    struct state t = *s;

    if (!point_at(e, arg_of(args, n, f->a[0]), &object, &off))
        return false;
    old = mem_load(e, s, object, off, (uint64_t)bits, type);
    if (old.kind == V_UNINIT || compare_vals(e, s, NC_EX_EQ, old, comparand) >= 0)
        return false;
    if (assume_compare(e, &t, NC_EX_EQ, old, comparand) && compare_vals(e, &t, NC_EX_EQ, old, comparand) == 1) {
        struct val r = do_atomic(e, ctx, inst, &t, f, fn, args, n);

        exits_add(e, out, &t, r, NC_NONE);
    } else {
        return false;
    }
    if (assume_compare(e, s, NC_EX_NE, old, comparand)) {
        struct val r = do_atomic(e, ctx, inst, s, f, fn, args, n);

        exits_add(e, out, s, r, NC_NONE);
    }
    return true;
}

static void do_memory(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f, nc_id fn,
                      const struct val *args, uint32_t n, struct val ret)
{
    uint32_t object, from;
    int64_t off, from_off, bits;
    struct val at = f->a[0] == NC_ARG_RETURN ? ret : arg_of(args, n, f->a[0]);

    if (!point_at(e, at, &object, &off))
        return;
    if (pmap_count(s->objs) && pmap_find(s->objs, object_base(&e->u, object), OS_BINDING))
        binding_on_access(e, ctx, inst, s, object);
    if (f->op == NC_EFF_COPY) {
        bits = size_arg(e, s, args, n, f->a[2]);
        if (bits < 0)
            bits = object_bits(e, object) > off ? object_bits(e, object) - off : 64;
        if (!point_at(e, arg_of(args, n, f->a[1]), &from, &from_off)) {
            mem_havoc(e, s, object, off, off + bits, true);
            return;
        }
        if (e->watch)
            watch_read(e, from, from_off, (uint64_t)bits);
        mem_copy(e, s, object, off, from, from_off, bits);
        late_write(e, ctx, inst, s, object, off, (uint64_t)bits, v_none());
        return;
    }
    bits = size_arg(e, s, args, n, f->a[1]);
    if (bits < 0 && f->a[1] == NC_ARG_NONE) {
        nc_id type;

        bits = pointee_bits(e, fn, inst, f->a[0], &type);
    }
    if (f->a[0] == NC_ARG_RETURN) {
        bits = INT64_MAX / 2 - off; /* a zeroing allocator: all of it */
    } else if (bits < 0) {
        const struct object *o = &e->u.objects[object];

        /* Size not known: all of a heap object, else what is known of the object. */
        bits = o->kind == OBJ_HEAP && off == 0 ? INT64_MAX / 2
               : object_bits(e, object) > off  ? object_bits(e, object) - off
                                               : 64;
    }
    int64_t byte = 0;
    bool zero = f->op == NC_EFF_ZERO || (const_of(e, s, arg_of(args, n, f->a[2]), &byte) && byte == 0);
    const struct pmap *c = pmap_ceiling(s->mem, object, off);

    for (; c && c->obj == object && c->off < off + bits; c = pmap_ceiling(s->mem, object, c->off + 1))
        before_overwrite(e, ctx, inst, s, object, c->off, c->size, v_int(0));
    mem_fill(e, s, object, off, off + bits, zero ? FILL_ZERO : new_epoch(e));
    if (f->a[0] != NC_ARG_RETURN)
        late_write(e, ctx, inst, s, object, off, (uint64_t)bits, v_none());
}

/* A callback that the callee runs before it returns. */
static void do_calls(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                     const struct val *args, uint32_t n, struct val *ret, struct exits *out)
{
    struct val fnv = arg_of(args, n, f->a[0]), params[8];
    nc_id fn;

    if (fnv.kind != V_ADDR || e->u.objects[fnv.id].kind != OBJ_FUNC || !fn_info(e, e->u.objects[fnv.id].a)->has_body) {
        exits_add(e, out, s, *ret, NC_NONE);
        return;
    }
    fn = e->u.objects[fnv.id].a;
    for (uint32_t i = 0; i < 8; i++)
        params[i] = (int)i == f->a[2] ? arg_of(args, n, f->a[1]) : fresh(e, s, ctx, inst, 40 + i, NC_NONE);
    struct val irql = s->irql;

    if (f->value >= 0) {
        struct range r = range_of(e, s, s->irql);

        s->irql = v_int(f->value > r.lo ? f->value : r.lo);
    }
    struct exits x = { 0 };

    call_body(e, ctx, inst, s, fn, params, e->m->functions[fn].param_count < 8 ? e->m->functions[fn].param_count : 8,
              &x);
    for (uint32_t i = 0; i < x.count; i++) {
        if (f->value >= 0)
            x.items[i].s.irql = irql;
        exits_add(e, out, &x.items[i].s, x.items[i].ret.kind == V_NONE ? *ret : x.items[i].ret, NC_NONE);
    }
    free(x.items);
}

/* Whether a routine that is queued now is followed: in the driver's life, and where it gets the binding context of the
 * side that runs. */
static bool followed_later(struct engine *e, const struct state *s, const struct nc_role_contract *role, nc_id fn,
                           struct val context)
{
    return role && role->once &&
           ((e->lifetime_rules && runs_in_life(e, fn)) || (e->side && binding_holds(e, s, context)));
}

static void do_calls_later(struct engine *e, nc_id inst, struct state *s, const struct nc_effect *f,
                           const struct val *args, uint32_t n)
{
    struct val fnv = arg_of(args, n, f->a[0]), context = arg_of(args, n, f->a[1]);

    /* A DPC that is only initialised does not keep its context alive. */
    if (f->text && strcmp(f->text, "KDEFERRED_ROUTINE") != 0)
        escape_value(e, s, context);
    if (fnv.kind == V_ADDR && e->u.objects[fnv.id].kind == OBJ_FUNC &&
        followed_later(e, s, nc_role_find(e->contracts, f->text), e->u.objects[fnv.id].a, context))
        token_put(e, s, e->u.objects[fnv.id].a, context, f->a[2] >= 0 ? (uint8_t)f->a[2] : 255);
    if (fnv.kind == V_ADDR && e->u.objects[fnv.id].kind == OBJ_FUNC && f->a[2] >= 0)
        context_pool_note(e, s, e->u.objects[fnv.id].a, (uint32_t)f->a[2], context);
    if (fnv.kind == V_ADDR && e->u.objects[fnv.id].kind == OBJ_FUNC)
        entry_note(e, e->u.objects[fnv.id].a, nc_role_find(e->contracts, f->text),
                   inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc, context, f->a[2] >= 0 ? (uint8_t)f->a[2] : 255,
                   true);
}

/* The one function that is ever put into a field, NC_NONE if there are none or several. */
static nc_id only_fill(struct engine *e, nc_id field)
{
    nc_id found = NC_NONE;

    for (uint32_t i = 0; i < e->fill_count; i++) {
        if (e->fills[i].field != field || e->fills[i].fn == found)
            continue;
        if (found != NC_NONE)
            return NC_NONE;
        found = e->fills[i].fn;
    }
    return found;
}

/* The one function of the driver that was installed with that role, NC_NONE if there are none or several. */
static nc_id only_entry(const struct engine *e, const struct nc_role_contract *role)
{
    nc_id found = NC_NONE;

    for (uint32_t i = 0; i < e->entry_count; i++) {
        if (e->entries[i].role != role || !e->entries[i].slot || found == e->entries[i].fn)
            continue;
        if (found != NC_NONE)
            return NC_NONE;
        found = e->entries[i].fn;
    }
    return found;
}

/* The callback stays with the object that is queued: in the field with its role, and its context in the field after it.
 */
static void do_queues(struct engine *e, nc_id inst, struct state *s, const struct nc_effect *f, nc_id fn,
                      const struct val *args, uint32_t n)
{
    const struct nc_role_contract *role = nc_role_find(e->contracts, f->text);
    const struct nc_type *t;
    uint32_t object;
    int64_t off;
    nc_id record;

    pointee_bits(e, fn, inst, f->a[0], &record);
    if (!role)
        return;
    if (record == NC_NONE || e->m->types[record].kind != NC_TY_RECORD ||
        !e->m->types[record].field_count) { /* a handle */
        nc_id callee = only_entry(e, role);

        if (callee != NC_NONE && followed_later(e, s, role, callee, v_none()))
            token_put(e, s, callee, v_none(), 255);
        return;
    }
    if (!point_at(e, arg_of(args, n, f->a[0]), &object, &off))
        return;
    t = &e->m->types[record];
    for (uint32_t i = 0; i + 1 < t->field_count; i++) {
        nc_id at = t->first_field + i;
        const struct nc_field *field = &e->m->fields[at];

        if (slot_role(e, record, at) != role)
            continue;
        struct val routine = mem_load(e, s, object, off + field[0].offset, 64, field[0].type);
        struct val context = mem_load(e, s, object, off + field[1].offset, 64, field[1].type);
        nc_id callee = routine.kind == V_ADDR && e->u.objects[routine.id].kind == OBJ_FUNC ? e->u.objects[routine.id].a
                       : routine.kind == V_SYM                                             ? only_fill(e, at)
                                                                                           : NC_NONE;

        escape_value(e, s, context);
        if (callee == NC_NONE)
            return;
        if (followed_later(e, s, role, callee, context))
            token_put(e, s, callee, context, 0);
        entry_note(e, callee, role, NC_NONE, context, 0, true);
        return;
    }
}

/* PsTerminateSystemThread leaves every frame of the thread. */
static void thread_ends(struct engine *e, nc_id inst, struct state *s)
{
    const struct nc_expr *x = inst == NC_NONE ? NULL : &e->m->exprs[e->m->insts[inst].b];
    struct state t = *s;

    if (!x || x->op != NC_EX_FUNC ||
        strcmp(nc_string(e->m, e->m->functions[x->a].name), "PsTerminateSystemThread") != 0)
        return;
    for (struct frame *f = e->frame; f; f = f->up) {
        const struct nc_function *fn = &e->m->functions[f->fn];

        frame_leave(e, f->ctx, f->fn, &t, v_none(), e->m->insts[inst].loc);
        mem_drop_object(e, &t, u_object(&e->u, OBJ_TEMPS, f->ctx, 0, 0));
        for (uint32_t i = 0; i < fn->local_count; i++)
            mem_drop_object(e, &t, u_object(&e->u, OBJ_LOCAL, f->ctx, fn->first_local + i, 0));
        if (f->entry && f->call_inst == NC_NONE)
            break;
    }
    exits_add(e, &e->terminated, &t, v_none(), e->m->insts[inst].loc);
}

static struct val do_returns(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                             const struct val *args, uint32_t n)
{
    nc_id type = inst == NC_NONE ? NC_NONE : e->m->insts[inst].type;
    const char *t = f->text ? f->text : "";
    struct val v;

    if (!*t && f->a[0] >= 0)
        return arg_of(args, n, f->a[0]);
    if (!*t)
        return v_int(f->value);
    v = fresh(e, s, ctx, inst, 0, type);
    if (strcmp(t, "success") == 0)
        set_range(e, s, v.id, (struct range){ .lo = 0, .hi = INT32_MAX });
    else if (strcmp(t, "failure") == 0)
        set_range(e, s, v.id, (struct range){ .lo = INT32_MIN, .hi = -1 });
    else if (strcmp(t, "nonnull") == 0)
        e->u.symbols[v.id].flags |= SYMF_NONNULL;
    else if (strcmp(t, "pending") == 0)
        return v_int(0x103);
    else if (strcmp(t, "bool") == 0)
        set_range(e, s, v.id, (struct range){ .lo = 0, .hi = 1 });
    return v;
}

/* One effect on one state; appends the continuations. ret.kind is V_NONE while nothing has been said of the result. */
static void apply(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f, nc_id fn,
                  const struct val *args, uint32_t n, struct val ret, struct exits *out)
{
    switch ((enum nc_effect_op)f->op) {
    case NC_EFF_ACQUIRE:
        do_acquire(e, ctx, inst, s, f, args, n, out);
        return;
    case NC_EFF_END:
        do_end(e, ctx, inst, s, f, args, n, out);
        return;
    case NC_EFF_COMPLETE:
        do_complete(e, ctx, inst, s, f, args, n);
        break;
    case NC_EFF_BIND:
        bind_effect(e, ctx, inst, s, f, args, n, out);
        return;
    case NC_EFF_DETACH_DONE:
        detach_done_effect(e, ctx, inst, s, f, args, n);
        break;
    case NC_EFF_ALLOC:
    case NC_EFF_ALLOC_SURE:
        do_alloc(e, ctx, inst, s, f, args, n, f->op == NC_EFF_ALLOC, ret, out);
        return;
    case NC_EFF_FREE:
    case NC_EFF_FREE_OBJECT:
        on_free(e, ctx, inst, s, arg_of(args, n, f->a[0]));
        break;
    case NC_EFF_OWNED: {
        struct val m = f->a[0] == NC_ARG_RETURN ? ret : arg_of(args, n, f->a[0]);
        uint32_t object;
        int64_t off;

        if (point_at(e, m, &object, &off))
            s->soft = pmap_set(e->arena, s->soft, object, OS_OWNER, 0, arg_of(args, n, f->a[1]));
        break;
    }
    case NC_EFF_ZERO:
    case NC_EFF_FILL:
    case NC_EFF_COPY:
        do_memory(e, ctx, inst, s, f, fn, args, n, ret);
        break;
    case NC_EFF_COMPARE:
    case NC_EFF_READS:
        for (int k = 0; k < (f->op == NC_EFF_COMPARE ? 2 : 1); k++) {
            uint32_t object;
            int64_t off;

            if (!point_at(e, arg_of(args, n, f->a[k]), &object, &off))
                continue;
            if (pmap_count(s->objs) && pmap_find(s->objs, object_base(&e->u, object), OS_BINDING))
                binding_on_access(e, ctx, inst, s, object);
            if (e->watch)
                watch_read(e, object, off, 64);
        }
        break;
    case NC_EFF_WRITES: {
        nc_id type;
        int64_t bits = pointee_bits(e, fn, inst, f->a[0], &type);

        write_out(e, ctx, inst, s, arg_of(args, n, f->a[0]), f->value ? f->value * 8 : bits, type);
        break;
    }
    case NC_EFF_INIT: {
        uint32_t object;
        int64_t off;
        nc_id type;

        if (point_at(e, arg_of(args, n, f->a[0]), &object, &off)) {
            int64_t bits = pointee_bits(e, fn, inst, f->a[0], &type);

            mem_fill(e, s, object, off, off + bits, new_epoch(e));
            late_write(e, ctx, inst, s, object, off, (uint64_t)bits, v_none());
        }
        break;
    }
    case NC_EFF_KEEPS:
        escape_pointees(e, s, arg_of(args, n, f->a[0]));
        break;
    case NC_EFF_ATOMIC_INC:
    case NC_EFF_ATOMIC_DEC:
    case NC_EFF_ATOMIC_XCHG:
    case NC_EFF_ATOMIC_CMPXCHG:
    case NC_EFF_ATOMIC_ADD:
    case NC_EFF_ATOMIC_XADD:
    case NC_EFF_ATOMIC_OR:
    case NC_EFF_ATOMIC_AND:
    case NC_EFF_ATOMIC_XOR:
    case NC_EFF_ATOMIC_BTS:
    case NC_EFF_ATOMIC_BTR:
        if (f->op == NC_EFF_ATOMIC_CMPXCHG && split_cmpxchg(e, ctx, inst, s, f, fn, args, n, out))
            return;
        ret = do_atomic(e, ctx, inst, s, f, fn, args, n);
        break;
    case NC_EFF_LOCK:
    case NC_EFF_LOCK_SHARED:
    case NC_EFF_TRY_LOCK:
    case NC_EFF_UNLOCK:
    case NC_EFF_RAISE:
    case NC_EFF_LOWER:
    case NC_EFF_GET_IRQL:
        irql_effect(e, ctx, inst, s, f, args, n, &ret, out);
        return;
    case NC_EFF_BLOCKS: {
        struct exits x = { 0 };
        const struct pmap *p = pmap_ceiling(s->res, TOKEN_KEY, 0);

        /* What is queued may run while this waits, and is often what it waits for. */
        if (!p || p->obj != TOKEN_KEY || !e->lifetime_rules || e->quiet)
            break;
        exits_add(e, &x, s, ret, NC_NONE);
        run_pending(e, &x);
        for (uint32_t i = 0; i < x.count; i++)
            exits_add(e, out, &x.items[i].s, ret, NC_NONE);
        free(x.items);
        return;
    }
    case NC_EFF_CALLS:
        do_calls(e, ctx, inst, s, f, args, n, &ret, out);
        return;
    case NC_EFF_CALLS_LATER: {
        struct val fnv = arg_of(args, n, f->a[0]);
        const struct nc_role_contract *role = nc_role_find(e->contracts, f->text);

        /* Whether a thread was started is told by the status: it runs only where that is a success. */
        if (ret.kind == V_NONE && is_status(e, inst) && e->lifetime_rules && role && role->once && fnv.kind == V_ADDR &&
            e->u.objects[fnv.id].kind == OBJ_FUNC && runs_in_life(e, e->u.objects[fnv.id].a)) {
            struct state t = *s;
            struct val st = status_of(e, &t, ctx, inst, false);

            trace_add(e, &t, TR_EVENT, e->m->insts[inst].loc, ctx, 0, "the call fails");
            exits_add(e, out, &t, st, NC_NONE);
            ret = status_of(e, s, ctx, inst, true);
        }
        do_calls_later(e, inst, s, f, args, n);
        break;
    }
    case NC_EFF_QUEUES:
        do_queues(e, inst, s, f, fn, args, n);
        break;
    case NC_EFF_NORETURN:
        thread_ends(e, inst, s);
        return;
    case NC_EFF_THROWS:
    case NC_EFF_SIGNALS:
        break;
    case NC_EFF_RETURNS:
        if (ret.kind == V_NONE)
            ret = do_returns(e, ctx, inst, s, f, args, n);
        break;
    case NC_EFF_ASSUMES:
        if (!assume(e, s, arg_of(args, n, f->a[0]), true))
            return;
        break;
    case NC_EFF_COUNT:
        break;
    }
    exits_add(e, out, s, ret, NC_NONE);
}

void apply_contract(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, const struct nc_contract *c,
                    nc_id fn, const struct val *args, uint32_t arg_count, struct exits *out)
{
    struct exits cur = { 0 }, next = { 0 };
    nc_id type = inst == NC_NONE ? NC_NONE : e->m->insts[inst].type;

    exits_add(e, &cur, s, v_none(), NC_NONE);
    kmdf_created(e, inst, &cur.items[0].s, args, arg_count);
    for (uint32_t i = 0; i < c->effect_count; i++) {
        next.count = 0;
        for (uint32_t k = 0; k < cur.count; k++) {
            struct exit_state x = cur.items[k];
            bool known, holds = cond_holds(e, &x.s, &c->effects[i].when, args, arg_count, &known);

            if (known && !holds)
                exits_add(e, &next, &x.s, x.ret, NC_NONE);
            else
                apply(e, ctx, inst, &x.s, &c->effects[i], fn, args, arg_count, x.ret, &next);
        }
        struct exits t = cur;

        cur = next;
        next = t;
    }
    for (uint32_t k = 0; k < cur.count; k++) {
        struct exit_state *x = &cur.items[k];

        if (x->ret.kind == V_NONE && type != NC_NONE && e->m->types[type].kind != NC_TY_VOID)
            x->ret = fresh(e, &x->s, ctx, inst, 0, type);
        exits_add(e, out, &x->s, x->ret, NC_NONE);
    }
    free(cur.items);
    free(next.items);
}
