/*
 * Which function and which global of each input is which of the result.
 *
 * A symbol's key is its name, and its place when it has internal linkage: so two files' own `Cleanup` stay apart, and
 * the two copies of a header's inline function are one.
 */
#include "model/link_inner.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

struct symbol_key {
    nc_str name;
    nc_id loc; /* NC_NONE: external linkage */
};

struct symbol_table {
    struct nc_intern index;
    struct symbol_key *keys; /* by index in the result */
    size_t capacity;
};

/* The symbol's index in the result if it is known; else NC_NONE, and it is entered as `next`. */
static nc_id enter(struct symbol_table *t, struct symbol_key key, nc_id next)
{
    const uint32_t hash = nc_intern_hash(&key, sizeof key);
    size_t at = SIZE_MAX;
    uint32_t found;

    nc_intern_reserve(&t->index);
    while (nc_intern_next(&t->index, hash, &at, &found))
        if (t->keys[found].name == key.name && t->keys[found].loc == key.loc)
            return found;
    nc_intern_put(&t->index, at, hash, next);
    return NC_NONE;
}

/* Symbols that never meet another one have a key too, for the index to fit. */
static void keep_key(struct symbol_table *t, struct symbol_key key, nc_id index)
{
    if (index >= t->capacity) {
        t->capacity = t->capacity ? t->capacity * 2 : 256;
        t->keys = nc_xrealloc(t->keys, t->capacity * sizeof *t->keys);
    }
    t->keys[index] = key;
}

static void free_table(struct symbol_table *t)
{
    nc_intern_free(&t->index);
    free(t->keys);
}

static void note_second(struct nc_link *l, nc_str name, nc_id loc)
{
    const struct nc_gap gap = { .what = name,
                                .reason = nc_builder_string(l->b, "defined in more than one file; the first definition "
                                                                  "is analysed"),
                                .loc = loc,
                                .kind = NC_GAP_NOTE };

    nc_builder_add_gaps(l->b, &gap);
}

static void keep_origin(struct nc_link_origin **origins, size_t *capacity, nc_id index, struct nc_link_origin origin)
{
    if (index >= *capacity) {
        *capacity = *capacity ? *capacity * 2 : 256;
        *origins = nc_xrealloc(*origins, *capacity * sizeof **origins);
    }
    (*origins)[index] = origin;
}

/* ---- functions ---- */

static void add_annotation(struct nc_link *l, nc_id function, const struct nc_annot *annot)
{
    for (nc_id i = l->first_annot[function]; i != NC_NONE; i = l->annots[i].next) {
        const struct nc_annot *a = &l->annots[i].annot;

        if (a->name == annot->name && a->text == annot->text && a->param == annot->param)
            return;
    }
    if (l->annot_count == l->annot_capacity) {
        l->annot_capacity = l->annot_capacity ? l->annot_capacity * 2 : 256;
        l->annots = nc_xrealloc(l->annots, l->annot_capacity * sizeof *l->annots);
    }
    const nc_id at = (nc_id)l->annot_count++;

    l->annots[at] = (struct nc_link_annot){ *annot, NC_NONE };
    if (l->first_annot[function] == NC_NONE)
        l->first_annot[function] = at;
    else
        l->annots[l->last_annot[function]].next = at;
    l->last_annot[function] = at;
}

static void add_annotations(struct nc_link *l, struct nc_link_input *in, const struct nc_function *f, nc_id to)
{
    for (nc_id i = 0; i < f->annot_count; i++) {
        struct nc_annot a = in->m->annots[f->first_annot + i];

        a.name = nc_link_string(l, in, a.name);
        a.text = nc_link_string(l, in, a.text);
        add_annotation(l, to, &a);
    }
}

static struct nc_function map_function(struct nc_link *l, struct nc_link_input *in, const struct nc_function *f)
{
    struct nc_function out = *f;

    out.name = nc_link_string(l, in, f->name);
    out.display = nc_link_string(l, in, f->display);
    out.type = in->types[f->type];
    out.loc = nc_link_map(in->locs, f->loc);
    out.end_loc = nc_link_map(in->locs, f->end_loc);
    out.section = nc_link_string(l, in, f->section);
    out.section_loc = nc_link_map(in->locs, f->section_loc);
    out.role = nc_link_string(l, in, f->role);
    out.paged_code_loc = nc_link_map(in->locs, f->paged_code_loc);
    out.first_local = out.first_block = out.first_annot = 0;
    out.local_count = out.block_count = out.annot_count = 0;
    return out;
}

/* What `winner` takes over from another declaration of the same function. */
static void take_over(struct nc_function *winner, const struct nc_function *other)
{
    const uint32_t from_any = NC_FN_NORETURN | NC_FN_ADDRESS_TAKEN | NC_FN_EXPORT;

    winner->flags |= other->flags & from_any;
    if (!winner->section) {
        winner->section = other->section;
        winner->section_loc = other->section_loc;
    }
    if (!winner->role)
        winner->role = other->role;
    if (winner->loc == NC_NONE)
        winner->loc = other->loc;
}

static void link_function(struct nc_link *l, struct symbol_table *table, size_t input, nc_id index)
{
    struct nc_link_input *in = &l->inputs[input];
    const struct nc_function *source = &in->m->functions[index];
    struct nc_function f = map_function(l, in, source);
    const bool defined = source->block_count != 0;
    const struct symbol_key key = { f.name, f.flags & NC_FN_STATIC ? f.loc : NC_NONE };
    const nc_id next = nc_linked(l)->functions_count;
    const struct nc_link_origin origin = { input, index, defined };
    /* Without a place, an internal function can only be itself. */
    const bool alone = (f.flags & NC_FN_STATIC) && f.loc == NC_NONE;
    nc_id known = alone ? NC_NONE : enter(table, key, next);

    if (known == NC_NONE) {
        keep_key(table, key, next);
        if (next >= l->function_capacity) {
            const size_t capacity = l->function_capacity ? l->function_capacity * 2 : 256;

            l->first_annot = nc_xrealloc(l->first_annot, capacity * sizeof *l->first_annot);
            l->last_annot = nc_xrealloc(l->last_annot, capacity * sizeof *l->last_annot);
        }
        keep_origin(&l->function_origins, &l->function_capacity, next, origin);
        l->first_annot[next] = l->last_annot[next] = NC_NONE;
        known = nc_builder_add_functions(l->b, &f);
    } else {
        struct nc_function *old = &nc_linked(l)->functions[known];
        struct nc_link_origin *old_origin = &l->function_origins[known];

        if (defined && !old_origin->defined) {
            take_over(&f, old);
            *old = f;
            *old_origin = origin;
        } else {
            const nc_id place = old->loc;

            take_over(old, &f);
            if (defined && old_origin->defined && place != f.loc)
                note_second(l, f.name, f.loc);
        }
    }
    in->functions[index] = known;
    add_annotations(l, in, source, known);
}

/* ---- globals ---- */

/* A constant of a header is one object for the analysis; a variable is one in each file that includes it. A variable of
 * a source file that was given twice is one again. */
static bool shared_by_place(const struct nc_module *m, const struct nc_global *g)
{
    if (g->loc == NC_NONE || m->locs[g->loc].file == NC_NONE)
        return false;
    return (g->flags & NC_GL_CONST) || (m->files[m->locs[g->loc].file].flags & NC_FILE_MAIN);
}

static void link_global(struct nc_link *l, struct symbol_table *table, size_t input, nc_id index)
{
    struct nc_link_input *in = &l->inputs[input];
    const struct nc_global *source = &in->m->globals[index];
    struct nc_global g = *source;
    const bool internal = g.flags & (NC_GL_STATIC | NC_GL_STATIC_LOCAL | NC_GL_COMPOUND);
    const bool defined = g.flags & NC_GL_DEFINED;
    const nc_id next = nc_linked(l)->globals_count;
    const struct nc_link_origin origin = { input, index, defined };

    g.name = nc_link_string(l, in, g.name);
    g.type = in->types[g.type];
    g.loc = nc_link_map(in->locs, g.loc);
    g.section = nc_link_string(l, in, g.section);
    g.section_loc = nc_link_map(in->locs, g.section_loc);
    g.first_init = g.init_count = 0;

    const struct symbol_key key = { g.name, internal ? g.loc : NC_NONE };
    const bool alone = internal && !shared_by_place(in->m, source);
    nc_id known = alone ? NC_NONE : enter(table, key, next);

    if (known == NC_NONE) {
        keep_key(table, key, next);
        keep_origin(&l->global_origins, &l->global_capacity, next, origin);
        known = nc_builder_add_globals(l->b, &g);
    } else {
        struct nc_global *old = &nc_linked(l)->globals[known];
        struct nc_link_origin *old_origin = &l->global_origins[known];
        const struct nc_global *old_source = &l->inputs[old_origin->input].m->globals[old_origin->index];
        /* "int x;" is a definition that gives way to "int x = 1;". */
        const bool better = defined && (!old_origin->defined || (source->init_count && !old_source->init_count &&
                                                                 !(old->flags & NC_GL_DYNAMIC_INIT)));

        if (defined && old_origin->defined && source->init_count && old_source->init_count && old->loc != g.loc)
            note_second(l, g.name, g.loc);
        if (better) {
            if (!g.section) {
                g.section = old->section;
                g.section_loc = old->section_loc;
            }
            *old = g;
            *old_origin = origin;
        } else if (!old->section) {
            old->section = g.section;
            old->section_loc = g.section_loc;
        }
    }
    in->globals[index] = known;
}

void nc_link_symbols(struct nc_link *l)
{
    struct symbol_table functions = { 0 }, globals = { 0 };

    for (size_t k = 0; k < l->count; k++) {
        for (nc_id i = 0; i < l->inputs[k].m->functions_count; i++)
            link_function(l, &functions, k, i);
        for (nc_id i = 0; i < l->inputs[k].m->globals_count; i++)
            link_global(l, &globals, k, i);
    }
    free_table(&functions);
    free_table(&globals);
}
