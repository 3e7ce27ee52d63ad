/*
 * The life of a whole driver: its entry, then whatever the system calls in any order, then unload. States go through
 * it, and the lifetime rules with them.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

#define RUNNING_LIMIT 12
#define ROUNDS        3
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
    return runs_once(en) ? runs_in_life(e, en->fn)
                         : e->fn_relevant[en->fn] || e->fn_touches[en->fn] || (!e->big && e->fn_frees[en->fn]);
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
    if (!runs_once(&en) || token_take(e, &from, &en)) {
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
        if (dispatch_role(&e->entries[k]) && takes_part(e, &e->entries[k]) &&
            (dispatched_majors(e, s, e->entries[k].fn) & 1u << MAJOR_CREATE))
            return true;
    return false;
}

static bool life_is_long(struct engine *e, uint64_t spent) { return spent > (e->big ? LIFE_WORK / 4 : LIFE_WORK); }

static void run_callbacks(struct engine *e, struct states *running, struct state from, uint64_t *spent)
{
    struct exits x = { 0 };
    struct run run = run_begin(e);

    for (const struct pmap *p = pmap_ceiling(from.res, 0, INT64_MIN); p; p = pmap_ceiling(from.res, p->obj, p->off + 1))
        if (p->off == RS_STATE && p->val.id == RES_LIVE && !e->u.resources[p->obj].sym &&
            !res_kind(e, p->obj)->handle_is_address) {
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

void life_run(struct engine *e)
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
