/*
 * Findings in the making: collected over all paths, one for each rule and place; what the catalogue's precedence says
 * is applied when all are known, and the paths become notes.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"
#include "report/findings.h"
#include "report/rules.h"

#define MAX_STEPS 40

const char *loc_text(struct engine *e, nc_id loc)
{
    const struct nc_loc *l;
    const char *path, *slash;

    if (loc == NC_NONE)
        return "an unknown place";
    l = &e->m->locs[loc];
    path = l->file == NC_NONE ? "?" : nc_string(e->m, e->m->files[l->file].path);
    slash = strrchr(path, '/');
    return nc_arena_printf(e->arena, "%s:%u", slash ? slash + 1 : path, l->line);
}

static bool same_line(struct engine *e, nc_id a, nc_id b)
{
    if (a == b)
        return true;
    if (a == NC_NONE || b == NC_NONE)
        return false;
    return e->m->locs[a].file == e->m->locs[b].file && e->m->locs[a].line == e->m->locs[b].line &&
           e->m->locs[a].col == e->m->locs[b].col;
}

static bool in_system_file(struct engine *e, nc_id loc)
{
    nc_id f = loc == NC_NONE ? NC_NONE : e->m->locs[loc].file;

    return f != NC_NONE && (e->m->files[f].flags & NC_FILE_SYSTEM);
}

static bool conditional(const struct candidate *c)
{
    return c->unless_waited || c->unless_ended || c->unless_freed != NC_NONE || c->pool_field != NC_NONE ||
           c->pool_param != NC_NONE;
}

bool reported_for_sure(struct engine *e, const char *rule, nc_id loc)
{
    for (uint32_t i = 0; i < e->cand_count; i++)
        if (strcmp(e->cands[i].rule, rule) == 0 && same_line(e, e->cands[i].loc, loc) && !conditional(&e->cands[i]))
            return true;
    return false;
}

struct candidate *report(struct engine *e, const struct state *s, const char *rule, nc_id loc, uint32_t ctx,
                         uint32_t res, const char *last, const char *format, ...)
{
    bool irql = strncmp(rule, "irql-", 5) == 0 || strcmp(rule, "nmr-irql-too-high") == 0;
    char buffer[1024];
    va_list args;
    struct candidate *c = NULL;

    bool binding = strncmp(rule, "nmr-binding-", 12) == 0 || strcmp(rule, "nmr-attach-contract") == 0 ||
                   strcmp(rule, "nmr-detach-contract") == 0 || strcmp(rule, "nmr-stack-binding-context") == 0;

    if ((s->flags & STATE_GUARDED) &&
        (strcmp(rule, "nmr-invalid-handle") == 0 || strcmp(rule, "nmr-double-deregister") == 0))
        return NULL;
    if (e->quiet || loc == NC_NONE || in_system_file(e, loc) ||
        (irql      ? !e->irql_rules
         : binding ? !e->binding_rules
                   : !e->lifetime_rules))
        return NULL;
    va_start(args, format);
    vsnprintf(buffer, sizeof buffer, format, args);
    va_end(args);
    for (uint32_t i = 0; i < e->cand_count && !c; i++)
        if (strcmp(e->cands[i].rule, rule) == 0 && same_line(e, e->cands[i].loc, loc))
            c = &e->cands[i];
    bool shaky = s->flags & STATE_SHAKY;
    uint32_t depth = s->trace ? s->trace->depth : 0;

    if (c) {
        /* A path that is not a guess wins, then the shorter one. */
        if (!conditional(c) && (c->shaky < shaky || (c->shaky == shaky && (c->trace ? c->trace->depth : 0) <= depth))) {
            return NULL;
        }
    } else {
        if (e->cand_count == e->cand_cap) {
            e->cand_cap = e->cand_cap ? e->cand_cap * 2 : 32;
            e->cands = nc_xrealloc(e->cands, sizeof *e->cands * e->cand_cap);
        }
        c = &e->cands[e->cand_count++];
    }
    *c = (struct candidate){ .rule = rule,
                             .loc = loc,
                             .fn = ctx ? e->u.contexts[ctx].fn : NC_NONE,
                             .acquire = res ? e->u.resources[res].inst : NC_NONE,
                             .ctx = ctx,
                             .res = res,
                             .message = nc_arena_strdup(e->perm, buffer),
                             /* The path outlives the run's arena. */
                             .trace = e->arena == e->perm ? s->trace : trace_keep(e->perm, e->arena, s->trace),
                             .last = nc_arena_strdup(e->perm, last ? last : ""),
                             .shaky = shaky,
                             .pool_field = NC_NONE,
                             .pool_param = NC_NONE,
                             .unless_freed = NC_NONE };
    return c;
}

/* ---- precedence ---- */

static struct candidate *find(struct engine *e, const char *rule, nc_id acquire, const struct candidate *except)
{
    for (uint32_t i = 0; i < e->cand_count; i++) {
        struct candidate *c = &e->cands[i];

        if (c != except && !c->dropped && strcmp(c->rule, rule) == 0 && c->acquire == acquire)
            return c;
    }
    return NULL;
}

static bool ended_somewhere(struct engine *e, const struct candidate *c, bool wait)
{
    for (uint32_t i = 0; i < e->end_site_count; i++) {
        const struct end_site *p = &e->end_sites[i];

        if (p->wait == wait && p->kind == c->kind &&
            ((c->field != NC_NONE && p->field == c->field) || (c->global != NC_NONE && p->global == c->global) ||
             (p->field == NC_NONE && p->global == NC_NONE)))
            return true;
    }
    return false;
}

static bool ended_at_all(struct engine *e, uint32_t res)
{
    for (uint32_t i = 0; i < e->end_site_count; i++)
        if (e->end_sites[i].kind == e->u.resources[res].kind)
            return true;
    return false;
}

static void precedence(struct engine *e)
{
    static const char *const stack_rules[] = { "nmr-stack-characteristics", "nmr-stack-context",
                                               "nmr-stack-registration-data" };

    for (uint32_t i = 0; i < e->cand_count; i++) {
        struct candidate *c = &e->cands[i];

        /* Behind a guess, or after a deregister call that failed. */
        if (c->shaky && strncmp(c->rule, "irql-", 5) != 0)
            c->dropped = true;
        if ((c->unless_waited && ended_somewhere(e, c, true)) || (c->unless_ended && ended_somewhere(e, c, false)))
            c->dropped = true;
        if (c->unless_freed != NC_NONE && e->record_freed[c->unless_freed])
            c->dropped = true;
        if (c->unless_any_freed && e->unknown_freed)
            c->dropped = true;
        if (c->pool_field != NC_NONE && e->field_pools[c->pool_field] != 1u << NC_POOL_PAGED)
            c->dropped = true;
        if (c->pool_param != NC_NONE && e->context_pools[c->pool_param] != 1u << NC_POOL_PAGED)
            c->dropped = true;
        if (c->acquire == NC_NONE)
            continue;
        bool lost = strcmp(c->rule, "nmr-lost-handle") == 0, missing = strcmp(c->rule, "nmr-missing-deregister") == 0;

        if (lost || missing)
            for (size_t k = 0; k < 3; k++)
                if (find(e, stack_rules[k], c->acquire, c))
                    c->dropped = true;
        /* Nothing ends that kind at all: the free, or the handle's loss, is where it shows first. */
        if (missing && (find(e, "nmr-lost-handle", c->acquire, c) ||
                        (find(e, "nmr-freed-while-registered", c->acquire, c) && !ended_at_all(e, c->res))))
            c->dropped = true;
    }
    for (uint32_t i = 0; i < e->cand_count; i++) {
        struct candidate *c = &e->cands[i];

        const char *before = NULL; /* the rule that says more of the same call */

        if (strcmp(c->rule, "nmr-irql-too-high") == 0)
            before = "nmr-callback-deadlock";
        else if (strcmp(c->rule, "nmr-freed-while-registered") == 0)
            before = "nmr-binding-freed-early"; /* an object that is the context of both */
        else if (strcmp(c->rule, "nmr-double-deregister") == 0)
            before = "nmr-wait-without-deregister"; /* a wait that runs once too early, or once too late */
        for (uint32_t k = 0; before && k < e->cand_count; k++)
            if (!e->cands[k].dropped && strcmp(e->cands[k].rule, before) == 0 && same_line(e, e->cands[k].loc, c->loc))
                c->dropped = true;
    }
}

/* ---- paths as notes ---- */

static struct nc_place place_of(struct engine *e, struct nc_arena *a, nc_id loc, nc_id fn)
{
    struct nc_place p = { .file = "", .function = "", .macro = "" };

    if (fn != NC_NONE)
        p.function = nc_arena_strdup(a, fn_name(e, fn));
    if (loc == NC_NONE)
        return p;
    const struct nc_loc *l = &e->m->locs[loc];

    if (l->file != NC_NONE)
        p.file = nc_arena_strdup(a, nc_string(e->m, e->m->files[l->file].path));
    p.line = l->line;
    p.col = l->col;
    p.macro = nc_arena_strdup(a, nc_string(e->m, l->macro));
    return p;
}

/* Whether the step belongs to the explanation: calls that have returned again without an event inside are left out. */
static size_t select_steps(const struct candidate *c, const struct trace **out, size_t cap)
{
    const struct trace *all[4096];
    size_t n = 0, kept = 0;
    int skip = 0;

    for (const struct trace *t = c->trace; t && n < 4096; t = t->parent)
        all[n++] = t;
    /* From the newest to the oldest: inside a call that has returned only the events about the resource count. */
    for (size_t i = 0; i < n && kept < cap; i++) {
        const struct trace *t = all[i];
        bool about = t->res && t->res == c->res;

        switch (t->kind) {
        case TR_RETURN:
            skip++;
            break;
        case TR_CALL:
            if (skip > 0) {
                skip--;
                /* Keep the call when a step inside it was kept. */
                if (kept && out[kept - 1]->depth > t->depth && out[kept - 1]->kind == TR_EVENT &&
                    out[kept - 1]->res == c->res && c->res)
                    out[kept++] = t;
            } else {
                out[kept++] = t;
            }
            break;
        case TR_EVENT:
        case TR_PHASE:
            if (t->kind == TR_PHASE || about || (!skip && !t->res))
                out[kept++] = t;
            break;
        case TR_IRQL:
            if (!skip && (strncmp(c->rule, "irql", 4) == 0 || strcmp(c->rule, "nmr-irql-too-high") == 0 ||
                          strcmp(c->rule, "nmr-callback-deadlock") == 0))
                out[kept++] = t;
            break;
        case TR_BRANCH:
            if (!skip)
                out[kept++] = t;
            break;
        }
    }
    return kept;
}

static void emit(struct engine *e, const struct candidate *c)
{
    struct nc_arena *a = e->out->arena;
    const struct trace *steps[256];
    size_t n = select_steps(c, steps, 256), branches = 0;
    const struct nc_rule *rule = nc_rule_find(c->rule);
    struct nc_finding f = { .rule = rule ? rule->id : c->rule,
                            .severity = rule ? rule->severity : NC_SEV_ERROR,
                            .place = place_of(e, a, c->loc, c->fn),
                            .message = nc_arena_strdup(a, c->message) };

    for (size_t i = 0; i < n; i++)
        branches += steps[i]->kind == TR_BRANCH;
    f.steps = nc_arena_alloc(a, sizeof *f.steps * (n + 1));
    for (size_t i = n; i-- > 0;) {
        const struct trace *t = steps[i];

        /* Of many branches the latest say most. */
        if (t->kind == TR_BRANCH && branches-- > MAX_STEPS / 3)
            continue;
        f.steps[f.step_count++] =
            (struct nc_step){ place_of(e, a, t->loc, t->fn), nc_arena_strdup(a, t->text ? t->text : "") };
    }
    if (c->last && *c->last) {
        nc_id loc = c->trace && strcmp(c->rule, "nmr-unchecked-status") != 0 ? NC_NONE : c->loc;

        (void)loc;
        f.steps[f.step_count++] = (struct nc_step){ place_of(e, a, c->loc, c->fn), nc_arena_strdup(a, c->last) };
    }
    nc_findings_add(e->out, &f);
}

void candidates_flush(struct engine *e)
{
    precedence(e);
    for (uint32_t i = 0; i < e->cand_count; i++)
        if (!e->cands[i].dropped)
            emit(e, &e->cands[i]);
    free(e->cands);
    e->cands = NULL;
}
