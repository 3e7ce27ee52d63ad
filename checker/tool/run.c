#include "tool/run.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "model/builder.h"
#include "model/dump.h"
#include "model/link.h"
#include "model/module_file.h"
#include "report/baseline.h"
#include "tool/base.h"
#include "tool/changes.h"
#include "tool/config.h"
#include "tool/fixing.h"
#include "tool/job.h"
#include "tool/losses.h"
#include "tool/options.h"
#include "tool/projects.h"
#include "tool/snapshot.h"
#include "tool/summary.h"

static int write_model(const struct nc_job *job)
{
    const struct nc_options *o = job->options;
    struct nc_module *linked;
    char *error = NULL;
    int result = 0;

    if (!o->emit_module && !o->dump_model)
        return 0;
    linked = nc_link(job->modules, job->module_count);
    if (o->dump_model)
        nc_module_dump(linked, stdout);
    if (o->stats)
        nc_print_losses(linked);
    if (o->emit_module && nc_module_save(linked, o->emit_module, &error) != 0) {
        fprintf(stderr, "nmrcheck: %s\n", error ? error : "cannot write the module");
        result = 2;
    }
    free(error);
    nc_module_free(linked);
    return result;
}

/* Which of the findings count. 0 or 2. */
static int judge(struct nc_job *job, const struct nc_changes *changes, const char *base)
{
    const struct nc_options *o = job->options;
    char *error = NULL;
    size_t gone = 0;

    if (o->baseline && nc_baseline_apply(job->report, o->baseline, &gone, &error) == 0 && gone > 0 && !o->quiet)
        fprintf(stderr, "nmrcheck: %zu finding%s of the baseline %s gone; --baseline-write renews it\n", gone,
                gone == 1 ? "" : "s", gone == 1 ? "is" : "are");
    if (!error && changes) {
        nc_changes_apply(changes, job->report, o->moved_to);
        nc_base_reopen(job, changes, base);
    }
    if (!error && o->baseline_write)
        nc_baseline_write(job->report, o->baseline_write, &error);
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

static int print(struct nc_job *job)
{
    const struct nc_options *o = job->options;
    FILE *out = o->output ? fopen(o->output, "wb") : stdout;
    bool failed;

    if (!out) {
        fprintf(stderr, "nmrcheck: cannot write '%s': %s\n", o->output, strerror(errno));
        return 2;
    }
    job->report->color = use_color(o);
    nc_reporter_find(o->format ? o->format : "text")(job->report, out);
    failed = fflush(out) != 0 || ferror(out);
    if (o->output && fclose(out) != 0)
        failed = true;
    if (failed)
        fprintf(stderr, "nmrcheck: cannot write %s: %s\n", o->output ? o->output : "the report", strerror(errno));
    return failed ? 2 : 0;
}

static int finish(struct nc_job *job)
{
    const struct nc_options *o = job->options;
    size_t problems, fixed = 0;

    if (o->suppressions) {
        nc_print_suppressions(job->report, &job->suppressions);
        return 0;
    }
    if (print(job) != 0 || (o->fix && nc_apply_fixes(job, &fixed) != 0))
        return 2;
    if (o->stats) {
        nc_print_drivers(job->report, job->sets, job->set_names, job->set_count);
        nc_print_stats(job->report);
    } else if (!o->quiet) {
        nc_print_gap_warnings(job->report);
    }
    /* With some rules off nobody can say which suppressions are needed. */
    problems = o->only_rules.count + o->disabled_rules.count > 0
                   ? 0
                   : nc_print_suppression_problems(job->report, &job->suppressions);
    if (!o->quiet)
        nc_print_summary(job->report, job->unreadable, job->set_count);
    if (job->report->failed)
        return NC_EXIT_FAILED;
    return job->report->open_count > fixed || (o->strict && problems > 0) ? NC_EXIT_FINDINGS : NC_EXIT_CLEAN;
}

static int write_database(const struct nc_options *options)
{
    struct nc_inputs inputs;
    int result = nc_inputs_collect(&inputs, options);

    if (result == 0)
        result = nc_inputs_write_database(&inputs, options->write_database);
    if (result == 0 && inputs.broken > 0)
        result = NC_EXIT_FAILED;
    nc_inputs_clear(&inputs);
    return result;
}

/* Only findings that `changes` touch, or that `base` did not have, count; both NULL: all do. */
static int check(const struct nc_options *options, const struct nc_changes *changes, const char *base)
{
    struct nc_job job;
    int result;

    if (options->write_database)
        return write_database(options);
    nc_job_init(&job, options);
    result = nc_job_read(&job);

    if (result == 0 && (options->emit_module || options->dump_model)) {
        result = write_model(&job);
        if (result == 0 && job.unreadable > 0)
            result = NC_EXIT_FAILED;
    } else if (result == 0) {
        nc_job_analyse(&job);
        result = judge(&job, changes, base);
        if (result == 0)
            result = finish(&job);
    }
    nc_job_clear(&job);
    return result;
}

/* The index is copied where files on disk differ from it. */
static int check_staged(struct nc_options *options, const struct nc_changes *changes)
{
    struct nc_snapshot snapshot = { 0 };
    int result = NC_EXIT_FAILED;

    if (!nc_changes_touch_code(changes)) {
        if (!options->quiet)
            fprintf(stderr, "nmrcheck: no C or C++ change is staged; nothing was checked\n");
        return NC_EXIT_CLEAN;
    }
    if (options->paths.count == 0 && !options->database)
        nc_strlist_add(&options->paths, nc_changes_root(changes));
    if (!nc_disk_differs_from_index() || nc_snapshot_enter(&snapshot, options, nc_changes_root(changes), NULL) == 0)
        result = check(options, changes, "HEAD");
    nc_snapshot_leave(&snapshot, options);
    return result;
}

int nc_run_check(struct nc_options *options)
{
    struct nc_changes *changes = NULL;
    char *error = NULL;
    int result;

    if (nc_config_read(options) != 0)
        return NC_EXIT_FAILED;
    if (options->staged)
        changes = nc_changes_staged(&error);
    else if (options->diff)
        changes = nc_changes_since(options->diff, &error);
    if (error) {
        fprintf(stderr, "nmrcheck: --%s: %s\n", options->staged ? "staged" : "diff", error);
        free(error);
        return NC_EXIT_FAILED;
    }
    result = options->staged ? check_staged(options, changes) : check(options, changes, options->diff);
    nc_changes_free(changes);
    return result;
}
