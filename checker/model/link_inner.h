/*
 * Inside the linker only: what its steps share. Steps run in this order, each for all modules:
 * positions (files, locations), types (link_types.c), symbols (link_symbols.c: which function and global is which),
 * then expressions and bodies (link.c).
 */
#ifndef NC_MODEL_LINK_INNER_H
#define NC_MODEL_LINK_INNER_H

#include <stdbool.h>

#include "model/builder.h"
#include "model/module.h"
#include "support/intern.h"

/* A translation unit, and where its elements went: old index -> index in the result. */
struct nc_link_input {
    const struct nc_module *m;
    nc_str *strings; /* by offset; NC_NONE: not copied yet */
    nc_id *files, *locs, *types, *fields, *exprs, *functions, *globals;
};

/* Where a function or global of the result comes from. */
struct nc_link_origin {
    size_t input; /* the module whose definition (or, without one, first declaration) it is */
    nc_id index;
    bool defined;
};

struct nc_link {
    struct nc_builder *b;
    struct nc_link_input *inputs;
    size_t count;
    /* by index in the result */
    struct nc_link_origin *function_origins, *global_origins;
    size_t function_capacity, global_capacity;
    /* all annotations that the functions of the result have: chains, by index in the result */
    struct nc_link_annot *annots;
    size_t annot_count, annot_capacity;
    nc_id *first_annot, *last_annot; /* by function; NC_NONE: none */
};

/* An annotation in the making, mapped already. */
struct nc_link_annot {
    struct nc_annot annot;
    nc_id next;
};

static inline struct nc_module *nc_linked(const struct nc_link *l) { return nc_builder_module(l->b); }

nc_str nc_link_string(struct nc_link *l, struct nc_link_input *in, nc_str s);
static inline nc_id nc_link_map(const nc_id *map, nc_id id) { return id == NC_NONE ? NC_NONE : map[id]; }

/* Fill in types and fields of all inputs. */
void nc_link_types(struct nc_link *l);
/* Make the result's functions and globals (without bodies and initialisers); fill in functions and globals of all
 * inputs, and the origins. */
void nc_link_symbols(struct nc_link *l);

#endif
