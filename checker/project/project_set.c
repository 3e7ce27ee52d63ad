#include "project/project_set.h"

#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/disk.h"
#include "project/solution.h"
#include "report/paths.h"
#include "support/arena.h"

/* More projects than any repository has. */
enum { MAX_PROJECTS = 5000 };

int nc_project_set_add(struct nc_project_set *set, const char *path, const struct nc_project_options *options)
{
    char *absolute = nc_disk_path(path, NULL), *error = NULL;
    struct nc_project project;
    size_t index;

    if (nc_strlist_has(&set->tried, absolute) || set->count >= MAX_PROJECTS) {
        free(absolute);
        return 0;
    }
    nc_strlist_take(&set->tried, absolute);
    if (nc_project_read(&project, absolute, options, &error) != 0) {
        nc_strlist_take(&set->errors, error);
        nc_project_clear(&project);
        return 2;
    }
    if (set->count == set->capacity) {
        set->capacity = set->capacity ? set->capacity * 2 : 16;
        set->items = nc_xrealloc(set->items, set->capacity * sizeof *set->items);
    }
    index = set->count++;
    set->items[index] = project;
    for (size_t i = 0; project.kind != NC_PROJECT_OTHER && i < project.references.count; i++) {
        const char *reference = project.references.items[i];

        if (!nc_disk_is_file(reference))
            nc_strlist_take(&set->items[index].notes, nc_strformat("the project '%s' is not there", reference));
        else
            nc_project_set_add(set, reference, options);
    }
    return 0;
}

int nc_project_set_add_solution(struct nc_project_set *set, const char *path, const struct nc_project_options *options,
                                char **error)
{
    struct nc_solution solution;
    int result = nc_solution_read(&solution, path, options->configuration ? options->configuration : "Release",
                                  options->platform ? options->platform : "x64", error);

    for (size_t i = 0; result == 0 && i < solution.count; i++) {
        const struct nc_solution_project *p = &solution.projects[i];
        struct nc_project_options own = *options;

        if (!nc_disk_is_file(p->path)) {
            nc_strlist_add(&set->missing, p->path);
            continue;
        }
        own.solution = solution.path;
        if (p->configuration) {
            own.configuration = p->configuration;
            own.platform = p->platform;
        }
        nc_project_set_add(set, p->path, &own);
    }
    nc_solution_clear(&solution);
    return result;
}

void nc_project_set_add_linked(struct nc_project_set *set, const struct nc_project_options *options)
{
    struct nc_project_set others = { 0 };
    char *solution, *error = NULL;

    if (set->count == 0 || set->items[0].libraries.count == 0)
        return;
    solution = nc_solution_above(set->items[0].path);
    if (!solution)
        return;
    nc_project_set_add_solution(&others, solution, options, &error);
    for (size_t i = 0; i < others.count; i++)
        if (others.items[i].kind == NC_PROJECT_LIBRARY) {
            struct nc_project_options own = *options;

            own.solution = solution;
            nc_project_set_add(set, others.items[i].path, &own);
        }
    nc_project_set_clear(&others);
    free(error);
    free(solution);
}

static bool is_project(const char *name)
{
    size_t n = strlen(name);

    return n > 8 && strcasecmp(name + n - 8, ".vcxproj") == 0;
}

static int compare_entries(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

void nc_project_set_add_folder(struct nc_project_set *set, const char *folder, const struct nc_project_options *options)
{
    char *root = nc_disk_path(folder, NULL), *roots[] = { root, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_entries);
    FTSENT *entry;

    while (tree && (entry = fts_read(tree)) != NULL) {
        if (entry->fts_info == FTS_D && entry->fts_level > 0 &&
            (entry->fts_name[0] == '.' || strcasecmp(entry->fts_name, "packages") == 0 ||
             strcmp(entry->fts_name, "node_modules") == 0))
            fts_set(tree, entry, FTS_SKIP);
        else if (entry->fts_info == FTS_F && is_project(entry->fts_name))
            nc_project_set_add(set, entry->fts_path, options);
    }
    if (tree)
        fts_close(tree);
    free(root);
}

void nc_project_set_clear(struct nc_project_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        nc_project_clear(&set->items[i]);
    free(set->items);
    nc_strlist_clear(&set->errors);
    nc_strlist_clear(&set->missing);
    nc_strlist_clear(&set->tried);
    *set = (struct nc_project_set){ 0 };
}

/* Does `p` name the library among its references or its linker inputs? */
static bool links(const struct nc_project *p, const struct nc_project *library)
{
    size_t n = strlen(library->name);

    if (nc_strlist_has(&p->references, library->path))
        return true;
    for (size_t i = 0; i < p->libraries.count; i++)
        if (strncasecmp(p->libraries.items[i], library->name, n) == 0 &&
            strcasecmp(p->libraries.items[i] + n, ".lib") == 0)
            return true;
    return false;
}

void nc_project_set_closure(const struct nc_project_set *set, size_t index, bool *members)
{
    bool grew = true;

    for (size_t i = 0; i < set->count; i++)
        members[i] = i == index;
    while (grew) {
        grew = false;
        for (size_t i = 0; i < set->count; i++)
            for (size_t j = 0; members[i] && j < set->count; j++)
                if (!members[j] && set->items[j].kind == NC_PROJECT_LIBRARY && links(&set->items[i], &set->items[j]))
                    members[j] = grew = true;
    }
}
