#include "tool/cases.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/paths.h"
#include "tool/inputs.h"

static bool is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool has_case_name(const char *path)
{
    const char *name = nc_path_name(path);

    return strncmp(name, "bad_", 4) == 0 || strncmp(name, "ok_", 3) == 0;
}

static int list_folder(struct nc_strlist *children, const char *folder)
{
    DIR *stream = opendir(folder);
    const struct dirent *entry;

    if (!stream) {
        fprintf(stderr, "nmrcheck: cannot read '%s': %s\n", folder, strerror(errno));
        return 2;
    }
    while ((entry = readdir(stream)) != NULL)
        if (entry->d_name[0] != '.')
            nc_strlist_take(children, nc_path_join(folder, entry->d_name));
    closedir(stream);
    nc_strlist_sort(children);
    return 0;
}

static bool is_case_path(const char *path)
{
    return has_case_name(path) && (nc_path_is_source(path) || is_folder(path));
}

/* In a set each source must be a case: one with another name would never be run. */
static int add_set(struct nc_strlist *cases, const struct nc_strlist *children)
{
    int result = 0;

    for (size_t i = 0; i < children->count; i++) {
        const char *child = children->items[i];

        if (is_case_path(child)) {
            nc_strlist_add(cases, child);
        } else if (is_folder(child) || nc_path_is_source(child)) {
            fprintf(stderr, "nmrcheck: '%s' stands among test cases and is named neither bad_* nor ok_*\n", child);
            result = 2;
        }
    }
    return result;
}

int nc_cases_find(struct nc_strlist *cases, const char *path)
{
    struct nc_strlist children = { 0 };
    bool is_set = false, has_sources = false;
    int result = 0;

    if (access(path, F_OK) != 0) {
        fprintf(stderr, "nmrcheck: cannot read '%s': %s\n", path, strerror(errno));
        return 2;
    }
    if (!is_folder(path)) {
        nc_strlist_add(cases, path);
        return 0;
    }
    if (has_case_name(path)) {
        nc_strlist_add(cases, path);
        return 0;
    }
    result = list_folder(&children, path);
    for (size_t i = 0; i < children.count; i++) {
        is_set = is_set || is_case_path(children.items[i]);
        has_sources = has_sources || nc_path_is_source(children.items[i]);
    }
    if (is_set) {
        result = add_set(cases, &children);
    } else if (has_sources) {
        nc_strlist_add(cases, path);
    } else {
        for (size_t i = 0; i < children.count; i++)
            if (is_folder(children.items[i]) && nc_cases_find(cases, children.items[i]) != 0)
                result = 2;
    }
    nc_strlist_clear(&children);
    return result;
}

int nc_case_files(struct nc_strlist *files, const char *path)
{
    struct nc_strlist children = { 0 };
    int result;

    if (!is_folder(path)) {
        nc_strlist_take(files, nc_path_absolute(path, NULL));
        return 0;
    }
    result = list_folder(&children, path);
    for (size_t i = 0; i < children.count; i++) {
        const char *child = children.items[i];

        if (is_folder(child)) {
            if (nc_case_files(files, child) != 0)
                result = 2;
        } else if (nc_path_is_source(child) || nc_path_is_header(child)) {
            nc_strlist_take(files, nc_path_absolute(child, NULL));
        }
    }
    nc_strlist_clear(&children);
    return result;
}
