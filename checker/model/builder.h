/*
 * Building a module: what the front end, the linker and the text reader use.
 *
 * The builder owns its module until nc_builder_finish hands it over. Every add function copies its argument and
 * returns the new element's index. Strings and locations are interned: equal ones get equal indices.
 * The builder exits the process on exhausted memory (like every allocation in the C core; see support/memory.h).
 */
#ifndef NC_MODEL_BUILDER_H
#define NC_MODEL_BUILDER_H

#include <stddef.h>

#include "model/module.h"

#ifdef __cplusplus
extern "C" {
#endif

struct nc_builder;

struct nc_builder *nc_builder_new(void);
/* Frees the builder and whatever module it still owns. */
void nc_builder_free(struct nc_builder *b);
/* The module in the making: readable (and its elements writable) at any time; pointers into it move as it grows. */
struct nc_module *nc_builder_module(struct nc_builder *b);
/* Hands over the module (caller frees it with nc_module_free) and frees the builder. */
struct nc_module *nc_builder_finish(struct nc_builder *b);
void nc_module_free(struct nc_module *m);

nc_str nc_builder_string(struct nc_builder *b, const char *text);
nc_str nc_builder_string_n(struct nc_builder *b, const char *text, size_t length);
nc_id nc_builder_loc(struct nc_builder *b, const struct nc_loc *loc); /* interned */
nc_id nc_builder_expr(struct nc_builder *b, const struct nc_expr *e); /* interned, but UNKNOWN never is */

/* nc_builder_add_files(b, &file) and so on, one for each array of the module. */
#define X(type, name) nc_id nc_builder_add_##name(struct nc_builder *b, const type *element);
NC_MODULE_ARRAYS(X)
#undef X

#ifdef __cplusplus
}
#endif
#endif
