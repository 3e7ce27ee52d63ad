/*
 * Paths as text: nothing here touches the disk except nc_path_root and nc_path_cwd. Results are malloc'ed, to free by
 * the caller. Both kinds of slashes separate (compilers on Windows report either).
 */
#ifndef NC_REPORT_PATHS_H
#define NC_REPORT_PATHS_H

#include <stdbool.h>

char *nc_path_cwd(void);
/* Joined to base (absolute) when relative; "." and ".." resolved as text. base NULL: the current directory. */
char *nc_path_absolute(const char *path, const char *base);
char *nc_path_join(const char *folder, const char *name);
char *nc_path_parent(const char *path);
const char *nc_path_name(const char *path);               /* last component, inside path */
bool nc_path_below(const char *path, const char *folder); /* both absolute; a folder is below itself */
/* path relative to folder (both absolute) when it is below it, else path itself. */
char *nc_path_display(const char *path, const char *folder);
/* The nearest folder at or above `folder` that holds the entry `name` (for example ".git"), or NULL. */
char *nc_path_find_up(const char *folder, const char *name);
/* Percent-encoded for a URI; a path that is absolute becomes file:///... */
char *nc_path_uri(const char *path);
/* The other way: the path of a file: URI, or NULL when it is none. */
char *nc_path_from_uri(const char *uri);
/* A header of the built-in model, which has no file on disk. */
bool nc_path_is_virtual(const char *path);

#endif
