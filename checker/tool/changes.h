/*
 * Changed lines, asked of git: which findings does a change touch?
 */
#ifndef NC_TOOL_CHANGES_H
#define NC_TOOL_CHANGES_H

#include <stdbool.h>

struct nc_changes;
struct nc_report;

/* What differs between the revision `base` and the files on disk; untracked files are changed as a whole. NULL with one
 * line in *error (to free). */
struct nc_changes *nc_changes_since(const char *base, char **error);
/* What is staged for the next commit. */
struct nc_changes *nc_changes_staged(char **error);
void nc_changes_free(struct nc_changes *c);

/* The checkout's root, absolute. */
const char *nc_changes_root(const struct nc_changes *c);
/* Is there a C or C++ source or header among them, or a file that decides how they are checked? */
bool nc_changes_touch_code(const struct nc_changes *c);
/* Marks the open results that stand, with their whole path, on lines that are the same. Where the report is of a copy
 * of the checkout, `copy` is its root, else NULL. */
void nc_changes_apply(const struct nc_changes *c, struct nc_report *r, const char *copy);

#endif
