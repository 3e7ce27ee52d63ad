#include "tool/driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "analysis/contract.h"
#include "fixes/fixes.h"
#include "model/builder.h"
#include "model/link.h"
#include "model/module.h"
#include "report/paths.h"
#include "support/arena.h"
#include "tool/options.h"
#include "tool/units.h"

/* Gaps that the front end and the linker met; the analysis adds its own. */
static void add_gaps(struct nc_findings *findings, const struct nc_module *m)
{
    for (uint32_t i = 0; i < m->gaps_count; i++) {
        const struct nc_gap *gap = &m->gaps[i];
        struct nc_gap_note note = { .kind = (int)gap->kind };

        note.what = nc_arena_strdup(findings->arena, nc_string(m, gap->what));
        note.reason = nc_arena_strdup(findings->arena, nc_string(m, gap->reason));
        note.place = (struct nc_place){ .file = "", .function = "", .macro = "" };
        if (gap->loc != NC_NONE) {
            const struct nc_loc *loc = &m->locs[gap->loc];

            if (loc->file != NC_NONE)
                note.place.file = nc_arena_strdup(findings->arena, nc_string(m, m->files[loc->file].path));
            note.place.line = loc->line;
            note.place.col = loc->col;
        }
        nc_findings_gap(findings, &note);
    }
}

/* The driver's own functions; what the built-in headers define does not count. */
static uint64_t count_functions(const struct nc_module *m)
{
    uint64_t count = 0;

    for (uint32_t i = 0; i < m->functions_count; i++)
        count += m->functions[i].block_count > 0 && !(m->functions[i].flags & NC_FN_SYSTEM);
    return count;
}

struct nc_findings *nc_driver_check(const struct nc_module *const *modules, size_t count,
                                    const struct nc_driver_options *options, struct nc_module **linked)
{
    struct nc_analysis_options analysis = {
        .entry = options->entry, .force_part = options->part, .picture = options->picture, .dump = options->dump
    };
    struct nc_findings *findings = nc_findings_new();
    uint64_t start = nc_now_ns(), after_link;
    struct nc_module *driver = nc_link(modules, count);

    after_link = nc_now_ns();
    findings->stats.files = count;
    findings->stats.functions = count_functions(driver);
    nc_analyse(driver, options->contracts, &analysis, findings);
    findings->stats.link_ns = after_link - start;
    findings->stats.analyse_ns = nc_now_ns() - after_link;
    add_gaps(findings, driver);
    nc_findings_sort_dedup(findings);
    if (options->sources)
        nc_fixes_find(driver, options->sources, findings);
    if (linked)
        *linked = driver;
    else
        nc_module_free(driver);
    return findings;
}

bool nc_module_has_entry(const struct nc_module *m, const char *entry)
{
    static const char *const names[] = { "DriverEntry", "FxDriverEntry", "GsDriverEntry", NULL };
    const char *const one[] = { entry, NULL };

    for (uint32_t i = 0; i < m->functions_count; i++) {
        const struct nc_function *f = &m->functions[i];

        if (f->block_count == 0 || (f->flags & NC_FN_SYSTEM))
            continue;
        for (const char *const *name = entry ? one : names; *name; name++)
            if (strcmp(nc_string(m, f->name), *name) == 0 || strcmp(nc_string(m, f->display), *name) == 0)
                return true;
    }
    return false;
}

void nc_driver_groups_clear(struct nc_driver_groups *groups)
{
    free(groups->modules);
    free(groups->counts);
    free(groups->names);
    *groups = (struct nc_driver_groups){ 0 };
}

struct split {
    size_t count;
    bool *is_entry;
    char **folders;
};

/* Length of the longest folder of an entry that path lies below; 0: none. */
static size_t nearest_entry_folder(const struct split *split, const char *path)
{
    size_t best = 0;

    for (size_t i = 0; i < split->count; i++)
        if (split->is_entry[i] && nc_path_below(path, split->folders[i]) && strlen(split->folders[i]) > best)
            best = strlen(split->folders[i]);
    return best;
}

static bool belongs(const struct split *split, size_t entry, size_t module, const char *path)
{
    size_t nearest;

    if (split->is_entry[module])
        return entry == module;
    nearest = nearest_entry_folder(split, path);
    return nearest == 0 || (strlen(split->folders[entry]) == nearest && nc_path_below(path, split->folders[entry]));
}

void nc_driver_split(const struct nc_module *const *modules, const char *const *paths, size_t count, const char *entry,
                     struct nc_driver_groups *groups)
{
    struct split split = { .count = count };
    size_t entries = 0, filled = 0;

    *groups = (struct nc_driver_groups){ 0 };
    split.is_entry = nc_xmalloc(count + 1);
    split.folders = nc_xmalloc((count + 1) * sizeof *split.folders);
    for (size_t i = 0; i < count; i++) {
        split.is_entry[i] = nc_module_has_entry(modules[i], entry);
        split.folders[i] = nc_path_parent(paths[i]);
        entries += split.is_entry[i];
    }
    groups->group_count = entries > 1 ? entries : 1;
    groups->counts = nc_xmalloc(groups->group_count * sizeof *groups->counts);
    groups->modules = nc_xmalloc((groups->group_count * count + 1) * sizeof *groups->modules);
    if (entries <= 1) {
        memcpy(groups->modules, modules, count * sizeof *modules);
        groups->counts[0] = count;
    }
    for (size_t i = 0, group = 0; entries > 1 && i < count; i++) {
        size_t before = filled;

        if (!split.is_entry[i])
            continue;
        for (size_t j = 0; j < count; j++)
            if (belongs(&split, i, j, paths[j]))
                groups->modules[filled++] = modules[j];
        groups->counts[group++] = filled - before;
    }
    for (size_t i = 0; i < count; i++)
        free(split.folders[i]);
    free(split.folders);
    free(split.is_entry);
}

const struct nc_contracts *nc_options_contracts(const struct nc_options *options)
{
    const struct nc_contracts *contracts;
    char *error = NULL;

    if (options->contracts.count == 0)
        return nc_contracts_builtin();
    contracts = nc_contracts_load_all((const char *const *)options->contracts.items, options->contracts.count, &error);
    if (!contracts)
        fprintf(stderr, "nmrcheck: %s\n", error ? error : "cannot read the contracts");
    free(error);
    return contracts;
}
