/*
 * Paths of project files on this disk: either slash separates, and letters' case does not count, as on Windows. Results
 * are malloc'ed.
 */
#ifndef NC_PROJECT_DISK_H
#define NC_PROJECT_DISK_H

#include <stdbool.h>
#include <stddef.h>

#include "support/strlist.h"

/* `path`, joined to `base` (absolute) when relative, as it is written on disk; what is not there stays as written. */
char *nc_disk_path(const char *path, const char *base);
bool nc_disk_is_file(const char *path);
bool nc_disk_is_folder(const char *path);
/* Exists as it is written here, whatever it is. */
bool nc_disk_exists(const char *path);
/* A whole file, NUL-terminated (*length without the NUL), or NULL with a line in *error. Files above `limit` bytes are
 * an error. */
char *nc_disk_read(const char *path, size_t limit, size_t *length, char **error);

/* The nearest folder at or above `folder` that holds `name`, as the whole path of that entry, or NULL. */
char *nc_disk_find_above(const char *folder, const char *name);

/* Does the text match the pattern of '*' and '?', letters' case aside? */
bool nc_disk_match(const char *pattern, const char *text);
/* The files that `pattern` stands for ("src\**\*.c"), sorted; a pattern without wildcards is itself, be it there or
 * not. False when there were more than could be looked at. */
bool nc_disk_glob(const char *pattern, const char *base, struct nc_strlist *files);

#endif
