/*
 * A copy of another version of the checkout, in a temporary folder: what git's index holds, or a revision. While it is
 * entered, the options' paths and the current folder are its, so that results show the paths that the user knows.
 */
#ifndef NC_TOOL_SNAPSHOT_H
#define NC_TOOL_SNAPSHOT_H

#include <stdbool.h>

struct nc_options;

struct nc_snapshot {
    char *folder;  /* NULL: none entered */
    char *root;    /* the checkout */
    char *outside; /* where the options' paths were: there, or in a copy that was entered before */
    char *cwd;
};

/* Copies the version (revision NULL: the index) of the checkout at root, and enters it. 0, or 2 after saying on stderr
 * what is wrong. Call nc_snapshot_leave in any case. */
int nc_snapshot_enter(struct nc_snapshot *s, struct nc_options *options, const char *root, const char *revision);
/* Goes back and removes the copy. */
void nc_snapshot_leave(struct nc_snapshot *s, struct nc_options *options);

/* Do tracked files on disk differ from the index? */
bool nc_disk_differs_from_index(void);

#endif
