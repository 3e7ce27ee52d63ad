/*
 * Variables and where the model writes to them: what a fix of a declaration or an initialiser has to know.
 */
#ifndef NC_FIXES_OBJECTS_H
#define NC_FIXES_OBJECTS_H

#include "model/module.h"

/* A part of a variable. */
struct nc_object {
    enum { NC_OBJECT_GLOBAL, NC_OBJECT_LOCAL } kind;
    nc_id id;        /* global, or local variable of `function` */
    nc_id function;  /* NC_NONE for globals */
    uint64_t offset; /* bits */
};

/* The variable that an address expression leads to without a load in between. */
bool nc_object_of(const struct nc_module *m, nc_id function, nc_id expr, struct nc_object *object);
bool nc_object_same_variable(const struct nc_object *a, const struct nc_object *b);
nc_id nc_expr_strip(const struct nc_module *m, nc_id expr); /* without casts */

/* By name, with or without the tag's underscore; NC_NONE. */
nc_id nc_record_find(const struct nc_module *m, const char *name);
/* Offset of a member in bits; false: there is none. */
bool nc_member_offset(const struct nc_module *m, nc_id record, const char *name, uint64_t *offset, nc_id *type);

/* Calls f for each instruction of each function until it returns false. */
void nc_each_instruction(const struct nc_module *m, bool (*f)(void *user, nc_id function, nc_id inst), void *user);

#endif
