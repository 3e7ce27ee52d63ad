/*
 * What the textual form of a module leaves out because it can be derived: the types that places and addresses have
 * unless the text says otherwise. The dump and the reader must agree on it, so both ask here.
 *
 * A place is what an address expression designates. Its natural type follows from how the address is made (the local's
 * type, the field's, the element's, what the pointer points at).
 */
#ifndef NC_MODEL_TEXT_RULES_H
#define NC_MODEL_TEXT_RULES_H

#include <stdbool.h>

#include "model/module.h"

struct nc_text_scope {
    const struct nc_module *m;
    const nc_id *canon;              /* by type: the first equal one; NULL: each type is there once */
    const struct nc_function *owner; /* whose locals are meant, or NULL */
};

#define NC_TEXT_POINTER_SIZE 8

/* Operators, instructions' flags and so on, as written. */
extern const char *const nc_text_binary[NC_EX_COUNT]; /* NULL: not a binary operator */
extern const char *const nc_text_function_flags[32];  /* by bit; NULL: none */
extern const char *const nc_text_global_flags[32];
extern const char *const nc_text_inst_flags[8];

bool nc_text_is_comparison(int op);
/* Is the word a keyword of the textual form, a temp's name, or a plain type's? Then a name like it is quoted. */
bool nc_text_is_reserved(const char *word);

nc_id nc_text_canon(const struct nc_text_scope *s, nc_id type);
/* Natural type of the place at an address; NC_NONE: it has none. */
nc_id nc_text_place_type(const struct nc_text_scope *s, nc_id address);
/* Whether an address made from `base` points at const by default; op, a: of the address expression. */
bool nc_text_default_const(const struct nc_text_scope *s, int op, nc_id a);
/* Is it a LOCAL, GLOBAL, FIELD or INDEX whose type is the default one? Then it is written as a place. */
bool nc_text_is_plain(const struct nc_text_scope *s, nc_id address);
/* The record that a field of `base` belongs to by default, or NC_NONE. */
nc_id nc_text_record_of(const struct nc_text_scope *s, nc_id base);
/* What a call of this callee returns by default, or NC_NONE. */
nc_id nc_text_result_type(const struct nc_text_scope *s, nc_id callee);

#endif
