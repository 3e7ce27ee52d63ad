/*
 * Calls: who is called, with which arguments, and what is assumed of a callee that can't be seen.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

#define MAX_DEPTH     48
#define MAX_RECURSION 2
#define MAX_TARGETS   6

void havoc_locals_behind(struct engine *e, struct state *s, struct val v)
{
    uint32_t object, found[16], n = 0;
    int64_t off;

    if (v.kind != V_ADDR || !point_at(e, v, &object, &off))
        return;
    for (const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN); c && c->obj == object && n < 16;
         c = pmap_ceiling(s->mem, object, c->off + 1))
        if (c->val.kind == V_ADDR && e->u.objects[c->val.id].kind == OBJ_LOCAL && c->val.id != object)
            found[n++] = c->val.id;
    for (uint32_t i = 0; i < n; i++)
        mem_havoc(e, s, found[i], 0, object_bits(e, found[i]) ? object_bits(e, found[i]) : 64, true);
}

static bool known_content(const struct state *s, uint32_t object)
{
    const struct pmap *c = pmap_ceiling(s->mem, object, INT64_MIN), *f = pmap_ceiling(s->fill, object, INT64_MIN);

    return (c && c->obj == object) || (f && f->obj == object);
}

/* A callee of which nothing is known: what its pointer arguments point at may be written, unless it is const. */
void call_havoc(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn, const struct val *args,
                uint32_t arg_count)
{
    struct state t = *s;
    const struct nc_function *f = fn == NC_NONE ? NULL : &e->m->functions[fn];

    for (uint32_t i = 0; i < arg_count; i++) {
        uint32_t object;
        int64_t off;
        nc_id pt = NC_NONE;

        if (f && i < f->param_count)
            pt = e->m->locals[f->first_local + i].type;
        escape_value(e, &t, args[i]);
        if (args[i].kind != V_ADDR && args[i].kind != V_SYM)
            continue;
        if (pt != NC_NONE && e->m->types[pt].kind != NC_TY_POINTER)
            continue;
        if (pt != NC_NONE && e->m->types[pt].is_const)
            continue;
        if (!point_at(e, args[i], &object, &off) || (args[i].kind == V_SYM && !known_content(&t, object)))
            continue;
        uint8_t kind = e->u.objects[object].kind;

        if (kind == OBJ_FUNC || kind == OBJ_STRING)
            continue;
        nc_id elem;
        int64_t bits = pointee_bits(e, fn, inst, (int)i, &elem);

        if (elem == NC_NONE || !type_bits(e, elem)) { /* void *: all of a whole object */
            const struct pmap *c = pmap_find(t.mem, object, off);

            bits = off == 0 && object_bits(e, object) ? object_bits(e, object) : c ? (int64_t)c->size : 64;
        }
        struct state before = t;

        havoc_locals_behind(e, &t, args[i]);
        mem_havoc(e, &t, object, off, off + bits, true);
        settled_fields_stay(e, ctx, inst, &before, &t, object, off, off + bits);
    }
    *s = t;
}

static void call_unknown(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, nc_id fn,
                         const struct val *args, uint32_t arg_count, struct exits *out)
{
    struct state t = *s;
    nc_id type = inst == NC_NONE ? NC_NONE : e->m->insts[inst].type;

    call_havoc(e, ctx, inst, &t, fn, args, arg_count);
    struct val ret = v_none();

    if (type != NC_NONE && e->m->types[type].kind != NC_TY_VOID)
        ret = fresh(e, &t, ctx, inst, 0, type);
    if (fn != NC_NONE)
        irql_annotated_effect(e, ctx, inst, &t, fn, args, arg_count, &ret);
    exits_add(e, out, &t, ret, NC_NONE);
}

static bool recursive(struct engine *e, nc_id fn)
{
    uint32_t n = 0;

    for (struct frame *f = e->frame; f; f = f->up)
        n += f->fn == fn;
    return n >= MAX_RECURSION;
}

void call_body(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, nc_id fn, const struct val *args,
               uint32_t arg_count, struct exits *out)
{
    const struct nc_function *f = &e->m->functions[fn];

    if (e->depth >= MAX_DEPTH || recursive(e, fn)) {
        e->stat_cut += e->depth >= MAX_DEPTH;
        call_unknown(e, ctx, inst, s, fn, args, arg_count, out);
        return;
    }
    struct state t = *s;
    uint32_t inner = u_context(&e->u, ctx, inst, fn);
    struct val level = t.irql;

    irql_check_body(e, ctx, inst, &t, fn);
    struct val clamped = t.irql;
    uint64_t key = memo_key(e, &t, fn, args, arg_count);
    uint32_t before_count = out->count;

    if (key && memo_use(e, key, ctx, inst, &t, fn, args, arg_count, out)) {
        for (uint32_t i = before_count; i < out->count && !v_same(level, clamped); i++)
            out->items[i].s.irql = level;
        return;
    }

    if (inst != NC_NONE)
        trace_add(e, &t, TR_CALL, e->m->insts[inst].loc, ctx, 0, NULL);
    struct trace *call = (struct trace *)(uintptr_t)t.trace;

    if (inst != NC_NONE)
        call->text = nc_arena_printf(e->arena, "calls '%s'", fn_name(e, fn));
    for (uint32_t i = 0; i < f->param_count; i++) {
        uint32_t object = u_object(&e->u, OBJ_LOCAL, inner, f->first_local + i, 0);
        nc_id type = e->m->locals[f->first_local + i].type;
        uint32_t from;
        int64_t off;

        mem_drop_object(e, &t, object);
        if (i >= arg_count)
            continue;
        if (e->m->types[type].kind == NC_TY_RECORD) {
            if (point_at(e, args[i], &from, &off))
                mem_copy(e, &t, object, 0, from, off, type_bits(e, type));
            continue;
        }
        if (e->m->types[type].kind == NC_TY_POINTER && e->m->types[type].elem != NC_NONE &&
            e->m->types[e->m->types[type].elem].kind == NC_TY_RECORD)
            learn_record(e, args[i], e->m->types[type].elem);
        mem_store(e, &t, object, 0, (uint64_t)type_bits(e, type), cast_val(e, &t, args[i], type));
    }
    struct frame frame = { .up = e->frame,
                           .ctx = inner,
                           .fn = fn,
                           .call_inst = inst,
                           .entry = e->frame ? e->frame->entry : NULL,
                           .irql_at_entry = t.irql,
                           .locks_at_entry = t.locks,
                           .callback_of = e->frame ? e->frame->callback_of : 0,
                           .callback_kind = e->frame ? e->frame->callback_kind : CB_NONE };

    e->frame = &frame;
    e->depth++;
    uint32_t start = out->count;

    exec_function(e, inner, fn, &t, out);
    e->depth--;
    e->frame = frame.up;
    if (key && !e->cut)
        memo_learn(e, key, &t, out, start);
    /* What was only assumed inside, after a report or by an annotation, ends with the call. */
    for (uint32_t i = start; i < out->count && !v_same(level, clamped); i++)
        if (v_same(out->items[i].s.irql, clamped))
            out->items[i].s.irql = level;
    /* Callers read the trace as a list of calls; a return keeps the levels apart. */
    for (uint32_t i = start; i < out->count && inst != NC_NONE; i++)
        trace_add(e, &out->items[i].s, TR_RETURN, e->m->insts[inst].loc, ctx, 0, "returns");
}

/* An entry is taken out of a list that is only known by a pointer into it: what pointed at the entry points elsewhere
 * now. */
static void unlinked(struct engine *e, struct state *s, struct val entry)
{
    if (entry.kind != V_SYM || e->u.symbols[entry.id].kind != SYM_LAZY)
        return;
    struct symbol y = e->u.symbols[entry.id];
    struct val now = mem_load(e, s, y.a, y.c, 64, y.type);

    if (v_same(now, entry))
        mem_fill(e, s, y.a, y.c, y.c + 64, new_epoch(e));
}

static void call_function(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, nc_id fn,
                          const struct val *args, uint32_t arg_count, struct exits *out)
{
    const struct fn_info *info = fn_info(e, fn);
    const struct nc_contract *c = info->contract;
    struct state t = *s;

    if (e->cut)
        return;
    /* What a system function is given a pointer to counts as read. */
    const uint64_t ops = nc_contract_ops(c),
                   only_reads = NC_OP(READS) | NC_OP(BLOCKS) | NC_OP(SIGNALS) | NC_OP(RETURNS) | NC_OP(THROWS);
    bool reads = e->watch && (e->m->functions[fn].flags & NC_FN_SYSTEM) && !(ops & ~only_reads);
    bool frees = (ops & (NC_OP(FREE) | NC_OP(FREE_OBJECT) | NC_OP(DETACH_DONE))) != 0;

    for (uint32_t i = 0; i < arg_count; i++) {
        uint32_t object;
        int64_t off;

        bool followed = !c || !c->effect_count;

        for (uint32_t k = 0; c && k < c->effect_count; k++)
            followed |= c->effects[k].a[0] == (int)i;
        if (reads && args[i].kind == V_ADDR)
            watch_read(e, args[i].id, args[i].off, 64);
        if (followed && pmap_count(s->objs) && (e->m->functions[fn].flags & NC_FN_SYSTEM) &&
            !(e->m->functions[fn].flags & NC_FN_VARIADIC) && !frees && !info->has_body &&
            point_at(e, args[i], &object, &off) && pmap_find(s->objs, object_base(&e->u, object), OS_BINDING))
            binding_on_access(e, ctx, inst, &t, object);
    }
    if (c && (c->effect_count || !info->has_body || (e->m->functions[fn].flags & NC_FN_SYSTEM)))
        irql_check_call(e, ctx, inst, &t, c, fn, args, arg_count);
    if (c && c->effect_count && (!info->has_body || (e->m->functions[fn].flags & NC_FN_SYSTEM) || e->fn_relevant[fn])) {
        /* Only out parameters and the like: it may write through what it is given, too. */
        bool plain = !(ops & ~(only_reads | NC_OP(WRITES) | NC_OP(KEEPS) | NC_OP(CALLS)));

        for (uint32_t i = 0; plain && i < arg_count; i++)
            havoc_locals_behind(e, &t, args[i]);
        apply_contract(e, ctx, inst, &t, c, fn, args, arg_count, out);
        return;
    }
    if (info->has_body) {
        uint32_t start = out->count;

        call_body(e, ctx, inst, &t, fn, args, arg_count, out);
        for (uint32_t i = start; fn == e->remove_entry_fn && arg_count && i < out->count; i++)
            unlinked(e, &out->items[i].s, args[0]);
        return;
    }
    if (!c)
        irql_check_call(e, ctx, inst, &t, NULL, fn, args, arg_count);
    if (e->m->functions[fn].flags & NC_FN_NORETURN)
        return;
    call_unknown(e, ctx, inst, &t, fn, args, arg_count, out);
}

/* Functions that were seen to be put into the field (or the table) that the callee was loaded from. */
static uint32_t targets_of(struct engine *e, struct val callee, nc_id inst, nc_id *out, uint32_t cap)
{
    const struct nc_module *m = e->m;
    nc_id field = NC_NONE, global = NC_NONE;
    uint32_t n = 0;

    if (inst != NC_NONE) {
        const struct nc_expr *x = &m->exprs[m->insts[inst].b];

        while (x->op == NC_EX_LOAD || x->op == NC_EX_CAST) {
            x = &m->exprs[x->a];
            if (x->op == NC_EX_FIELD) {
                field = x->b;
                break;
            }
            if (x->op == NC_EX_INDEX) {
                const struct nc_expr *b = &m->exprs[x->a];

                if (b->op == NC_EX_FIELD)
                    field = b->b;
                else if (b->op == NC_EX_GLOBAL)
                    global = b->a;
                break;
            }
        }
    }
    if (field == NC_NONE && global == NC_NONE && callee.kind == V_SYM && e->u.symbols[callee.id].kind == SYM_LAZY) {
        struct symbol y = e->u.symbols[callee.id];
        const struct object *o = &e->u.objects[y.a];

        if (o->record != NC_NONE) {
            field = field_at(e, o->record, y.c, NULL);
        } else if (o->kind == OBJ_ELEM && e->u.objects[o->a].kind == OBJ_GLOBAL) {
            global = e->u.objects[o->a].a;
        }
    }
    for (uint32_t i = 0; i < e->fill_count && n < cap; i++) {
        const struct slot_fill *p = &e->fills[i];
        bool dup = false;

        if (!(field != NC_NONE && p->field == field) && !(global != NC_NONE && p->global == global))
            continue;
        for (uint32_t k = 0; k < n; k++)
            dup |= out[k] == p->fn;
        if (!dup)
            out[n++] = p->fn;
    }
    return n;
}

void call_value(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, struct val callee,
                const struct val *args, uint32_t arg_count, struct exits *out)
{
    nc_id targets[MAX_TARGETS + 1];

    if (callee.kind == V_ADDR && e->u.objects[callee.id].kind == OBJ_FUNC) {
        call_function(e, ctx, inst, s, e->u.objects[callee.id].a, args, arg_count, out);
        return;
    }
    uint32_t n = targets_of(e, callee, inst, targets, MAX_TARGETS + 1);

    if (n == 0 || n > MAX_TARGETS) {
        call_unknown(e, ctx, inst, s, NC_NONE, args, arg_count, out);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        call_function(e, ctx, inst, s, targets[i], args, arg_count, out);
}
