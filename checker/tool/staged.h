/*
 * --staged: the content that the next commit would have, as git's index holds it.
 */
#ifndef NC_TOOL_STAGED_H
#define NC_TOOL_STAGED_H

#include "tool/changes.h"

struct nc_options;

struct nc_staged {
    struct nc_changes *changes;
    char *folder; /* a temporary copy of the index; NULL: the files on disk are the same */
};

enum { NC_STAGED_READY, NC_STAGED_NOTHING /* nothing to check */, NC_STAGED_FAILED };

/* Where files on disk differ from the index, copies the index to a temporary folder, moves there and maps the options'
 * paths. Says on stderr what is wrong. Always call nc_staged_end. */
int nc_staged_begin(struct nc_staged *staged, struct nc_options *options);
void nc_staged_end(struct nc_staged *staged); /* removes the copy */

#endif
