#include "tool/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract.h"
#include "frontend/frontend.h"
#include "model/module.h"
#include "report/findings_file.h"
#include "report/paths.h"
#include "report/picture.h"
#include "report/sources.h"
#include "support/arena.h"
#include "tool/cache.h"
#include "tool/driver.h"
#include "tool/options.h"
#include "tool/summary.h"
#include "tool/unit_cache.h"

/* Does the gap lie in the file itself, not in a header? */
static bool is_in_main_file(const struct nc_module *m, const struct nc_gap *gap)
{
    uint32_t file = gap->loc != NC_NONE ? m->locs[gap->loc].file : NC_NONE;

    return file == NC_NONE || (m->files[file].flags & NC_FILE_MAIN);
}

/* A file of which nothing could be understood counts as one that could not be read. One that has only data, or only
 * includes others, has no code to lose. */
static bool is_hopeless(const struct nc_module *m)
{
    for (uint32_t i = 0; i < m->functions_count; i++)
        if (m->functions[i].block_count > 0)
            return false;
    for (uint32_t i = 0; i < m->globals_count; i++)
        if (m->globals[i].init_count > 0)
            return false;
    for (uint32_t i = 0; i < m->gaps_count; i++)
        if (m->gaps[i].kind == NC_GAP_ERROR && is_in_main_file(m, &m->gaps[i]))
            return true;
    return false;
}

static void collect_modules(struct nc_job *job)
{
    job->modules = nc_xmalloc((job->units.count + 1) * sizeof *job->modules);
    job->paths = nc_xmalloc((job->units.count + 1) * sizeof *job->paths);
    job->module_inputs = nc_xmalloc((job->units.count + 1) * sizeof *job->module_inputs);
    job->module_keys = nc_xmalloc((job->units.count + 1) * sizeof *job->module_keys);
    for (size_t i = 0; i < job->units.count; i++) {
        const struct nc_unit *unit = &job->units.items[i];

        if (!unit->module)
            continue;
        if (is_hopeless(unit->module)) {
            fprintf(stderr, "nmrcheck: nothing in '%s' could be understood\n", unit->input->path);
            job->unreadable++;
        }
        job->modules[job->module_count] = unit->module;
        job->module_inputs[job->module_count] = unit->input;
        job->module_keys[job->module_count] = unit->key;
        job->paths[job->module_count++] = nc_path_absolute(unit->input->path, NULL);
    }
}

static void add_stats(struct nc_stats *sum, const struct nc_stats *s)
{
    sum->functions += s->functions;
    sum->functions_analysed += s->functions_analysed;
    sum->blocks += s->blocks;
    sum->states += s->states;
    sum->calls += s->calls;
    sum->merges += s->merges;
    sum->cut_short += s->cut_short;
    sum->link_ns += s->link_ns;
    sum->analyse_ns += s->analyse_ns;
    sum->drivers_cached += s->drivers_cached;
}

/* What was not understood before any source was read. */
static void add_input_notes(struct nc_job *job)
{
    for (size_t i = 0; i < job->inputs.note_count; i++) {
        const struct nc_input_note *note = &job->inputs.notes[i];
        struct nc_gap_note gap = { .kind = note->kind == NC_INPUT_NOTE_LOST ? NC_GAP_ERROR : NC_GAP_NOTE,
                                   .what = "",
                                   .reason = note->text,
                                   .place = { .file = note->file, .function = "", .macro = "" } };

        nc_findings_gap(job->all, &gap);
    }
}

/* Analyses a driver, unless an earlier run has analysed the very same. */
static struct nc_findings *check_driver(const struct nc_job *job, const struct nc_module *const *modules, size_t count,
                                        const struct nc_driver_options *driver)
{
    struct nc_cache_key *keys, key;
    struct nc_findings *set = NULL;
    size_t size;
    void *data;
    bool cached;

    if (!job->cache)
        return nc_driver_check(modules, count, driver, NULL);
    keys = nc_xmalloc((count + 1) * sizeof *keys);
    for (size_t i = 0, j = 0; i < count; i++) { /* both in the same order, in all likelihood */
        while (job->modules[j] != modules[i])
            j = (j + 1) % job->module_count;
        keys[i] = job->module_keys[j];
    }
    cached = nc_findings_key(&key, keys, count, job->options, driver);
    free(keys);
    if (cached && (data = nc_cache_get(job->cache, key, &size)) != NULL) {
        set = nc_findings_load(data, size);
        free(data);
    }
    if (set) {
        set->stats.drivers_cached = 1;
        return set;
    }
    set = nc_driver_check(modules, count, driver, NULL);
    if (cached) {
        data = nc_findings_save(set, &size);
        nc_cache_put(job->cache, key, data, size);
        free(data);
    }
    return set;
}

static void analyse(struct nc_job *job)
{
    const struct nc_options *o = job->options;
    struct nc_driver_options driver = {
        .contracts = job->contracts, .entry = o->entry, .part = o->part, .dump = o->dump, .sources = job->sources
    };
    struct nc_driver_groups groups;
    size_t first = 0;

    driver.picture = o->format && strcmp(o->format, "html") == 0;
    nc_driver_split_inputs(job->modules, job->module_inputs, job->module_count, o->entry, &groups);
    job->sets = nc_xmalloc((groups.group_count + 1) * sizeof(struct nc_findings *));
    job->set_names = nc_xmalloc((groups.group_count + 1) * sizeof *job->set_names);
    job->all = nc_findings_new();
    for (size_t i = 0; i < groups.group_count; i++) {
        struct nc_findings *set = check_driver(job, groups.modules + first, groups.counts[i], &driver);

        first += groups.counts[i];
        job->set_names[job->set_count] = groups.names[i];
        job->sets[job->set_count++] = set;
        for (size_t j = 0; j < set->count; j++)
            if (nc_options_rule_on(o, set->items[j].rule))
                nc_findings_add(job->all, &set->items[j]);
        for (size_t j = 0; j < set->gap_count; j++)
            nc_findings_gap(job->all, &set->gaps[j]);
        for (size_t j = 0; j < set->picture_count; j++) {
            set->pictures[j]->driver = groups.names[i];
            nc_findings_picture(job->all, set->pictures[j]);
        }
        add_stats(&job->all->stats, &set->stats);
    }
    add_input_notes(job);
    job->all->stats.files = job->module_count;
    for (size_t i = 0; i < job->units.count; i++) {
        job->all->stats.lower_ns += job->units.items[i].lower_ns;
        job->all->stats.files_cached += job->units.items[i].cached;
    }
    nc_driver_groups_clear(&groups);
}

/* The driver's own files: suppressions may stand in any of them. */
static void read_suppressions(struct nc_job *job)
{
    struct nc_strlist files = { 0 };

    for (size_t i = 0; i < job->module_count; i++) {
        const struct nc_module *m = job->modules[i];

        for (uint32_t j = 0; j < m->files_count; j++) {
            const char *path = nc_string(m, m->files[j].path);

            if (!(m->files[j].flags & NC_FILE_SYSTEM) && !nc_path_is_virtual(path))
                nc_strlist_take(&files, nc_path_absolute(path, NULL));
        }
    }
    nc_strlist_sort(&files);
    for (size_t i = 0; i < files.count; i++)
        nc_suppressions_read(&job->suppressions, job->sources, files.items[i]);
    nc_strlist_clear(&files);
}

void nc_job_init(struct nc_job *job, const struct nc_options *options) { *job = (struct nc_job){ .options = options }; }

int nc_job_read(struct nc_job *job)
{
    const struct nc_options *options = job->options;

    job->contracts = nc_options_contracts(options);
    if (!job->contracts || nc_inputs_collect(&job->inputs, options) != 0)
        return 2;
    nc_units_init(&job->units, &job->inputs, true);
    for (size_t i = 0; i < job->units.count; i++) {
        job->units.items[i].overlays = job->overlays;
        job->units.items[i].overlay_count = job->overlay_count;
    }
    if (job->overlay_count == 0) /* a try, of which nothing is to be kept */
        job->cache = nc_cache_open(options);
    nc_units_lower(&job->units, job->cache, options->jobs, options->progress);
    job->unreadable = nc_units_print_errors(&job->units) + job->inputs.broken;
    collect_modules(job);
    return job->module_count == 0 ? 2 : 0;
}

void nc_job_analyse(struct nc_job *job)
{
    struct nc_gap_counts gaps;

    job->sources = nc_sources_new();
    for (size_t i = 0; i < job->overlay_count; i++)
        nc_sources_set(job->sources, job->overlays[i].path, job->overlays[i].text, strlen(job->overlays[i].text));
    analyse(job);
    job->report = nc_report_new(job->all, job->sources);
    nc_count_gaps(job->all, &gaps);
    job->report->failed =
        job->unreadable > 0 ||
        (job->options->strict && gaps.functions + gaps.headers + gaps.errors + job->all->stats.cut_short > 0);
    read_suppressions(job);
    nc_suppressions_apply(&job->suppressions, job->report);
}

void nc_job_clear(struct nc_job *job)
{
    nc_report_free(job->report);
    nc_suppressions_clear(&job->suppressions);
    nc_sources_free(job->sources);
    nc_findings_free(job->all);
    for (size_t i = 0; i < job->set_count; i++)
        nc_findings_free(job->sets[i]);
    free(job->sets);
    free(job->set_names);
    free(job->module_inputs);
    free(job->module_keys);
    for (size_t i = 0; i < job->module_count; i++)
        free(job->paths[i]);
    free(job->paths);
    free(job->modules);
    nc_units_clear(&job->units);
    nc_cache_close(job->cache);
    nc_inputs_clear(&job->inputs);
    nc_contracts_free((struct nc_contracts *)job->contracts);
    *job = (struct nc_job){ 0 };
}
