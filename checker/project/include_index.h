/*
 * Where headers are in a checkout, for sources of which nobody says where their headers are: an include that is not
 * found is looked up by the end of its path, letters' case aside. Of several the one nearest to the source is taken.
 */
#ifndef NC_PROJECT_INCLUDE_INDEX_H
#define NC_PROJECT_INCLUDE_INDEX_H

#include <stdbool.h>

struct nc_include_index;

/* Nothing is read until something is looked up. */
struct nc_include_index *nc_include_index_new(const char *root);
void nc_include_index_free(struct nc_include_index *index); /* NULL is allowed */
const char *nc_include_index_root(const struct nc_include_index *index);

/* The path (absolute, to free) of what `source` includes as `name`, or NULL. May be called from several threads. */
char *nc_include_index_find(struct nc_include_index *index, const char *source, const char *name);

/* The nearest folder at or above `folder` that looks like a checkout's root (to free), or NULL. */
char *nc_repository_above(const char *folder);

#endif
