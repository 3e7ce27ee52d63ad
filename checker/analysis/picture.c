/*
 * The driver's picture, for reports: drawn when all is known, from the calls in the code, the entries, and where
 * handles were seen to be ended. It judges nothing.
 */
#include <string.h>

#include "analysis/engine.h"
#include "report/findings.h"
#include "report/picture.h"

enum { MAX_CALLS = 16, MAX_DEPTH = 400 };

static struct nc_place place_at(struct engine *e, nc_id loc, nc_id fn)
{
    struct nc_arena *a = e->out->arena;
    struct nc_place p = { .file = "", .function = "", .macro = "" };

    if (fn != NC_NONE)
        p.function = nc_arena_strdup(a, fn_name(e, fn));
    if (loc == NC_NONE || e->m->locs[loc].file == NC_NONE)
        return p;
    p.file = nc_arena_strdup(a, nc_string(e->m, e->m->files[e->m->locs[loc].file].path));
    p.line = e->m->locs[loc].line;
    p.col = e->m->locs[loc].col;
    return p;
}

static struct nc_picture_levels levels_of(int min, int max)
{
    return (struct nc_picture_levels){ min > NC_DIRQL ? NC_DIRQL : min, max > NC_DIRQL ? NC_DIRQL : max };
}

static void add_event(struct engine *e, struct nc_picture_event **events, size_t *count, struct nc_picture_event event)
{
    struct nc_picture_event *more = nc_arena_alloc(e->out->arena, (*count + 1) * sizeof *more);

    for (size_t i = 0; i < *count; i++)
        if (strcmp((*events)[i].what, event.what) == 0 && (*events)[i].place.line == event.place.line &&
            strcmp((*events)[i].place.file, event.place.file) == 0)
            return;
    if (*count)
        memcpy(more, *events, *count * sizeof *more);
    more[(*count)++] = event;
    *events = more;
}

static const struct entry *entry_of(struct engine *e, nc_id fn)
{
    for (uint32_t i = 0; i < e->entry_count; i++)
        if (e->entries[i].fn == fn && e->entries[i].role)
            return &e->entries[i];
    return NULL;
}

/* ---- who does what ---- */

static nc_id callee_of(struct engine *e, const struct nc_inst *in)
{
    nc_id x = in->op == NC_IN_CALL ? in->b : NC_NONE;

    while (x != NC_NONE && e->m->exprs[x].op == NC_EX_CAST)
        x = e->m->exprs[x].a;
    return x != NC_NONE && e->m->exprs[x].op == NC_EX_FUNC ? e->m->exprs[x].a : NC_NONE;
}

static bool matters(const struct nc_contract *c)
{
    for (uint32_t i = 0; c && i < c->effect_count; i++)
        switch (c->effects[i].op) {
        case NC_EFF_ACQUIRE:
        case NC_EFF_END:
        case NC_EFF_COMPLETE:
        case NC_EFF_BIND:
        case NC_EFF_DETACH_DONE:
        case NC_EFF_BLOCKS:
            return true;
        default:
            break;
        }
    return false;
}

struct walk {
    bool *seen;
    struct nc_picture_entry *entry;
};

/* Direct calls only: what runs later is an entry of its own. */
static void collect_calls(struct engine *e, struct walk *w, nc_id fn, int depth)
{
    const struct nc_function *f = &e->m->functions[fn];

    if (w->seen[fn] || depth > MAX_DEPTH || (f->flags & NC_FN_SYSTEM))
        return;
    w->seen[fn] = true;
    for (uint32_t b = 0; b < f->block_count; b++) {
        const struct nc_block *k = &e->m->blocks[f->first_block + b];

        for (uint32_t i = 0; i < k->inst_count && w->entry->call_count < MAX_CALLS; i++) {
            const struct nc_inst *in = &e->m->insts[k->first_inst + i];
            nc_id callee = callee_of(e, in);
            const struct nc_contract *c = callee == NC_NONE ? NULL : fn_info(e, callee)->contract;

            if (callee == NC_NONE)
                continue;
            if (matters(c))
                add_event(e, &w->entry->calls, &w->entry->call_count,
                          (struct nc_picture_event){
                              c->name, place_at(e, in->loc, fn), { 0, c->bound_count ? c->bounds[0].max : -1 } });
            else
                collect_calls(e, w, callee, depth + 1);
        }
    }
}

static bool listed(const struct nc_picture *p, const struct nc_picture_entry *entry)
{
    for (size_t i = 0; i < p->entry_count; i++)
        if (strcmp(p->entries[i].place.function, entry->place.function) == 0 &&
            strcmp(p->entries[i].role, entry->role) == 0 && strcmp(p->entries[i].place.file, entry->place.file) == 0)
            return true;
    return false;
}

static void add_entry(struct engine *e, struct nc_picture *p, nc_id fn, const struct nc_role_contract *role)
{
    struct nc_picture_entry *entry = &p->entries[p->entry_count];
    struct walk w = { .entry = entry };

    *entry = (struct nc_picture_entry){
        .role =
            role ? nc_arena_strdup(e->out->arena, role->display && *role->display ? role->display : role->name) : "",
        .place = place_at(e, e->m->functions[fn].loc, fn),
        .levels = role ? levels_of(role->min, role->max) : levels_of(0, -1)
    };
    if (listed(p, entry))
        return;
    w.seen = nc_arena_alloc(e->arena, (e->m->functions_count + 1) * sizeof *w.seen);
    collect_calls(e, &w, fn, 0);
    p->entry_count++;
}

static void draw_entries(struct engine *e, struct nc_picture *p)
{
    p->entries = nc_arena_alloc(e->out->arena, (e->entry_count + 1) * sizeof *p->entries);
    /* In the order of the driver's life. */
    for (int turn = 0; turn < 3; turn++)
        for (uint32_t i = 0; i < e->entry_count; i++) {
            const struct entry *en = &e->entries[i];
            int its = en->fn == e->entry_fn ? 0 : en->role && en->role->phase == NC_PHASE_UNLOAD ? 2 : 1;

            if (its == turn && !(e->m->functions[en->fn].flags & NC_FN_SYSTEM) && (en->role || en->fn == e->entry_fn))
                add_entry(e, p, en->fn, en->role);
        }
}

/* ---- registrations ---- */

/* What an address expression names: a variable, a field of something. */
struct spot {
    nc_id global, field, record;
};

static struct spot spot_of(struct engine *e, nc_id x)
{
    struct spot s = { NC_NONE, NC_NONE, NC_NONE };

    for (;;) {
        const struct nc_expr *ex = &e->m->exprs[x];

        if (ex->op == NC_EX_FIELD && s.field == NC_NONE) {
            s.field = ex->b;
            s.record = ex->aux;
        }
        if (ex->op == NC_EX_GLOBAL)
            s.global = ex->a;
        if (ex->op != NC_EX_FIELD && ex->op != NC_EX_INDEX && ex->op != NC_EX_CAST)
            return s;
        x = ex->a;
    }
}

static const char *spot_text(struct engine *e, struct spot s)
{
    const char *global = s.global == NC_NONE ? "" : nc_string(e->m, e->m->globals[s.global].name);
    const char *field = s.field == NC_NONE ? "" : nc_string(e->m, e->m->fields[s.field].name);

    if (*global && *field)
        return nc_arena_printf(e->out->arena, "%s.%s", global, field);
    if (*field && s.record != NC_NONE) {
        const char *record = nc_string(e->m, e->m->types[s.record].name);

        return nc_arena_printf(e->out->arena, "%s.%s", record + (*record == '_'), field);
    }
    return nc_arena_strdup(e->out->arena, *field ? field : global);
}

static bool ends_here(const struct end_site *site, struct spot handle)
{
    if (site->field == NC_NONE && site->global == NC_NONE)
        return true; /* it came through a parameter or a local: nobody knows which one it is */
    if (site->field != NC_NONE || handle.field != NC_NONE)
        return site->field == handle.field &&
               (site->global == handle.global || site->global == NC_NONE || handle.global == NC_NONE);
    return site->global == handle.global;
}

static void draw_ends(struct engine *e, struct nc_picture_registration *r, uint32_t kind, struct spot handle)
{
    for (uint32_t i = 0; i < e->end_site_count; i++) {
        const struct end_site *site = &e->end_sites[i];
        nc_id callee = callee_of(e, &e->m->insts[site->inst]);
        const struct nc_contract *c = callee == NC_NONE ? NULL : fn_info(e, callee)->contract;
        bool waits = false;
        int stage;

        if (site->kind != kind || !c || !ends_here(site, handle))
            continue;
        for (uint32_t j = 0; j < c->effect_count; j++)
            waits = waits || c->effects[j].op == NC_EFF_COMPLETE;
        stage = waits ? NC_STAGE_WAIT : NC_STAGE_END;
        add_event(e, &r->events[stage], &r->event_counts[stage],
                  (struct nc_picture_event){ c->name,
                                             place_at(e, e->m->insts[site->inst].loc, inst_function(e, site->inst)),
                                             levels_of(0, c->bound_count ? c->bounds[0].max : -1) });
    }
}

static void add_callback(struct engine *e, struct nc_picture_registration *r, const char *slot, nc_id fn)
{
    int stage = strstr(slot, "Attach")    ? NC_STAGE_ATTACH
                : strstr(slot, "Detach")  ? NC_STAGE_DETACH
                : strstr(slot, "Cleanup") ? NC_STAGE_CLEANUP
                                          : -1;
    const struct entry *en = entry_of(e, fn);

    if (stage < 0)
        return;
    add_event(e, &r->events[stage], &r->event_counts[stage],
              (struct nc_picture_event){ nc_arena_strdup(e->out->arena, slot), place_at(e, e->m->functions[fn].loc, fn),
                                         en ? levels_of(en->role->min, en->role->max) : levels_of(0, -1) });
}

static size_t callback_count(const struct nc_picture_registration *r)
{
    return r->event_counts[NC_STAGE_ATTACH] + r->event_counts[NC_STAGE_DETACH] + r->event_counts[NC_STAGE_CLEANUP];
}

static nc_id file_of(struct engine *e, nc_id loc) { return loc == NC_NONE ? NC_NONE : e->m->locs[loc].file; }

/* The callbacks in the characteristics: those of the variable, or, where it is not known, all of the type. */
static void draw_callbacks(struct engine *e, struct nc_picture_registration *r, const struct nc_kind *kind,
                           struct spot chars, nc_id loc)
{
    nc_id record = find_record(e, kind->characteristics);
    const struct nc_type *t = record == NC_NONE ? NULL : &e->m->types[record];
    const struct nc_global *g = chars.global == NC_NONE ? NULL : &e->m->globals[chars.global];

    for (nc_id k = 0; t && k < t->field_count; k++) {
        nc_id field = t->first_field + k;
        const char *slot = nc_string(e->m, e->m->fields[field].name);
        size_t before = callback_count(r);

        for (nc_id i = 0; g && g->type == record && i < g->init_count; i++) {
            const struct nc_init *in = &e->m->inits[g->first_init + i];
            const struct nc_expr *x = &e->m->exprs[in->expr];

            while (x->op == NC_EX_CAST)
                x = &e->m->exprs[x->a];
            if (in->offset == e->m->fields[field].offset && x->op == NC_EX_FUNC)
                add_callback(e, r, slot, x->a);
        }
        if (before != callback_count(r) || (g && g->type == record && g->init_count))
            continue;
        /* By the type alone: those of the file that registers, where it has some. */
        for (int others = 0; others < 2 && before == callback_count(r); others++)
            for (uint32_t i = 0; i < e->fill_count; i++)
                if (e->fills[i].field == field &&
                    (others || file_of(e, e->m->functions[e->fills[i].fn].loc) == file_of(e, loc)))
                    add_callback(e, r, slot, e->fills[i].fn);
    }
}

static void draw_registration(struct engine *e, struct nc_picture *p, nc_id inst, const struct nc_contract *c,
                              const struct nc_effect *f)
{
    const struct nc_inst *in = &e->m->insts[inst];
    uint32_t kind_number = kind_index(e, f->text);
    const struct nc_kind *kind = nc_kind_find(e->contracts, f->text);
    struct nc_picture_registration *r, *more;
    struct spot handle = { NC_NONE, NC_NONE, NC_NONE }, chars = handle;

    if (!kind)
        return;
    more = nc_arena_alloc(e->out->arena, (p->registration_count + 1) * sizeof *more);
    if (p->registration_count)
        memcpy(more, p->registrations, p->registration_count * sizeof *more);
    p->registrations = more;
    r = &more[p->registration_count++];
    if (f->a[0] >= 0 && f->a[0] < (int)in->arg_count)
        handle = spot_of(e, e->m->args[in->c + (uint32_t)f->a[0]]);
    if (f->a[1] >= 0 && f->a[1] < (int)in->arg_count)
        chars = spot_of(e, e->m->args[in->c + (uint32_t)f->a[1]]);
    *r = (struct nc_picture_registration){ .kind = nc_arena_strdup(e->out->arena, kind->display),
                                           .handle = spot_text(e, handle),
                                           .has_callbacks = kind->instance && *kind->instance,
                                           .has_wait = kind->has_wait };
    add_event(e, &r->events[NC_STAGE_REGISTER], &r->event_counts[NC_STAGE_REGISTER],
              (struct nc_picture_event){ c->name, place_at(e, in->loc, inst_function(e, inst)),
                                         levels_of(0, c->bound_count ? c->bounds[0].max : -1) });
    if (r->has_callbacks)
        draw_callbacks(e, r, kind, chars, in->loc);
    draw_ends(e, r, kind_number, handle);
}

void picture_draw(struct engine *e)
{
    struct nc_picture *p = nc_arena_alloc(e->out->arena, sizeof *p);

    for (nc_id i = 0; i < e->m->insts_count; i++) {
        nc_id callee = callee_of(e, &e->m->insts[i]);
        const struct nc_contract *c = callee == NC_NONE ? NULL : fn_info(e, callee)->contract;

        for (uint32_t j = 0; c && j < c->effect_count; j++)
            if (c->effects[j].op == NC_EFF_ACQUIRE) {
                draw_registration(e, p, i, c, &c->effects[j]);
                break;
            }
    }
    draw_entries(e, p);
    nc_findings_picture(e->out, p);
}
