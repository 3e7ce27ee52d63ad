/*
 * Calls that need no second execution. In a large driver a function that leaves typestates, locks and IRQL as they were
 * on every way out is executed once for each level, set of held locks and constants that it is called with; what it
 * reports it has reported then. Later calls of the same kind get its returned values' classes, and forget what their
 * arguments point at.
 */
#include <stdlib.h>

#include "analysis/engine.h"

#define MAX_RETURNS 6

struct memo {
    uint64_t key;
    bool neutral;
    uint32_t count;
    struct {
        bool is_void;
        struct range range;
    } ret[MAX_RETURNS];
};

uint64_t memo_key(struct engine *e, const struct state *s, nc_id fn, const struct val *args, uint32_t arg_count)
{
    uint64_t h = nc_mix(nc_mix(0x6d656d6f, fn), pmap_hash(s->locks));

    if (!e->big || e->watch || e->side || (!e->generic && (e->fn_relevant[fn] || e->fn_touches[fn])) ||
        pmap_count(s->objs) > 200)
        return 0;
    /* Bindings that were completed are watched in memory: their paths are executed. */
    for (const struct pmap *p = pmap_ceiling(s->objs, 0, INT64_MIN); p; p = pmap_ceiling(s->objs, p->obj, p->off + 1))
        if (p->off == OS_BINDING)
            return 0;
    if (e->fn_relevant[fn])
        return 0;
    struct range q = range_of(e, s, s->irql);

    h = nc_mix(nc_mix(h, (uint64_t)q.lo), (uint64_t)q.hi);
    h = nc_mix(h, s->irql.kind == V_SYM ? e->u.symbols[s->irql.id].flags & SYMF_IRQL_UNSURE : 7);
    h = nc_mix(h, (uint64_t)e->generic << 2 | (uint64_t)e->lifetime_rules << 1 | e->quiet);
    for (uint32_t i = 0; i < arg_count; i++) {
        int64_t n;

        if (args[i].kind == V_ADDR && e->u.objects[args[i].id].kind == OBJ_FUNC)
            h = nc_mix(h, args[i].id);
        else if (const_of(e, s, args[i], &n))
            h = nc_mix(h, (uint64_t)n * 3 + 1);
        else
            h = nc_mix(h, (uint64_t)(truth_of(e, s, args[i]) + 2));
    }
    return h ? h : 1;
}

static struct memo *memo_find(struct engine *e, uint64_t key)
{
    if (!e->memo_cap)
        return NULL;
    for (uint64_t i = key;; i++) {
        struct memo *m = &e->memos[i & (e->memo_cap - 1)];

        if (!m->key)
            return NULL;
        if (m->key == key)
            return m;
    }
}

bool memo_use(struct engine *e, uint64_t key, uint32_t ctx, nc_id inst, const struct state *s, nc_id fn,
              const struct val *args, uint32_t arg_count, struct exits *out)
{
    const struct memo *m = memo_find(e, key);
    nc_id type = inst == NC_NONE ? NC_NONE : e->m->insts[inst].type;

    if (!m || !m->neutral)
        return false;
    for (uint32_t i = 0; i < m->count; i++) {
        struct state t = *s;
        struct val ret = v_none();

        call_havoc(e, ctx, inst, &t, fn, args, arg_count);
        if (!m->ret[i].is_void) {
            ret = m->ret[i].range.lo == m->ret[i].range.hi ? v_int(m->ret[i].range.lo)
                                                           : fresh(e, &t, ctx, inst, 30 + i, type);
            if (ret.kind == V_SYM)
                set_range(e, &t, ret.id, m->ret[i].range);
        }
        exits_add(e, out, &t, ret, NC_NONE);
    }
    return true;
}

static void insert(struct engine *e, const struct memo *m)
{
    if (e->memo_count * 2 >= e->memo_cap) {
        struct memo *old = e->memos;
        uint32_t n = e->memo_cap;

        e->memo_cap = n ? n * 2 : 1024;
        e->memos = calloc(e->memo_cap, sizeof *e->memos);
        if (!e->memos)
            exit(2);
        e->memo_count = 0;
        for (uint32_t i = 0; i < n; i++)
            if (old[i].key)
                insert(e, &old[i]);
        free(old);
    }
    uint64_t i = m->key;

    while (e->memos[i & (e->memo_cap - 1)].key)
        i++;
    e->memos[i & (e->memo_cap - 1)] = *m;
    e->memo_count++;
}

void memo_learn(struct engine *e, uint64_t key, const struct state *before, const struct exits *x, uint32_t start)
{
    struct memo m = { .key = key, .neutral = true };

    if (memo_find(e, key))
        return;
    for (uint32_t i = start; i < x->count; i++) {
        const struct exit_state *p = &x->items[i];
        struct range r = range_of(e, &p->s, p->ret);
        uint32_t k = 0;

        if (pmap_hash(p->s.res) != pmap_hash(before->res) || pmap_hash(p->s.locks) != pmap_hash(before->locks) ||
            !v_same(p->s.irql, before->irql))
            m.neutral = false;
        while (k < m.count &&
               !(m.ret[k].is_void == (p->ret.kind == V_NONE) && m.ret[k].range.lo == r.lo && m.ret[k].range.hi == r.hi))
            k++;
        if (k < m.count)
            continue;
        if (m.count == MAX_RETURNS) { /* too many to tell apart: anything */
            for (k = 1; k < m.count; k++) {
                m.ret[0].range.lo = m.ret[0].range.lo < m.ret[k].range.lo ? m.ret[0].range.lo : m.ret[k].range.lo;
                m.ret[0].range.hi = m.ret[0].range.hi > m.ret[k].range.hi ? m.ret[0].range.hi : m.ret[k].range.hi;
            }
            m.ret[0].range.lo = m.ret[0].range.lo < r.lo ? m.ret[0].range.lo : r.lo;
            m.ret[0].range.hi = m.ret[0].range.hi > r.hi ? m.ret[0].range.hi : r.hi;
            m.ret[0].range.ne_count = 0;
            m.count = 1;
            continue;
        }
        m.ret[m.count].is_void = p->ret.kind == V_NONE;
        m.ret[m.count++].range = r;
    }
    insert(e, &m);
}

void memo_clear(struct engine *e)
{
    free(e->memos);
    e->memos = NULL;
    e->memo_count = e->memo_cap = 0;
}
