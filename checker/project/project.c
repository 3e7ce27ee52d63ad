#include "project/project.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/compile_flags.h"
#include "project/disk.h"
#include "project/evaluate.h"
#include "project/solution.h"
#include "project/wdk.h"
#include "report/paths.h"
#include "support/arena.h"

static const char default_configuration[] = "Release", default_platform[] = "x64";

/* "Release|x64", as items of a project name them. */
static bool has_configuration(const struct nc_evaluation *e, const char *configuration, const char *platform)
{
    size_t n = strlen(configuration);

    for (size_t i = 0; i < e->items.count; i++) {
        const char *name = e->items.list[i].identity;

        if (strcasecmp(e->items.list[i].type, "ProjectConfiguration") == 0 &&
            strncasecmp(name, configuration, n) == 0 && name[n] == '|' && strcasecmp(name + n + 1, platform) == 0)
            return true;
    }
    return false;
}

static bool begins_with(const char *name, const char *bar, const char *configuration)
{
    size_t n = strlen(configuration);

    return (size_t)(bar - name) == n && strncasecmp(name, configuration, n) == 0;
}

/* What is nearest to what was asked for: the same platform, else the same configuration, else the default. */
static const char *nearest_configuration(const struct nc_evaluation *e, const char *configuration, const char *platform)
{
    const char *best = NULL;
    int best_score = -1;

    for (size_t i = 0; i < e->items.count; i++) {
        const char *name = e->items.list[i].identity, *bar = strchr(name, '|');
        int score;

        if (strcasecmp(e->items.list[i].type, "ProjectConfiguration") != 0 || !bar)
            continue;
        score = 8 * (strcasecmp(bar + 1, platform) == 0) + 4 * begins_with(name, bar, configuration) +
                2 * (strcasecmp(bar + 1, default_platform) == 0) + begins_with(name, bar, default_configuration);
        if (score > best_score) {
            best = name;
            best_score = score;
        }
    }
    return best;
}

static int evaluate(struct nc_project *p, struct nc_evaluation *e, const struct nc_project_options *options,
                    const char *solution, char **error)
{
    struct nc_properties toolset = { 0 };
    struct nc_evaluation_input input = { .path = p->path, .solution = solution, .toolset = &toolset };
    const char *nearest;
    int result;

    if (options->wdk)
        nc_wdk_properties(options->wdk, &toolset);
    p->configuration = nc_strcopy(options->configuration ? options->configuration : default_configuration);
    p->platform = nc_strcopy(options->platform ? options->platform : default_platform);
    input.configuration = p->configuration;
    input.platform = p->platform;
    result = nc_evaluate(e, &input, error);
    nearest = result == 0 && !has_configuration(e, p->configuration, p->platform)
                  ? nearest_configuration(e, p->configuration, p->platform)
                  : NULL;
    if (nearest) {
        const char *bar = strchr(nearest, '|');
        char *configuration = nc_strformat("%.*s", (int)(bar - nearest), nearest), *platform = nc_strcopy(bar + 1);

        if (options->configuration || options->platform)
            nc_strlist_take(&p->notes, nc_strformat("the project has no configuration '%s|%s'; '%s' was read",
                                                    p->configuration, p->platform, nearest));
        nc_evaluation_clear(e);
        free(p->configuration);
        free(p->platform);
        input.configuration = p->configuration = configuration;
        input.platform = p->platform = platform;
        result = nc_evaluate(e, &input, error);
    }
    nc_properties_clear(&toolset);
    return result;
}

static bool contains(const char *text, const char *part) { return strcasestr(text, part) != NULL; }

static enum nc_project_kind kind_of(const struct nc_evaluation *e)
{
    const char *type = nc_evaluation_property(e, "ConfigurationType"),
               *driver = nc_evaluation_property(e, "DriverType");
    const char *toolset = nc_evaluation_property(e, "PlatformToolset");
    const char *undocked = nc_evaluation_property(e, "UndockedType"); /* of Microsoft's "undocked" property sheets */
    bool kernel = contains(toolset, "KernelModeDriver");
    bool user = contains(toolset, "UserModeDriver") || contains(toolset, "ApplicationForDrivers") ||
                strcasecmp(driver, "UMDF") == 0 || strcasecmp(driver, "Package") == 0;

    if (user)
        return NC_PROJECT_OTHER;
    if (strcasecmp(type, "Driver") == 0)
        return NC_PROJECT_DRIVER;
    if (strcasecmp(type, "DynamicLibrary") == 0)
        return kernel ? NC_PROJECT_DRIVER : NC_PROJECT_OTHER;
    if (strcasecmp(type, "StaticLibrary") == 0)
        return kernel || *driver || !*toolset ? NC_PROJECT_LIBRARY : NC_PROJECT_OTHER;
    if (*type)
        return NC_PROJECT_OTHER;
    if (strcasecmp(undocked, "sys") == 0)
        return NC_PROJECT_DRIVER;
    if (strcasecmp(undocked, "drvlib") == 0)
        return NC_PROJECT_LIBRARY;
    if (kernel || (*driver && strcasecmp(driver, "Package") != 0))
        return NC_PROJECT_DRIVER;
    return *undocked || !e->incomplete ? NC_PROJECT_OTHER : NC_PROJECT_UNKNOWN;
}

static void read_sources(struct nc_project *p, const struct nc_evaluation *e)
{
    for (size_t i = 0; i < e->items.count; i++) {
        const struct nc_item *item = &e->items.list[i];
        const char *excluded = nc_properties_get(&item->metadata, "ExcludedFromBuild");
        struct nc_project_source *source;

        if (strcasecmp(item->type, "ClCompile") != 0 || (excluded && strcasecmp(excluded, "true") == 0))
            continue;
        p->sources = nc_xrealloc(p->sources, (p->source_count + 1) * sizeof *p->sources);
        source = &p->sources[p->source_count++];
        *source = (struct nc_project_source){ .path = nc_strcopy(item->identity) };
        nc_compile_flags(e, item, p->folder, &source->flags, &p->notes);
    }
}

static void read_links(struct nc_project *p, const struct nc_evaluation *e)
{
    struct nc_strlist parts = { 0 };

    for (size_t i = 0; i < e->items.count; i++) {
        const struct nc_item *item = &e->items.list[i];
        const char *linked = nc_properties_get(&item->metadata, "LinkLibraryDependencies");

        if (strcasecmp(item->type, "ProjectReference") == 0 && !(linked && strcasecmp(linked, "false") == 0))
            nc_strlist_add(&p->references, item->identity);
    }
    nc_split_list(nc_evaluation_default(e, "Link", "AdditionalDependencies"), &parts);
    for (size_t i = 0; i < parts.count; i++)
        nc_strlist_add(&p->libraries, nc_path_name(parts.items[i]));
    nc_strlist_clear(&parts);
}

/* The last resort: is there an entry point in the text? */
static bool has_driver_entry(const struct nc_project *p)
{
    bool found = false;

    for (size_t i = 0; i < p->source_count && !found; i++) {
        size_t length = 0;
        char *error = NULL, *text = nc_disk_read(p->sources[i].path, 4 << 20, &length, &error);

        found = text && strstr(text, "DriverEntry");
        free(text);
        free(error);
    }
    return found;
}

int nc_project_read(struct nc_project *p, const char *path, const struct nc_project_options *options, char **error)
{
    struct nc_evaluation e;
    char *solution;
    int result;

    *p = (struct nc_project){ .path = nc_disk_path(path, NULL) };
    p->folder = nc_path_parent(p->path);
    solution = options->solution ? nc_strcopy(options->solution) : nc_solution_above(p->path);
    result = evaluate(p, &e, options, solution, error);
    if (result == 0) {
        const char *name = nc_evaluation_property(&e, "TargetName");

        p->name = nc_strcopy(*name ? name : nc_path_name(p->path));
        p->kind = kind_of(&e);
        read_sources(p, &e);
        read_links(p, &e);
        if (p->kind == NC_PROJECT_UNKNOWN)
            p->kind = has_driver_entry(p) ? NC_PROJECT_DRIVER : NC_PROJECT_UNKNOWN;
        for (size_t i = 0; i < e.notes.count; i++)
            nc_strlist_add(&p->notes, e.notes.items[i]);
    }
    nc_evaluation_clear(&e);
    free(solution);
    return result;
}

void nc_project_clear(struct nc_project *p)
{
    free(p->path);
    free(p->folder);
    free(p->name);
    free(p->configuration);
    free(p->platform);
    for (size_t i = 0; i < p->source_count; i++) {
        free(p->sources[i].path);
        nc_strlist_clear(&p->sources[i].flags);
    }
    free(p->sources);
    nc_strlist_clear(&p->references);
    nc_strlist_clear(&p->libraries);
    nc_strlist_clear(&p->notes);
    *p = (struct nc_project){ 0 };
}
