#include "tool/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/contract.h"
#include "model/builder.h"
#include "model/dump.h"
#include "model/link.h"
#include "model/module_file.h"
#include "report/baseline.h"
#include "report/fix.h"
#include "report/paths.h"
#include "report/report.h"
#include "report/sources.h"
#include "report/suppress.h"
#include "support/arena.h"
#include "tool/changes.h"
#include "tool/config.h"
#include "tool/driver.h"
#include "tool/options.h"
#include "tool/staged.h"
#include "tool/summary.h"
#include "tool/units.h"

struct run {
    const struct nc_options *options;
    const struct nc_contracts *contracts;
    struct nc_inputs inputs;
    struct nc_units units;
    const struct nc_module **modules; /* of the units that could be read */
    char **paths;                     /* theirs, absolute */
    size_t module_count, unreadable, fixed;
    struct nc_findings **sets; /* of each driver */
    size_t set_count;
    struct nc_findings *all; /* shallow copies of what the sets hold */
    struct nc_sources *sources;
    struct nc_suppressions suppressions;
    struct nc_report *report;
    const struct nc_changes *changes; /* only findings that these touch count; NULL: all do */
};

/* A file of which nothing could be understood counts as one that could not be read. */
static bool is_hopeless(const struct nc_module *m)
{
    for (uint32_t i = 0; i < m->functions_count; i++)
        if (m->functions[i].block_count > 0)
            return false;
    for (uint32_t i = 0; i < m->gaps_count; i++)
        if (m->gaps[i].kind == NC_GAP_ERROR || m->gaps[i].kind == NC_GAP_HEADER)
            return true;
    return false;
}

static void collect_modules(struct run *run)
{
    run->modules = nc_xmalloc((run->units.count + 1) * sizeof *run->modules);
    run->paths = nc_xmalloc((run->units.count + 1) * sizeof *run->paths);
    for (size_t i = 0; i < run->units.count; i++) {
        const struct nc_unit *unit = &run->units.items[i];

        if (!unit->module)
            continue;
        if (is_hopeless(unit->module)) {
            fprintf(stderr, "nmrcheck: nothing in '%s' could be understood\n", unit->input->path);
            run->unreadable++;
        }
        run->modules[run->module_count] = unit->module;
        run->paths[run->module_count++] = nc_path_absolute(unit->input->path, NULL);
    }
}

static int write_model(const struct run *run)
{
    const struct nc_options *o = run->options;
    struct nc_module *linked;
    char *error = NULL;
    int result = 0;

    if (!o->emit_module && !o->dump_model)
        return 0;
    linked = nc_link(run->modules, run->module_count);
    if (o->dump_model)
        nc_module_dump(linked, stdout);
    if (o->emit_module && nc_module_save(linked, o->emit_module, &error) != 0) {
        fprintf(stderr, "nmrcheck: %s\n", error ? error : "cannot write the module");
        result = 2;
    }
    free(error);
    nc_module_free(linked);
    return result;
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
}

static void analyse(struct run *run)
{
    const struct nc_options *o = run->options;
    struct nc_driver_options driver = {
        .contracts = run->contracts, .entry = o->entry, .part = o->part, .dump = o->dump
    };
    struct nc_driver_groups groups;
    size_t first = 0;

    nc_driver_split(run->modules, (const char *const *)run->paths, run->module_count, o->entry, &groups);
    run->sets = nc_xmalloc(groups.group_count * sizeof(struct nc_findings *));
    run->all = nc_findings_new();
    for (size_t i = 0; i < groups.group_count; i++) {
        struct nc_findings *set = nc_driver_check(groups.modules + first, groups.counts[i], &driver, NULL);

        first += groups.counts[i];
        run->sets[run->set_count++] = set;
        for (size_t j = 0; j < set->count; j++)
            if (nc_options_rule_on(o, set->items[j].rule))
                nc_findings_add(run->all, &set->items[j]);
        for (size_t j = 0; j < set->gap_count; j++)
            nc_findings_gap(run->all, &set->gaps[j]);
        add_stats(&run->all->stats, &set->stats);
    }
    run->all->stats.files = run->module_count;
    for (size_t i = 0; i < run->units.count; i++)
        run->all->stats.lower_ns += run->units.items[i].lower_ns;
    nc_driver_groups_clear(&groups);
}

/* The driver's own files: suppressions may stand in any of them. */
static void read_suppressions(struct run *run)
{
    struct nc_strlist files = { 0 };

    for (size_t i = 0; i < run->module_count; i++) {
        const struct nc_module *m = run->modules[i];

        for (uint32_t j = 0; j < m->files_count; j++) {
            const char *path = nc_string(m, m->files[j].path);

            if (!(m->files[j].flags & NC_FILE_SYSTEM) && !nc_path_is_virtual(path))
                nc_strlist_take(&files, nc_path_absolute(path, NULL));
        }
    }
    nc_strlist_sort(&files);
    for (size_t i = 0; i < files.count; i++)
        nc_suppressions_read(&run->suppressions, run->sources, files.items[i]);
    nc_strlist_clear(&files);
}

/* Which of the findings count. 0 or 2. */
static int judge(struct run *run)
{
    const struct nc_options *o = run->options;
    struct nc_gap_counts gaps;
    char *error = NULL;
    size_t gone = 0;

    run->sources = nc_sources_new();
    run->report = nc_report_new(run->all, run->sources);
    nc_count_gaps(run->all, &gaps);
    run->report->failed = run->unreadable > 0 ||
                          (o->strict && gaps.functions + gaps.headers + gaps.errors + run->all->stats.cut_short > 0);
    read_suppressions(run);
    nc_suppressions_apply(&run->suppressions, run->report);
    if (o->baseline && nc_baseline_apply(run->report, o->baseline, &gone, &error) == 0 && gone > 0 && !o->quiet)
        fprintf(stderr, "nmrcheck: %zu finding%s of the baseline %s gone; --baseline-write renews it\n", gone,
                gone == 1 ? "" : "s", gone == 1 ? "is" : "are");
    if (run->changes)
        nc_changes_apply(run->changes, run->report);
    if (!error && o->baseline_write)
        nc_baseline_write(run->report, o->baseline_write, &error);
    if (!error)
        return 0;
    fprintf(stderr, "nmrcheck: %s\n", error);
    free(error);
    return 2;
}

static bool use_color(const struct nc_options *o)
{
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

    if (o->color != NC_COLOR_AUTO)
        return o->color == NC_COLOR_ALWAYS;
    return !o->output && isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

static int print(struct run *run)
{
    const struct nc_options *o = run->options;
    FILE *out = o->output ? fopen(o->output, "wb") : stdout;
    bool failed;

    if (!out) {
        fprintf(stderr, "nmrcheck: cannot write '%s': %s\n", o->output, strerror(errno));
        return 2;
    }
    run->report->color = use_color(o);
    nc_reporter_find(o->format ? o->format : "text")(run->report, out);
    failed = fflush(out) != 0 || ferror(out);
    if (o->output && fclose(out) != 0)
        failed = true;
    if (failed)
        fprintf(stderr, "nmrcheck: cannot write %s: %s\n", o->output ? o->output : "the report", strerror(errno));
    return failed ? 2 : 0;
}

/* Applies what is sure; those findings do not count any more. 0 or 2. */
static int fix(struct run *run)
{
    struct nc_fix_result result;
    char *error = NULL;
    int code = nc_fixes_apply(run->report, &result, &error);

    if (code != 0)
        fprintf(stderr, "nmrcheck: --fix: %s\n", error);
    free(error);
    if (result.skipped > 0)
        fprintf(stderr, "nmrcheck: %zu fix%s would change what another one changes; run --fix again\n", result.skipped,
                result.skipped == 1 ? "" : "es");
    if (!run->options->quiet)
        fprintf(stderr, "nmrcheck: %zu fix%s applied in %zu file%s\n", result.applied, result.applied == 1 ? "" : "es",
                result.files, result.files == 1 ? "" : "s");
    run->fixed = result.applied;
    return code != 0 ? 2 : 0;
}

static int finish(struct run *run)
{
    const struct nc_options *o = run->options;
    size_t problems;

    if (o->suppressions) {
        nc_print_suppressions(run->report, &run->suppressions);
        return 0;
    }
    if (print(run) != 0 || (o->fix && fix(run) != 0))
        return 2;
    if (o->stats)
        nc_print_stats(run->report);
    else if (!o->quiet)
        nc_print_gap_warnings(run->report);
    /* With some rules off nobody can say which suppressions are needed. */
    problems = o->only_rules.count + o->disabled_rules.count > 0
                   ? 0
                   : nc_print_suppression_problems(run->report, &run->suppressions);
    if (!o->quiet)
        nc_print_summary(run->report, run->unreadable, run->set_count);
    if (run->report->failed)
        return 2;
    return run->report->open_count > run->fixed || (o->strict && problems > 0) ? NC_EXIT_FINDINGS : NC_EXIT_CLEAN;
}

static int check(struct run *run)
{
    const struct nc_options *o = run->options;
    int result;

    run->contracts = nc_options_contracts(o);
    if (!run->contracts || nc_inputs_collect(&run->inputs, o) != 0)
        return 2;
    nc_units_init(&run->units, &run->inputs, !o->wdk);
    nc_units_lower(&run->units, o->jobs, o->progress);
    run->unreadable = nc_units_print_errors(&run->units);
    collect_modules(run);
    if (run->module_count == 0)
        return 2;
    result = write_model(run);
    if (result != 0 || o->emit_module || o->dump_model)
        return result != 0 ? result : run->unreadable > 0 ? 2 : 0;
    analyse(run);
    result = judge(run);
    return result != 0 ? result : finish(run);
}

static int check_and_clear(const struct nc_options *options, const struct nc_changes *changes)
{
    struct run run = { .options = options, .changes = changes };
    int result = check(&run);

    nc_report_free(run.report);
    nc_suppressions_clear(&run.suppressions);
    nc_sources_free(run.sources);
    nc_findings_free(run.all);
    for (size_t i = 0; i < run.set_count; i++)
        nc_findings_free(run.sets[i]);
    free(run.sets);
    for (size_t i = 0; i < run.module_count; i++)
        free(run.paths[i]);
    free(run.paths);
    free(run.modules);
    nc_units_clear(&run.units);
    nc_inputs_clear(&run.inputs);
    nc_contracts_free((struct nc_contracts *)run.contracts);
    return result;
}

static int check_staged(struct nc_options *options)
{
    struct nc_staged staged;
    int result;

    switch (nc_staged_begin(&staged, options)) {
    case NC_STAGED_READY:
        result = nc_config_read(options) != 0 ? NC_EXIT_FAILED : check_and_clear(options, staged.changes);
        break;
    case NC_STAGED_NOTHING:
        result = NC_EXIT_CLEAN;
        break;
    default:
        result = NC_EXIT_FAILED;
        break;
    }
    nc_staged_end(&staged);
    return result;
}

int nc_run_check(struct nc_options *options)
{
    struct nc_changes *changes = NULL;
    char *error = NULL;
    int result;

    if (options->staged)
        return check_staged(options);
    if (nc_config_read(options) != 0)
        return NC_EXIT_FAILED;
    if (options->diff && (changes = nc_changes_since(options->diff, &error)) == NULL) {
        fprintf(stderr, "nmrcheck: --diff: %s\n", error);
        free(error);
        return NC_EXIT_FAILED;
    }
    result = check_and_clear(options, changes);
    nc_changes_free(changes);
    return result;
}
