/*
 * Execution of one function activation: blocks in reverse post-order, every path on its own as long as there are few;
 * paths whose typestates, locks and IRQL agree are joined when they become many (property simulation), and loops are
 * executed exactly for a few rounds and widened then.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

/* Different states at a loop's head before widening: constant tables of that size stay exact. Where the loop itself
 * splits paths nothing is gained by many rounds. */
#define LOOP_EXACT     14
#define LOOP_SPLITTING 4
#define PENDING_LIMIT  32
#define EXIT_LIMIT     12
/* In a large driver, in functions that lead to nothing that the lifetime rules speak of: locks and the IRQL are kept
 * apart anyway. */
#define PLAIN_PENDING 3
#define PLAIN_EXITS   2

struct widened {
    uint64_t key;
    struct state s;
};

struct slot { /* of one block */
    struct state *pending;
    uint32_t count, cap;
    uint64_t *seen; /* hashes of the states that have been here */
    uint32_t seen_count, seen_cap;
    struct widened *wide;
    uint32_t wide_count, wide_cap;
};

struct activation {
    struct engine *e;
    uint32_t ctx;
    nc_id fn;
    const struct nc_function *f;
    const struct fn_info *info;
    struct slot *slots;
    uint32_t lowest; /* lowest position with something pending */
    uint32_t splits; /* branches in loops that went both ways */
    struct exits *out;
};

void exits_add(struct engine *e, struct exits *x, const struct state *s, struct val ret, nc_id loc)
{
    (void)e;
    if (x->count == x->cap) {
        x->cap = x->cap ? x->cap * 2 : 4;
        x->items = nc_xrealloc(x->items, sizeof *x->items * x->cap);
    }
    x->items[x->count++] = (struct exit_state){ *s, ret, loc };
}

/* ---- arriving at a block ---- */

static void drop_dead(struct activation *a, uint32_t block, struct state *s)
{
    struct engine *e = a->e;

    if (!a->info->live_words)
        return;
    const uint64_t *live = a->info->live_in + (size_t)block * a->info->live_words;
    uint32_t temps = u_object(&e->u, OBJ_TEMPS, a->ctx, 0, 0);

    for (const struct pmap *c = pmap_ceiling(s->mem, temps, 0), *next; c && c->obj == temps; c = next) {
        int64_t i = c->off;

        if (i < 0 || i >= a->f->temp_count || !(live[i / 64] >> (i % 64) & 1))
            s->mem = pmap_remove(e->arena, s->mem, temps, i);
        next = pmap_ceiling(s->mem, temps, i + 1);
    }
    for (uint32_t i = 0; i < a->f->local_count; i++) {
        const struct nc_local *l = &e->m->locals[a->f->first_local + i];
        uint32_t bit = a->f->temp_count + i;
        uint8_t kind = e->m->types[l->type].kind;

        if (i < a->f->param_count || (l->flags & NC_LOCAL_ADDRESS_TAKEN) || kind == NC_TY_RECORD ||
            kind == NC_TY_ARRAY || (live[bit / 64] >> (bit % 64) & 1))
            continue;
        uint32_t object = u_object(&e->u, OBJ_LOCAL, a->ctx, a->f->first_local + i, 0);

        if (pmap_find(s->mem, object, 0))
            s->mem = pmap_remove(e->arena, s->mem, object, 0);
    }
}

static bool seen_before(struct slot *k, uint64_t hash)
{
    for (uint32_t i = 0; i < k->seen_count; i++)
        if (k->seen[i] == hash)
            return true;
    if (k->seen_count == k->seen_cap) {
        k->seen_cap = k->seen_cap ? k->seen_cap * 2 : 8;
        k->seen = nc_xrealloc(k->seen, sizeof *k->seen * k->seen_cap);
    }
    k->seen[k->seen_count++] = hash;
    return false;
}

static void push(struct activation *a, uint32_t block, const struct state *s)
{
    struct slot *k = &a->slots[block];

    if (k->count == k->cap) {
        k->cap = k->cap ? k->cap * 2 : 4;
        k->pending = nc_xrealloc(k->pending, sizeof *k->pending * k->cap);
    }
    k->pending[k->count++] = *s;
    if (a->info->rank[block] < a->lowest)
        a->lowest = a->info->rank[block];
}

/* What a path has learned of the level that the function was called at: guards ask it again. */
static uint64_t with_level(struct engine *e, const struct state *s, uint64_t key)
{
    if (!e->frame || e->frame->irql_at_entry.kind != V_SYM)
        return key;
    struct range r = range_of(e, s, e->frame->irql_at_entry);

    return nc_mix(nc_mix(key, (uint64_t)r.lo), (uint64_t)r.hi);
}

static uint64_t merge_key(struct engine *e, const struct state *s, bool flags)
{
    return with_level(e, s, flags ? state_flags_key(e, s) : state_key(s));
}

static uint64_t loop_key(struct engine *e, const struct state *s) { return with_level(e, s, state_targets_key(e, s)); }

static void arrive(struct activation *a, uint32_t block, struct state s)
{
    struct engine *e = a->e;
    struct slot *k = &a->slots[block];
    bool head = a->info->block_flags[block] & BF_LOOP_HEAD;

    drop_dead(a, block, &s);
    if (head)
        state_collect(e, &s);
    if (seen_before(k, state_hash(&s)))
        return;
    e->stat_states++;
    if (head && k->seen_count > (a->splits ? LOOP_SPLITTING : LOOP_EXACT)) {
        uint64_t key = loop_key(e, &s);

        for (uint32_t i = 0; i < k->wide_count; i++) {
            if (k->wide[i].key != key)
                continue;
            struct state j = state_join(e, &k->wide[i].s, &s, a->ctx, block, true);

            state_collect(e, &j);
            if (state_equal(&j, &k->wide[i].s))
                return;
            k->wide[i].s = j;
            /* What still waits to go round is part of it. */
            for (uint32_t q = 0; q < k->count; q++)
                if (loop_key(e, &k->pending[q]) == key) {
                    k->pending[q] = j;
                    return;
                }
            push(a, block, &j);
            return;
        }
        if (k->wide_count > 4 * PENDING_LIMIT) { /* typestates without end: give up on this loop */
            e->stat_cut++;
            return;
        }
        if (k->wide_count == k->wide_cap) {
            k->wide_cap = k->wide_cap ? k->wide_cap * 2 : 4;
            k->wide = nc_xrealloc(k->wide, sizeof *k->wide * k->wide_cap);
        }
        k->wide[k->wide_count++] = (struct widened){ key, s };
    }
    push(a, block, &s);
}

/* ---- one block ---- */

static void run_from(struct activation *a, uint32_t block, uint32_t i, struct state s);

static void do_store(struct activation *a, nc_id inst, const struct nc_inst *in, struct state *s)
{
    struct engine *e = a->e;
    struct val at = eval(e, s, a->ctx, in->a), v = eval(e, s, a->ctx, in->b);
    uint64_t bits = access_bits(e, in->a, in->type);
    uint32_t object;
    int64_t off;

    if (!point_at(e, at, &object, &off))
        return;
    const struct nc_expr *x = &e->m->exprs[in->a];

    if (bits < (uint64_t)type_bits(e, in->type) && v.kind == V_INT) /* a bit-field keeps its own bits only */
        v = v_int(v.off & (int64_t)(((uint64_t)1 << bits) - 1));
    if (x->op == NC_EX_FIELD && e->m->types[in->type].kind == NC_TY_POINTER && !(v.kind == V_INT && v.off == 0)) {
        const struct pmap *pool = v.kind == V_ADDR ? pmap_find(s->soft, v.id, OS_POOL) : NULL;

        e->field_pools[x->b] |= (uint8_t)(1u << (pool ? pool->val.id : NC_POOL_UNKNOWN));
    }
    if (v.kind == V_ADDR && e->u.objects[v.id].kind == OBJ_FUNC)
        note_slot_store(e, s, in->a, in->loc, v);
    if (pmap_count(s->objs) && pmap_find(s->objs, object_base(&e->u, object), OS_BINDING))
        binding_on_access(e, a->ctx, inst, s, object);
    before_overwrite(e, a->ctx, inst, s, object, off, bits, v);
    mem_store(e, s, object, off, bits, v);
    late_write(e, a->ctx, inst, s, object, off, bits, v);
}

static void do_copy(struct activation *a, nc_id inst, const struct nc_inst *in, struct state *s)
{
    struct engine *e = a->e;
    struct val to = eval(e, s, a->ctx, in->a), from = eval(e, s, a->ctx, in->b);
    uint32_t to_obj, from_obj;
    int64_t to_off, from_off, bits = type_bits(e, in->type);

    if (!point_at(e, to, &to_obj, &to_off))
        return;
    if (!point_at(e, from, &from_obj, &from_off)) {
        mem_havoc(e, s, to_obj, to_off, to_off + bits, true);
        return;
    }
    if (e->watch)
        watch_read(e, from_obj, from_off, (uint64_t)bits);
    mem_copy(e, s, to_obj, to_off, from_obj, from_off, bits);
    late_write(e, a->ctx, inst, s, to_obj, to_off, (uint64_t)bits, v_none());
}

static void do_call(struct activation *a, uint32_t block, uint32_t i, const struct nc_inst *in, struct state *s)
{
    struct engine *e = a->e;
    nc_id inst = (nc_id)(in - e->m->insts);
    struct val args[MAX_ARGS];
    uint32_t n = in->arg_count < MAX_ARGS ? in->arg_count : MAX_ARGS;
    struct exits x = { 0 };
    struct val callee = eval(e, s, a->ctx, in->b);

    for (uint32_t k = 0; k < n; k++)
        args[k] = eval(e, s, a->ctx, e->m->args[in->c + k]);
    e->stat_calls++;
    call_value(e, a->ctx, inst, s, callee, args, n, &x);
    for (uint32_t k = 0; k < x.count; k++) {
        struct state *t = &x.items[k].s;

        if (in->a != NC_NONE)
            temp_set(e, t, a->ctx, in->a,
                     x.items[k].ret.kind == V_NONE ? fresh(e, t, a->ctx, inst, 60, in->type) : x.items[k].ret);
        run_from(a, block, i + 1, *t);
    }
    free(x.items);
}

/* A test of what was in memory before the run: a flag or a counter that may follow what the run does not know of. */
static bool by_unknown_memory(struct engine *e, struct val v, int depth)
{
    if (v.kind != V_SYM || depth > 6)
        return false;
    struct symbol y = e->u.symbols[v.id];

    if (y.kind == SYM_EXPR)
        return by_unknown_memory(e, y.x, depth + 1) || by_unknown_memory(e, y.y, depth + 1);
    if (y.kind != SYM_LAZY || type_bits(e, y.type) > 32)
        return false;
    uint8_t kind = e->u.objects[object_base(&e->u, y.a)].kind;

    return kind == OBJ_GLOBAL || kind == OBJ_SYM;
}

static void branch(struct activation *a, uint32_t block, const struct nc_block *k, struct state s)
{
    struct engine *e = a->e;
    struct val v = eval_condition(e, &s, a->ctx, k->expr);
    int known = truth_of(e, &s, v);

    if (known >= 0) {
        arrive(a, k->succ[known ? 0 : 1], s);
        return;
    }
    if (e->generic && e->lifetime_rules && pmap_count(s.res) && by_unknown_memory(e, v, 0))
        s.flags |= STATE_GUARDED;
    struct state t = s;

    if (a->info->block_flags[block] & BF_IN_LOOP)
        a->splits++;
    if (assume(e, &t, v, true)) {
        trace_add(e, &t, TR_BRANCH, k->loc, a->ctx, 0, "the condition is true");
        arrive(a, k->succ[0], t);
    }
    if (assume(e, &s, v, false)) {
        trace_add(e, &s, TR_BRANCH, k->loc, a->ctx, 0, "the condition is false");
        arrive(a, k->succ[1], s);
    }
}

static void multiway(struct activation *a, const struct nc_block *k, struct state s)
{
    struct engine *e = a->e;
    struct val v = eval_condition(e, &s, a->ctx, k->expr);
    struct state rest = s;
    bool rest_possible = true;

    for (uint32_t i = 0; i < k->case_count; i++) {
        const struct nc_case *c = &e->m->cases[k->first_case + i];
        struct state t = s;

        if (assume_compare(e, &t, NC_EX_GE, v, v_int(c->lo)) && assume_compare(e, &t, NC_EX_LE, v, v_int(c->hi))) {
            if (v.kind != V_INT)
                trace_add(e, &t, TR_BRANCH, k->loc, a->ctx, 0, "control goes to a case label");
            arrive(a, c->target, t);
        }
        if (rest_possible && c->lo == c->hi)
            rest_possible = assume_compare(e, &rest, NC_EX_NE, v, v_int(c->lo));
        else if (rest_possible && v.kind == V_INT && v.off >= c->lo && v.off <= c->hi)
            rest_possible = false;
    }
    if (rest_possible)
        arrive(a, k->succ[0], rest);
}

static void terminate(struct activation *a, uint32_t block, struct state s)
{
    struct engine *e = a->e;
    const struct nc_block *k = &e->m->blocks[a->f->first_block + block];

    e->current_inst = NC_NONE;
    e->current_loc = k->loc;
    switch ((enum nc_term)k->term) {
    case NC_TERM_JUMP:
        arrive(a, k->succ[0], s);
        break;
    case NC_TERM_BRANCH:
        branch(a, block, k, s);
        break;
    case NC_TERM_SWITCH:
        multiway(a, k, s);
        break;
    case NC_TERM_RETURN:
        exits_add(e, a->out, &s, k->expr == NC_NONE ? v_none() : eval(e, &s, a->ctx, k->expr), k->loc);
        a->out->items[a->out->count - 1].s = s;
        break;
    case NC_TERM_EXCEPTION: {
        struct state t = s;

        bool called = k->inst_count && e->m->insts[k->first_inst + k->inst_count - 1].op == NC_IN_CALL;

        trace_add(e, &t, TR_BRANCH, k->loc, a->ctx, 0, "an exception is raised");
        /* Raised by some access in the block, if at all: enough to look at the handler, not to report what leads there.
         */
        if (!called)
            t.flags |= STATE_SHAKY;
        arrive(a, k->succ[1], t);
        arrive(a, k->succ[0], s);
        break;
    }
    case NC_TERM_UNREACHABLE:
    case NC_TERM_COUNT:
        break;
    }
}

static void run_from(struct activation *a, uint32_t block, uint32_t i, struct state s)
{
    struct engine *e = a->e;
    const struct nc_block *k = &e->m->blocks[a->f->first_block + block];

    for (; i < k->inst_count; i++) {
        const struct nc_inst *in = &e->m->insts[k->first_inst + i];

        e->work += 1 + pmap_count(s.mem) / 64;
        if (e->work > e->work_limit || nc_arena_used(e->arena) > e->memory_limit) {
            e->cut = true;
            return;
        }
        e->current_inst = k->first_inst + i;
        e->current_loc = in->loc;
        switch ((enum nc_inst_op)in->op) {
        case NC_IN_SET:
            temp_set(e, &s, a->ctx, in->a, eval(e, &s, a->ctx, in->b));
            break;
        case NC_IN_STORE:
            do_store(a, k->first_inst + i, in, &s);
            break;
        case NC_IN_COPY:
            do_copy(a, k->first_inst + i, in, &s);
            break;
        case NC_IN_CALL:
            do_call(a, block, i, in, &s);
            return;
        case NC_IN_ASSUME: {
            struct val v = eval_condition(e, &s, a->ctx, in->a);

            if (!assume(e, &s, v, true))
                return;
            break;
        }
        case NC_IN_SCOPE:
        case NC_IN_END:
            mem_drop_object(e, &s, u_object(&e->u, OBJ_LOCAL, a->ctx, a->f->first_local + in->a, 0));
            break;
        case NC_IN_COUNT:
            break;
        }
    }
    terminate(a, block, s);
}

/* Joins what agrees in typestates, so that the number of paths stays in bounds; first only what agrees in its flags,
 * too. */
static void merge_pending(struct activation *a, uint32_t block, bool flags)
{
    struct slot *k = &a->slots[block];
    uint64_t *keys =
        nc_xmalloc(sizeof *keys * (k->count + 1)); /* of what is kept: a key takes a walk over the memory */
    uint32_t n = 0;

    for (uint32_t i = 0; i < k->count; i++) {
        uint64_t key = merge_key(a->e, &k->pending[i], flags);
        uint32_t j = 0;

        while (j < n && keys[j] != key)
            j++;
        if (j == n) {
            keys[n] = key;
            k->pending[n++] = k->pending[i];
        } else {
            k->pending[j] = state_join(a->e, &k->pending[j], &k->pending[i], a->ctx, block, false);
            keys[j] = merge_key(a->e, &k->pending[j], flags);
        }
    }
    k->count = n;
    free(keys);
}

/* ---- exits ---- */

/* What a caller can tell apart by the returned value. */
static uint64_t ret_class(struct engine *e, const struct exit_state *x)
{
    struct range r;

    if (x->ret.kind == V_NONE)
        return 1;
    if (x->ret.kind == V_ADDR)
        return nc_mix(x->ret.id, (uint64_t)x->ret.off);
    if (x->ret.kind == V_UNINIT)
        return 2;
    if (x->ret.kind == V_SYM && e->u.symbols[x->ret.id].kind == SYM_HANDLE)
        return nc_mix(7, x->ret.id);
    r = range_of(e, &x->s, x->ret);
    if (r.lo == r.hi)
        return nc_mix(3, (uint64_t)r.lo);
    if (r.hi < 0)
        return 4;
    if (r.lo > 0)
        return 5;
    for (uint32_t i = 0; i < r.ne_count; i++)
        if (r.ne[i] == 0)
            return 8;
    return r.lo >= 0 ? 6 : 9;
}

static void merge_exits(struct engine *e, uint32_t ctx, struct exits *x, uint32_t start, bool flags)
{
    uint32_t n = start, slot_obj = u_object(&e->u, OBJ_TEMPS, ctx, 0, 0);
    uint64_t *keys = nc_xmalloc(sizeof *keys * (x->count - start + 1));
    const int64_t slot_off = INT32_MAX;

    for (uint32_t i = start; i < x->count; i++) {
        struct exit_state *p = &x->items[i];
        uint64_t key = nc_mix(merge_key(e, &p->s, flags), ret_class(e, p));
        uint32_t j = start;

        while (j < n && keys[j - start] != key)
            j++;
        if (j == n) {
            keys[n - start] = key;
            x->items[n++] = *p;
            continue;
        }
        struct state s1 = x->items[j].s, s2 = p->s;

        s1.mem = pmap_set(e->arena, s1.mem, slot_obj, slot_off, 0, x->items[j].ret);
        s2.mem = pmap_set(e->arena, s2.mem, slot_obj, slot_off, 0, p->ret);
        struct state joined = state_join(e, &s1, &s2, ctx, UINT32_MAX, false);
        const struct pmap *c = pmap_find(joined.mem, slot_obj, slot_off);

        x->items[j].ret = c ? c->val : x->items[j].ret;
        joined.mem = pmap_remove(e->arena, joined.mem, slot_obj, slot_off);
        x->items[j].s = joined;
        keys[j - start] = nc_mix(merge_key(e, &joined, flags), ret_class(e, &x->items[j]));
    }
    x->count = n;
    free(keys);
}

static void drop_equal_exits(struct exits *x, uint32_t start)
{
    uint32_t n = start;

    for (uint32_t i = start; i < x->count; i++) {
        uint32_t j = start;

        while (j < n && !(v_same(x->items[j].ret, x->items[i].ret) && state_equal(&x->items[j].s, &x->items[i].s)))
            j++;
        if (j == n)
            x->items[n++] = x->items[i];
    }
    x->count = n;
}

/* Locals, temps, and the facts about what only they knew. */
static void drop_frame(struct engine *e, uint32_t ctx, const struct nc_function *f, struct state *s)
{
    mem_drop_object(e, s, u_object(&e->u, OBJ_TEMPS, ctx, 0, 0));
    for (uint32_t i = 0; i < f->local_count; i++)
        mem_drop_object(e, s, u_object(&e->u, OBJ_LOCAL, ctx, f->first_local + i, 0));
}

static void collect_exit(struct engine *e, struct exit_state *x)
{
    /* The returned value counts as mentioned. */
    uint32_t slot = u_object(&e->u, OBJ_TEMPS, 0, 0, 0);

    x->s.mem = pmap_set(e->arena, x->s.mem, slot, 0, 0, x->ret);
    state_collect(e, &x->s);
    x->s.mem = pmap_remove(e->arena, x->s.mem, slot, 0);
}

void exec_function(struct engine *e, uint32_t ctx, nc_id fn, const struct state *s, struct exits *out)
{
    const struct nc_function *f = &e->m->functions[fn];
    const struct fn_info *info = fn_info(e, fn);
    struct activation a = { e, ctx, fn, f, info, calloc(f->block_count, sizeof(struct slot)), UINT32_MAX, 0, out };
    uint32_t start = out->count;

    bool plain = e->big && e->generic && !e->fn_relevant[fn];

    if (!a.slots)
        exit(2);
    e->fn_executed[fn] = e->fn_seen[fn] = 1;
    arrive(&a, 0, *s);
    while (a.lowest < info->reachable && !e->cut) {
        uint32_t block = info->schedule[a.lowest];
        struct slot *k = &a.slots[block];

        if (!k->count) {
            a.lowest++;
            continue;
        }
        uint32_t limit = e->options && e->options->state_limit ? e->options->state_limit
                         : plain                               ? PLAIN_PENDING
                         : e->big                              ? PENDING_LIMIT / 4
                                                               : PENDING_LIMIT;

        for (int coarse = 0; coarse < 2 && k->count > limit; coarse++)
            merge_pending(&a, block, !coarse);
        struct state next = k->pending[--k->count];

        run_from(&a, block, 0, next);
    }
    for (uint32_t b = 0; b < f->block_count; b++) {
        free(a.slots[b].pending);
        free(a.slots[b].seen);
        free(a.slots[b].wide);
    }
    free(a.slots);
    if (e->frame)
        irql_check_exits(e, ctx, fn, e->frame, out);
    for (uint32_t i = start; i < out->count; i++) {
        frame_leave(e, ctx, fn, &out->items[i].s, out->items[i].ret, out->items[i].loc);
        drop_frame(e, ctx, f, &out->items[i].s);
        if (!e->big || pmap_count(out->items[i].s.facts) > pmap_count(s->facts) + 16)
            collect_exit(e, &out->items[i]);
    }
    drop_equal_exits(out, start);
    for (int coarse = 0; coarse < 2 && out->count - start > (plain    ? PLAIN_EXITS
                                                             : e->big ? EXIT_LIMIT / 3
                                                                      : EXIT_LIMIT);
         coarse++)
        merge_exits(e, ctx, out, start, !coarse);
}
