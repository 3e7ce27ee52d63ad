/*
 * Routines that run once for each time that they are queued: a state holds a token for each that waits for its run.
 */
#include <stdlib.h>

#include "analysis/engine.h"

bool runs_in_life(struct engine *e, nc_id fn) { return e->fn_relevant[fn] || e->fn_touches[fn] || e->fn_frees[fn]; }

bool runs_once(const struct entry *en) { return en->role && en->role->once; }

void token_put(struct engine *e, struct state *s, nc_id fn, struct val context, uint8_t param)
{
    s->res = pmap_set(e->arena, s->res, TOKEN_KEY, 1000 + (int64_t)fn, param, context);
}

bool token_take(struct engine *e, struct state *s, struct entry *en)
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
        if (e->entries[k].fn == en->fn && runs_once(&e->entries[k]))
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
