#include "model/link.h"

#include <stdlib.h>
#include <string.h>

#include "model/link_inner.h"
#include "support/arena.h"

nc_str nc_link_string(struct nc_link *l, struct nc_link_input *in, nc_str s)
{
    if (in->strings[s] == NC_NONE)
        in->strings[s] = nc_builder_string(l->b, nc_string(in->m, s));
    return in->strings[s];
}

static nc_id *new_map(size_t count)
{
    nc_id *map = nc_xmalloc(count * sizeof *map);

    memset(map, 0xff, count * sizeof *map);
    return map;
}

static void open_input(struct nc_link_input *in, const struct nc_module *m)
{
    in->m = m;
    in->strings = new_map(m->strings_size);
    in->files = new_map(m->files_count);
    in->locs = new_map(m->locs_count);
    in->types = new_map(m->types_count);
    in->fields = new_map(m->fields_count);
    in->exprs = new_map(m->exprs_count);
    in->functions = new_map(m->functions_count);
    in->globals = new_map(m->globals_count);
}

static void close_input(struct nc_link_input *in)
{
    free(in->strings);
    free(in->files);
    free(in->locs);
    free(in->types);
    free(in->fields);
    free(in->exprs);
    free(in->functions);
    free(in->globals);
}

/* ---- positions ---- */

static void link_positions(struct nc_link *l)
{
    struct nc_intern paths = { 0 };

    for (size_t k = 0; k < l->count; k++) {
        struct nc_link_input *in = &l->inputs[k];

        for (nc_id i = 0; i < in->m->files_count; i++) {
            struct nc_file f = in->m->files[i];
            size_t at = SIZE_MAX;
            nc_id found = NC_NONE;

            f.path = nc_link_string(l, in, f.path);
            const uint32_t hash = nc_intern_hash(&f.path, sizeof f.path);
            bool known = false;

            nc_intern_reserve(&paths);
            while (!known && nc_intern_next(&paths, hash, &at, &found))
                known = nc_linked(l)->files[found].path == f.path;
            if (known) {
                nc_linked(l)->files[found].flags |= f.flags & NC_FILE_MAIN;
                nc_linked(l)->files[found].flags &= (uint8_t)(f.flags | ~NC_FILE_SYSTEM);
            } else {
                found = nc_builder_add_files(l->b, &f);
                nc_intern_put(&paths, at, hash, found);
            }
            in->files[i] = found;
        }
        for (nc_id i = 0; i < in->m->locs_count; i++) {
            struct nc_loc loc = in->m->locs[i];

            loc.file = nc_link_map(in->files, loc.file);
            loc.spelling_file = nc_link_map(in->files, loc.spelling_file);
            loc.macro = nc_link_string(l, in, loc.macro);
            in->locs[i] = nc_builder_loc(l->b, &loc);
        }
    }
    nc_intern_free(&paths);
}

/* ---- roles and gaps ---- */

static void link_annots(struct nc_link *l, struct nc_link_input *in, nc_id first, nc_id count)
{
    for (nc_id i = 0; i < count; i++) {
        struct nc_annot a = in->m->annots[first + i];

        a.name = nc_link_string(l, in, a.name);
        a.text = nc_link_string(l, in, a.text);
        nc_builder_add_annots(l->b, &a);
    }
}

/* One role for each name: the declaration that says most, the first of these. */
static void link_roles(struct nc_link *l)
{
    struct origin {
        size_t input;
        nc_id index;
    } *origins = NULL;
    size_t capacity = 0;
    struct nc_intern names = { 0 };

    for (size_t k = 0; k < l->count; k++) {
        struct nc_link_input *in = &l->inputs[k];

        for (nc_id i = 0; i < in->m->roles_count; i++) {
            const struct nc_role role = { nc_link_string(l, in, in->m->roles[i].name), 0, in->m->roles[i].annot_count };
            const uint32_t hash = nc_intern_hash(&role.name, sizeof role.name);
            size_t at = SIZE_MAX;
            nc_id found;
            bool known = false;

            nc_intern_reserve(&names);
            while (!known && nc_intern_next(&names, hash, &at, &found))
                known = nc_linked(l)->roles[found].name == role.name;
            if (!known) {
                found = nc_builder_add_roles(l->b, &role);
                nc_intern_put(&names, at, hash, found);
                if (found >= capacity) {
                    capacity = capacity ? capacity * 2 : 64;
                    origins = nc_xrealloc(origins, capacity * sizeof *origins);
                }
            } else if (nc_linked(l)->roles[found].annot_count >= role.annot_count) {
                continue;
            }
            nc_linked(l)->roles[found].annot_count = role.annot_count;
            origins[found] = (struct origin){ k, i };
        }
    }
    for (nc_id r = 0; r < nc_linked(l)->roles_count; r++) {
        struct nc_link_input *in = &l->inputs[origins[r].input];
        const struct nc_role *source = &in->m->roles[origins[r].index];

        nc_linked(l)->roles[r].first_annot = nc_linked(l)->annots_count;
        link_annots(l, in, source->first_annot, source->annot_count);
    }
    free(origins);
    nc_intern_free(&names);
}

/* A header that is missing is missing in each file that includes it: said once for each place. */
static void link_gaps(struct nc_link *l)
{
    struct nc_intern seen = { 0 };

    for (size_t k = 0; k < l->count; k++) {
        struct nc_link_input *in = &l->inputs[k];

        for (nc_id i = 0; i < in->m->gaps_count; i++) {
            struct nc_gap gap = in->m->gaps[i];
            size_t at = SIZE_MAX;
            uint32_t found;
            bool known = false;

            gap.what = nc_link_string(l, in, gap.what);
            gap.reason = nc_link_string(l, in, gap.reason);
            gap.loc = nc_link_map(in->locs, gap.loc);
            const uint32_t hash = nc_intern_hash(&gap, sizeof gap);

            nc_intern_reserve(&seen);
            while (!known && nc_intern_next(&seen, hash, &at, &found))
                known = !memcmp(&nc_linked(l)->gaps[found], &gap, sizeof gap);
            if (!known)
                nc_intern_put(&seen, at, hash, nc_builder_add_gaps(l->b, &gap));
        }
    }
    nc_intern_free(&seen);
}

/* ---- expressions ---- */

static void link_expr(struct nc_link *l, struct nc_link_input *in, nc_id id)
{
    struct nc_expr e = in->m->exprs[id];

    e.type = nc_link_map(in->types, e.type);
    switch ((enum nc_expr_op)e.op) {
    case NC_EX_INT:
    case NC_EX_LOCAL:
    case NC_EX_TEMP:
    case NC_EX_UNKNOWN:
    case NC_EX_COUNT:
        break;
    case NC_EX_STRING:
        e.a = nc_link_string(l, in, e.a);
        break;
    case NC_EX_GLOBAL:
        e.a = in->globals[e.a];
        break;
    case NC_EX_FUNC:
        e.a = in->functions[e.a];
        break;
    case NC_EX_LOAD:
    case NC_EX_NEG:
    case NC_EX_NOT:
    case NC_EX_LNOT:
    case NC_EX_CAST:
        e.a = in->exprs[e.a];
        break;
    case NC_EX_FIELD:
        e.a = in->exprs[e.a];
        e.b = nc_link_map(in->fields, e.b);
        e.aux = nc_link_map(in->types, e.aux);
        break;
    case NC_EX_EQ:
    case NC_EX_NE:
    case NC_EX_LT:
    case NC_EX_LE:
    case NC_EX_GT:
    case NC_EX_GE:
        e.aux = nc_link_map(in->types, e.aux);
        e.a = in->exprs[e.a];
        e.b = in->exprs[e.b];
        break;
    case NC_EX_INDEX:
    case NC_EX_ADD:
    case NC_EX_SUB:
    case NC_EX_MUL:
    case NC_EX_DIV:
    case NC_EX_REM:
    case NC_EX_AND:
    case NC_EX_OR:
    case NC_EX_XOR:
    case NC_EX_SHL:
    case NC_EX_SHR:
        e.a = in->exprs[e.a];
        e.b = in->exprs[e.b];
        break;
    }
    in->exprs[id] = nc_builder_expr(l->b, &e);
}

/* ---- bodies ---- */

static void link_inst(struct nc_link *l, struct nc_link_input *in, const struct nc_inst *source)
{
    struct nc_inst n = *source;

    n.loc = nc_link_map(in->locs, n.loc);
    n.type = nc_link_map(in->types, n.type);
    switch ((enum nc_inst_op)n.op) {
    case NC_IN_SET:
        n.b = in->exprs[n.b];
        break;
    case NC_IN_STORE:
    case NC_IN_COPY:
        n.a = in->exprs[n.a];
        n.b = in->exprs[n.b];
        break;
    case NC_IN_CALL:
        n.b = in->exprs[n.b];
        n.c = nc_linked(l)->args_count;
        for (uint32_t i = 0; i < n.arg_count; i++)
            nc_builder_add_args(l->b, &in->exprs[in->m->args[source->c + i]]);
        break;
    case NC_IN_ASSUME:
        n.a = in->exprs[n.a];
        break;
    case NC_IN_SCOPE:
    case NC_IN_END:
    case NC_IN_COUNT:
        break;
    }
    nc_builder_add_insts(l->b, &n);
}

static void link_block(struct nc_link *l, struct nc_link_input *in, const struct nc_block *source)
{
    struct nc_block b = *source;

    b.first_inst = nc_linked(l)->insts_count;
    for (nc_id i = 0; i < source->inst_count; i++)
        link_inst(l, in, &in->m->insts[source->first_inst + i]);
    if (b.term == NC_TERM_BRANCH || b.term == NC_TERM_SWITCH || b.term == NC_TERM_RETURN)
        b.expr = nc_link_map(in->exprs, b.expr);
    b.loc = nc_link_map(in->locs, b.loc);
    if (b.term == NC_TERM_SWITCH) {
        b.first_case = nc_linked(l)->cases_count;
        for (nc_id i = 0; i < source->case_count; i++)
            nc_builder_add_cases(l->b, &in->m->cases[source->first_case + i]);
    } else {
        b.first_case = b.case_count = 0;
    }
    nc_builder_add_blocks(l->b, &b);
}

static void link_body(struct nc_link *l, nc_id function)
{
    const struct nc_link_origin *o = &l->function_origins[function];
    struct nc_link_input *in = &l->inputs[o->input];
    const struct nc_function *source = &in->m->functions[o->index];
    struct nc_module *out = nc_linked(l);
    struct nc_function f = out->functions[function];

    f.first_local = out->locals_count;
    f.local_count = source->local_count;
    for (nc_id i = 0; i < source->local_count; i++) {
        struct nc_local local = in->m->locals[source->first_local + i];

        local.name = nc_link_string(l, in, local.name);
        local.type = in->types[local.type];
        local.loc = nc_link_map(in->locs, local.loc);
        nc_builder_add_locals(l->b, &local);
    }
    f.first_annot = out->annots_count;
    for (nc_id i = l->first_annot[function]; i != NC_NONE; i = l->annots[i].next) {
        nc_builder_add_annots(l->b, &l->annots[i].annot);
        f.annot_count++;
    }
    f.first_block = out->blocks_count;
    f.block_count = source->block_count;
    for (nc_id i = 0; i < source->block_count; i++)
        link_block(l, in, &in->m->blocks[source->first_block + i]);
    out->functions[function] = f;
}

static void link_initialiser(struct nc_link *l, nc_id global)
{
    const struct nc_link_origin *o = &l->global_origins[global];
    struct nc_link_input *in = &l->inputs[o->input];
    const struct nc_global *source = &in->m->globals[o->index];
    struct nc_global *g = &nc_linked(l)->globals[global];

    g->first_init = nc_linked(l)->inits_count;
    g->init_count = source->init_count;
    for (nc_id i = 0; i < source->init_count; i++) {
        struct nc_init n = in->m->inits[source->first_init + i];

        n.expr = in->exprs[n.expr];
        n.type = in->types[n.type];
        n.loc = nc_link_map(in->locs, n.loc);
        nc_builder_add_inits(l->b, &n);
    }
}

struct nc_module *nc_link(const struct nc_module *const *modules, size_t count)
{
    struct nc_link link = { .b = nc_builder_new(), .inputs = nc_xmalloc(count * sizeof *link.inputs), .count = count };
    struct nc_link *l = &link;

    for (size_t k = 0; k < count; k++)
        open_input(&l->inputs[k], modules[k]);
    link_positions(l);
    link_gaps(l);
    nc_link_types(l);
    link_roles(l);
    nc_link_symbols(l);
    for (size_t k = 0; k < count; k++)
        for (nc_id i = 0; i < modules[k]->exprs_count; i++)
            link_expr(l, &l->inputs[k], i);
    for (nc_id i = 0; i < nc_linked(l)->functions_count; i++)
        link_body(l, i);
    for (nc_id i = 0; i < nc_linked(l)->globals_count; i++)
        link_initialiser(l, i);

    for (size_t k = 0; k < count; k++)
        close_input(&l->inputs[k]);
    free(l->inputs);
    free(l->function_origins);
    free(l->global_origins);
    free(l->annots);
    free(l->first_annot);
    free(l->last_annot);
    return nc_builder_finish(l->b);
}
