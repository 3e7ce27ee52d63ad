/* Inside the dump only: its state, and what is printed in which file. */
#ifndef NC_MODEL_DUMP_INNER_H
#define NC_MODEL_DUMP_INNER_H

#include <stdio.h>

#include "model/text_rules.h"

struct nc_dump {
    FILE *out;
    struct nc_text_scope scope; /* m, canon, owner: the function at hand */
    nc_id *canon;
    nc_id file;        /* of the declaration at hand: positions in it leave it out */
    nc_id *temp_types; /* of the function at hand */
    size_t temp_capacity;
    /* by index: the how manyth of its name it is, from 1 */
    uint32_t *type_ordinals, *function_ordinals, *global_ordinals;
    uint32_t *local_ordinals; /* of the function at hand */
    size_t local_capacity;
    /* by string: how many there are with this name */
    uint32_t *functions_named, *globals_named, *locals_named;
};

/* dump_names.c */
void nc_dump_open(struct nc_dump *d, const struct nc_module *m, FILE *out);
void nc_dump_close(struct nc_dump *d);
/* Enters and leaves a function: ordinals of its locals, types of its temps. */
void nc_dump_enter(struct nc_dump *d, const struct nc_function *f);
void nc_dump_leave(struct nc_dump *d);
void nc_dump_word(struct nc_dump *d, nc_str name); /* quoted where needed */
void nc_dump_name(struct nc_dump *d, nc_str name, uint32_t ordinal);
void nc_dump_quoted(struct nc_dump *d, const char *text, char quote);
void nc_dump_type(struct nc_dump *d, nc_id type);
void nc_dump_loc(struct nc_dump *d, const char *before, nc_id loc); /* nothing at all for NC_NONE */

/* dump_expr.c */
void nc_dump_expr(struct nc_dump *d, nc_id e);
void nc_dump_callee(struct nc_dump *d, nc_id e);
/* The place at an address, followed by ":type" where type is not the natural one. */
void nc_dump_place(struct nc_dump *d, nc_id address, nc_id type);

#endif
