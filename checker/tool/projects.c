#include "tool/projects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/disk.h"
#include "project/include_index.h"
#include "project/project_set.h"
#include "project/wdk.h"
#include "report/paths.h"
#include "support/arena.h"
#include "tool/options.h"

static bool has_extension(const char *path, const char *extension)
{
    const char *dot = strrchr(nc_path_name(path), '.');

    return dot && strcasecmp(dot, extension) == 0;
}

bool nc_path_is_project(const char *path)
{
    return has_extension(path, ".vcxproj") || has_extension(path, ".sln") || has_extension(path, ".slnx");
}

static struct nc_project_options project_options(const struct nc_inputs *inputs)
{
    const struct nc_options *o = inputs->options;

    return (struct nc_project_options){ .configuration = o ? o->configuration : NULL,
                                        .platform = o ? o->platform : NULL,
                                        .wdk = inputs->wdk };
}

static void add_source(struct nc_inputs *inputs, const struct nc_project *project,
                       const struct nc_project_source *source, const struct nc_strlist *flags, const char *driver)
{
    struct nc_input *input;

    if (!nc_disk_is_file(source->path)) {
        nc_inputs_note(inputs, project->path, NC_INPUT_NOTE_LOST,
                       nc_strformat("its source '%s' is not there (does the build make it?)", source->path));
        return;
    }
    input = nc_inputs_add(inputs, NC_INPUT_SOURCE, source->path);
    input->directory = nc_strcopy(project->folder);
    for (size_t i = 0; i < source->flags.count; i++)
        nc_strlist_add(&input->flags, source->flags.items[i]);
    for (size_t i = 0; i < flags->count; i++)
        nc_strlist_add(&input->flags, flags->items[i]);
    nc_strlist_add(&input->drivers, driver);
}

/* The sources of the project at `index` and of all that is linked into it. */
static void add_driver(struct nc_inputs *inputs, const struct nc_project_set *set, size_t index, bool *covered,
                       const struct nc_strlist *flags)
{
    bool *members = nc_xmalloc(set->count + 1);

    nc_project_set_closure(set, index, members);
    for (size_t i = 0; i < set->count; i++) {
        const struct nc_project *project = &set->items[i];

        if (!members[i])
            continue;
        for (size_t j = 0; j < project->source_count; j++)
            add_source(inputs, project, &project->sources[j], flags, set->items[index].path);
        for (size_t j = 0; j < project->notes.count && !covered[i]; j++)
            nc_inputs_note(inputs, project->path, NC_INPUT_NOTE_PLAIN, nc_strcopy(project->notes.items[j]));
        covered[i] = true;
    }
    free(members);
}

/* Each driver with its libraries, then libraries that no driver uses. How many of them. */
static size_t add_drivers(struct nc_inputs *inputs, const struct nc_project_set *set, const struct nc_strlist *flags)
{
    bool *covered = nc_xmalloc(set->count + 1);
    size_t drivers = 0;

    memset(covered, 0, set->count + 1);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < set->count; i++)
            if (set->items[i].kind == (pass == 0 ? NC_PROJECT_DRIVER : NC_PROJECT_LIBRARY) && !covered[i]) {
                add_driver(inputs, set, i, covered, flags);
                drivers++;
            }
    free(covered);
    return drivers;
}

static void print_errors(struct nc_inputs *inputs, const struct nc_project_set *set)
{
    for (size_t i = 0; i < set->errors.count; i++)
        fprintf(stderr, "nmrcheck: %s\n", set->errors.items[i]);
    inputs->broken += set->errors.count;
}

static int add_one_project(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags)
{
    struct nc_project_options options = project_options(inputs);
    struct nc_project_set set = { 0 };
    size_t first = inputs->count;
    int result = nc_project_set_add(&set, path, &options);

    print_errors(inputs, &set);
    if (result == 0 && set.count > 0) {
        bool *all;

        nc_project_set_add_linked(&set, &options);
        all = nc_xmalloc(set.count + 1);
        memset(all, 0, set.count + 1);
        add_driver(inputs, &set, 0, all, flags);
        free(all);
        if (inputs->count == first) {
            fprintf(stderr, "nmrcheck: the project '%s' has no C or C++ source that is there\n", path);
            result = 2;
        }
    }
    nc_project_set_clear(&set);
    return result;
}

static int add_solution(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags)
{
    struct nc_project_options options = project_options(inputs);
    struct nc_project_set set = { 0 };
    size_t first = inputs->count;
    char *error = NULL;
    int result = nc_project_set_add_solution(&set, path, &options, &error);

    if (result != 0)
        fprintf(stderr, "nmrcheck: %s\n", error);
    free(error);
    print_errors(inputs, &set);
    for (size_t i = 0; i < set.missing.count; i++)
        nc_inputs_note(inputs, path, NC_INPUT_NOTE_PLAIN,
                       nc_strformat("its project '%s' is not there", set.missing.items[i]));
    if (result == 0)
        add_drivers(inputs, &set, flags);
    if (result == 0 && inputs->count == first) {
        fprintf(stderr, "nmrcheck: no project of '%s' builds a kernel-mode driver from sources that are there\n", path);
        result = 2;
    }
    nc_project_set_clear(&set);
    return result;
}

int nc_inputs_add_project(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags)
{
    return has_extension(path, ".vcxproj") ? add_one_project(inputs, path, flags) : add_solution(inputs, path, flags);
}

bool nc_inputs_add_repository(struct nc_inputs *inputs, const char *folder, const struct nc_strlist *flags)
{
    struct nc_project_options options = project_options(inputs);
    struct nc_project_set set = { 0 };
    size_t first = inputs->count;

    nc_project_set_add_folder(&set, folder, &options);
    print_errors(inputs, &set);
    add_drivers(inputs, &set, flags);
    nc_project_set_clear(&set);
    return inputs->count > first;
}

struct nc_include_index *nc_inputs_index(struct nc_inputs *inputs, const char *root)
{
    char *absolute = nc_path_absolute(root, NULL);

    for (size_t i = 0; i < inputs->index_count; i++)
        if (strcmp(nc_include_index_root(inputs->indexes[i]), absolute) == 0) {
            free(absolute);
            return inputs->indexes[i];
        }
    inputs->indexes = nc_xrealloc(inputs->indexes, (inputs->index_count + 1) * sizeof *inputs->indexes);
    inputs->indexes[inputs->index_count] = nc_include_index_new(absolute);
    free(absolute);
    return inputs->indexes[inputs->index_count++];
}

void nc_inputs_index_repositories(struct nc_inputs *inputs)
{
    char *last_folder = NULL, *last_root = NULL;

    for (size_t i = 0; i < inputs->count; i++) {
        struct nc_input *input = &inputs->items[i];
        char *path, *folder;

        if (input->kind != NC_INPUT_SOURCE)
            continue;
        path = nc_path_absolute(input->path, NULL);
        folder = nc_path_parent(path);
        free(path);
        if (!last_folder || strcmp(last_folder, folder) != 0) {
            free(last_folder);
            free(last_root);
            last_folder = folder;
            last_root = nc_repository_above(folder);
        } else {
            free(folder);
        }
        if (last_root)
            input->index = nc_inputs_index(inputs, last_root);
    }
    free(last_folder);
    free(last_root);
}

int nc_inputs_find_wdk(struct nc_inputs *inputs)
{
    const struct nc_options *o = inputs->options;
    char *error = NULL;
    int result = 0;

    inputs->wdk = nc_xmalloc(sizeof *inputs->wdk);
    *inputs->wdk = (struct nc_wdk){ 0 };
    if (o && o->wdk && strcmp(o->wdk, "none") == 0)
        return 0;
    if (o && o->wdk)
        result = nc_wdk_read(inputs->wdk, o->wdk, &error);
    else
        nc_wdk_find(inputs->wdk, o && o->paths.count > 0 ? o->paths.items[0] : ".");
    if (result != 0)
        fprintf(stderr, "nmrcheck: --wdk: %s\n", error);
    free(error);
    if (inputs->wdk->km)
        nc_inputs_note(inputs, inputs->wdk->root, NC_INPUT_NOTE_PLAIN,
                       nc_strformat("the driver kit whose headers are used, version %s",
                                    inputs->wdk->version ? inputs->wdk->version : "unknown"));
    return result;
}
