#include "project/disk.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "report/paths.h"
#include "support/arena.h"

bool nc_disk_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

bool nc_disk_is_file(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool nc_disk_is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* The entry of `folder` that is `name` but for the letters' case (to free), or NULL. */
static char *actual_entry(const char *folder, const char *name)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;
    char *found = NULL;

    while (directory && !found && (entry = readdir(directory)) != NULL)
        if (strcasecmp(entry->d_name, name) == 0)
            found = nc_strcopy(entry->d_name);
    if (directory)
        closedir(directory);
    return found;
}

/* The path (absolute) as it is on disk, or NULL. */
static char *actual_path(const char *path)
{
    char *parent, *folder, *entry, *result = NULL;

    if (nc_disk_exists(path))
        return nc_strcopy(path);
    if (path[0] != '/' || path[1] == '\0')
        return NULL;
    parent = nc_path_parent(path);
    folder = actual_path(parent);
    entry = folder ? actual_entry(folder, nc_path_name(path)) : NULL;
    if (entry)
        result = nc_path_join(folder, entry);
    free(parent);
    free(folder);
    free(entry);
    return result;
}

char *nc_disk_path(const char *path, const char *base)
{
    char *slashed = nc_strcopy(path), *absolute, *actual;

    for (char *c = slashed; *c; c++)
        if (*c == '\\')
            *c = '/';
    absolute = nc_path_absolute(slashed, base);
    actual = actual_path(absolute);
    free(slashed);
    if (!actual)
        return absolute;
    free(absolute);
    return actual;
}

char *nc_disk_read(const char *path, size_t limit, size_t *length, char **error)
{
    FILE *file = nc_disk_is_folder(path) ? NULL : fopen(path, "rb");
    struct stat status;
    char *text = NULL;

    if (!file) {
        *error = nc_strformat("cannot read '%s': %s", path, nc_disk_is_folder(path) ? "is a folder" : strerror(errno));
        return NULL;
    }
    if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode))
        *error = nc_strformat("cannot read '%s': not a regular file", path);
    else if ((size_t)status.st_size > limit)
        *error = nc_strformat("'%s' is too large (over %zu MB)", path, limit >> 20);
    if (!*error) {
        text = nc_xmalloc((size_t)status.st_size + 1);
        *length = fread(text, 1, (size_t)status.st_size, file);
        text[*length] = '\0';
    }
    fclose(file);
    return text;
}

char *nc_disk_find_above(const char *folder, const char *name)
{
    char *at = nc_path_absolute(folder, NULL);

    for (;;) {
        char *candidate = nc_disk_path(name, at), *parent;

        if (nc_disk_exists(candidate)) {
            free(at);
            return candidate;
        }
        free(candidate);
        parent = nc_path_parent(at);
        if (strcmp(parent, at) == 0 || strcmp(parent, ".") == 0) {
            free(parent);
            free(at);
            return NULL;
        }
        free(at);
        at = parent;
    }
}

bool nc_disk_match(const char *pattern, const char *text)
{
    const char *star = NULL, *mark = NULL;

    while (*text) {
        if (*pattern == '*') {
            star = pattern++;
            mark = text;
        } else if (*pattern == '?' || (*pattern && tolower((unsigned char)*pattern) == tolower((unsigned char)*text))) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star + 1;
            text = ++mark;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/* A limit on how many entries one pattern looks at, and how deep. */
enum { MAX_ENTRIES = 200000, MAX_DEPTH = 48 };

static bool glob_below(const char *folder, char **parts, size_t count, struct nc_strlist *files, size_t *budget,
                       unsigned depth);

static int compare_names(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool glob_entry(const char *folder, const char *name, char **parts, size_t count, struct nc_strlist *files,
                       size_t *budget, unsigned depth)
{
    bool deep = strcmp(parts[0], "**") == 0, whole = true;
    char *path = nc_path_join(folder, name);
    struct stat status;

    if (lstat(path, &status) == 0) { /* links to folders are not followed: they may lead in circles */
        if (S_ISDIR(status.st_mode)) {
            if (deep)
                whole = glob_below(path, parts, count, files, budget, depth + 1);
            else if (count > 1 && nc_disk_match(parts[0], name))
                whole = glob_below(path, parts + 1, count - 1, files, budget, depth + 1);
        } else if (count == 1 && (deep || nc_disk_match(parts[0], name))) {
            nc_strlist_add(files, path);
        }
    }
    free(path);
    return whole;
}

static bool glob_below(const char *folder, char **parts, size_t count, struct nc_strlist *files, size_t *budget,
                       unsigned depth)
{
    struct dirent **entries;
    bool whole = true;
    int found;

    if (depth > MAX_DEPTH)
        return false;
    if (count > 1 && strcmp(parts[0], "**") == 0) /* no folder at all */
        whole = glob_below(folder, parts + 1, count - 1, files, budget, depth + 1);
    found = scandir(folder, &entries, NULL, compare_names);
    for (int i = 0; i < found; i++) {
        const char *name = entries[i]->d_name;

        if (*budget == 0)
            whole = false;
        else if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && --*budget > 0)
            whole = glob_entry(folder, name, parts, count, files, budget, depth) && whole;
        free(entries[i]);
    }
    if (found >= 0)
        free(entries);
    return whole;
}

bool nc_disk_glob(const char *pattern, const char *base, struct nc_strlist *files)
{
    size_t budget = MAX_ENTRIES, count = 0, fixed;
    char *absolute, *folder, *parts[MAX_DEPTH], *rest, *part;
    bool whole;

    if (!strpbrk(pattern, "*?")) {
        nc_strlist_take(files, nc_disk_path(pattern, base));
        return true;
    }
    absolute = nc_path_absolute(pattern, base);
    fixed = strcspn(absolute, "*?");
    while (fixed > 0 && absolute[fixed - 1] != '/')
        fixed--;
    if (fixed == 0) { /* a drive of another system */
        free(absolute);
        return true;
    }
    rest = absolute + fixed;
    absolute[fixed - 1] = '\0';
    folder = nc_disk_path(fixed > 1 ? absolute : "/", "/");
    while ((part = strsep(&rest, "/")) != NULL && count < MAX_DEPTH)
        if (*part)
            parts[count++] = part;
    whole = count > 0 && glob_below(folder, parts, count, files, &budget, 0);
    nc_strlist_sort(files);
    free(folder);
    free(absolute);
    return whole;
}
