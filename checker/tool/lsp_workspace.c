#include "tool/lsp_workspace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "frontend/frontend.h"
#include "model/builder.h"
#include "report/findings.h"
#include "report/paths.h"
#include "report/sources.h"
#include "report/suppress.h"
#include "support/arena.h"
#include "tool/driver.h"
#include "tool/options.h"
#include "tool/parallel.h"
#include "tool/projects.h"
#include "tool/units.h"

void nc_workspace_init(struct nc_workspace *w, const struct nc_options *options, const struct nc_contracts *contracts)
{
    *w = (struct nc_workspace){ .options = options, .contracts = contracts, .inputs.options = options };
}

/* Makes room for inputs that were added, and makes their paths absolute, as findings and documents have them. */
static void grow(struct nc_workspace *w, size_t before)
{
    w->modules = nc_xrealloc(w->modules, (w->inputs.count + 1) * sizeof *w->modules);
    w->dirty = nc_xrealloc(w->dirty, (w->inputs.count + 1) * sizeof *w->dirty);
    for (size_t i = before; i < w->inputs.count; i++) {
        char *absolute = nc_path_absolute(w->inputs.items[i].path, NULL);

        free(w->inputs.items[i].path);
        w->inputs.items[i].path = absolute;
        w->modules[i] = NULL;
        w->dirty[i] = true;
        w->dirty_count++;
    }
    nc_inputs_index_repositories(&w->inputs);
    w->analysed = false;
}

void nc_workspace_add_folder(struct nc_workspace *w, const char *folder)
{
    char *database = nc_path_join(folder, "compile_commands.json");
    char *in_build = nc_path_join(folder, "build/compile_commands.json");
    size_t before = w->inputs.count;

    if (w->options->database)
        nc_inputs_add_database(&w->inputs, w->options->database);
    else if (access(database, R_OK) == 0)
        nc_inputs_add_database(&w->inputs, database);
    else if (access(in_build, R_OK) == 0)
        nc_inputs_add_database(&w->inputs, in_build);
    else
        nc_inputs_add_path(&w->inputs, folder, &w->options->flags);
    grow(w, before);
    free(database);
    free(in_build);
}

static bool includes(const struct nc_module *m, const char *path)
{
    for (uint32_t i = 0; m && i < m->files_count; i++) {
        char *file = nc_path_absolute(nc_string(m, m->files[i].path), NULL);
        bool same = strcmp(file, path) == 0;

        free(file);
        if (same)
            return true;
    }
    return false;
}

static void mark(struct nc_workspace *w, size_t i)
{
    if (!w->dirty[i]) {
        w->dirty[i] = true;
        w->dirty_count++;
    }
    w->analysed = false;
}

void nc_workspace_touch(struct nc_workspace *w, const char *path)
{
    size_t before = w->inputs.count;
    bool known = false;

    for (size_t i = 0; i < w->inputs.count; i++)
        if (strcmp(w->inputs.items[i].path, path) == 0) {
            mark(w, i);
            known = true;
        }
    if (known)
        return;
    if (nc_path_is_source(path)) {
        nc_inputs_add(&w->inputs, NC_INPUT_SOURCE, path);
        for (size_t i = 0; i < w->options->flags.count; i++)
            nc_strlist_add(&w->inputs.items[before].flags, w->options->flags.items[i]);
        grow(w, before);
        return;
    }
    for (size_t i = 0; i < w->inputs.count; i++)
        if (includes(w->modules[i], path))
            mark(w, i);
}

struct batch {
    struct nc_workspace *w;
    size_t *indices;
    struct nc_unit *units;
};

static void lower_one(void *user, size_t i)
{
    struct batch *batch = user;

    nc_unit_lower(&batch->units[i], true, NULL);
}

/* One unit for each core: short enough to be answered in between. */
static void lower_some(struct nc_workspace *w)
{
    unsigned jobs = w->options->jobs;
    struct batch batch = { .w = w };
    struct nc_overlay *overlays = nc_xmalloc((w->documents.count + 1) * sizeof *overlays);
    size_t count = 0;

    batch.indices = nc_xmalloc(jobs * sizeof *batch.indices);
    batch.units = nc_xmalloc(jobs * sizeof *batch.units);
    for (size_t i = 0; i < w->documents.count; i++)
        overlays[i] = (struct nc_overlay){ w->documents.items[i].path, w->documents.items[i].text };
    for (size_t i = 0; i < w->inputs.count && count < jobs; i++) {
        const struct nc_document *document;

        if (!w->dirty[i])
            continue;
        document = nc_document_by_path(&w->documents, w->inputs.items[i].path);
        batch.indices[count] = i;
        batch.units[count++] = (struct nc_unit){ .input = &w->inputs.items[i],
                                                 .overlay = document ? document->text : NULL,
                                                 .overlays = overlays,
                                                 .overlay_count = w->documents.count };
    }
    nc_parallel(count, jobs, lower_one, NULL, &batch);
    for (size_t i = 0; i < count; i++) {
        size_t index = batch.indices[i];

        if (w->modules[index])
            nc_module_free(w->modules[index]);
        w->modules[index] = batch.units[i].module;
        if (batch.units[i].error)
            fprintf(stderr, "nmrcheck: %s\n", batch.units[i].error);
        free(batch.units[i].error);
        w->dirty[index] = false;
        w->dirty_count--;
    }
    free(overlays);
    free(batch.indices);
    free(batch.units);
}

static void drop_report(struct nc_workspace *w)
{
    nc_report_free(w->report);
    if (w->suppressions)
        nc_suppressions_clear(w->suppressions);
    free(w->suppressions);
    nc_sources_free(w->sources);
    nc_findings_free(w->all);
    for (size_t i = 0; i < w->set_count; i++)
        nc_findings_free(w->sets[i]);
    free(w->sets);
    w->report = NULL;
    w->suppressions = NULL;
    w->sources = NULL;
    w->all = NULL;
    w->sets = NULL;
    w->set_count = 0;
}

/* Suppressions are looked for where findings are; unused ones are the command line's business. */
static void suppress(struct nc_workspace *w)
{
    w->suppressions = nc_xmalloc(sizeof *w->suppressions);
    *w->suppressions = (struct nc_suppressions){ 0 };
    for (size_t i = 0; i < w->report->count; i++) {
        const char *file = w->report->results[i].finding->place.file;

        if (i == 0 || strcmp(file, w->report->results[i - 1].finding->place.file) != 0)
            nc_suppressions_read(w->suppressions, w->sources, file);
    }
    nc_suppressions_apply(w->suppressions, w->report);
}

static void analyse(struct nc_workspace *w)
{
    const struct nc_options *o = w->options;
    struct nc_driver_options driver = { .contracts = w->contracts, .entry = o->entry, .part = o->part };
    const struct nc_module **modules = nc_xmalloc((w->inputs.count + 1) * sizeof *modules);
    const struct nc_input **inputs = nc_xmalloc((w->inputs.count + 1) * sizeof *inputs);
    struct nc_driver_groups groups;
    size_t count = 0, first = 0;

    drop_report(w);
    w->sources = nc_sources_new();
    for (size_t i = 0; i < w->documents.count; i++)
        nc_sources_set(w->sources, w->documents.items[i].path, w->documents.items[i].text,
                       w->documents.items[i].length);
    driver.sources = w->sources;
    for (size_t i = 0; i < w->inputs.count; i++)
        if (w->modules[i]) {
            modules[count] = w->modules[i];
            inputs[count++] = &w->inputs.items[i];
        }
    nc_driver_split_inputs(modules, inputs, count, o->entry, &groups);
    w->sets = nc_xmalloc((groups.group_count + 1) * sizeof(struct nc_findings *));
    w->all = nc_findings_new();
    for (size_t i = 0; i < groups.group_count; i++) {
        struct nc_findings *set = nc_driver_check(groups.modules + first, groups.counts[i], &driver, NULL);

        first += groups.counts[i];
        w->sets[w->set_count++] = set;
        for (size_t j = 0; j < set->count; j++)
            if (nc_options_rule_on(o, set->items[j].rule))
                nc_findings_add(w->all, &set->items[j]);
    }
    w->report = nc_report_new(w->all, w->sources);
    suppress(w);
    w->analysed = true;
    w->generation++;
    nc_driver_groups_clear(&groups);
    free(modules);
    free(inputs);
}

bool nc_workspace_step(struct nc_workspace *w)
{
    if (w->dirty_count > 0)
        lower_some(w);
    else if (!w->analysed)
        analyse(w);
    else
        return false;
    return true;
}

void nc_workspace_clear(struct nc_workspace *w)
{
    drop_report(w);
    for (size_t i = 0; i < w->inputs.count; i++)
        if (w->modules[i])
            nc_module_free(w->modules[i]);
    free(w->modules);
    free(w->dirty);
    nc_inputs_clear(&w->inputs);
    while (w->documents.count > 0)
        nc_document_close(&w->documents, &w->documents.items[0]);
    free(w->documents.items);
}
