#include "tool/fixing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontend/frontend.h"
#include "report/fix.h"
#include "report/paths.h"
#include "support/arena.h"
#include "tool/job.h"
#include "tool/options.h"
#include "tool/summary.h"

enum { MAX_TRIES = 40 }; /* looks at the driver, each with another choice of fixes */

struct attempt {
    const struct nc_job *job;
    bool *chosen; /* by result */
    size_t count;
    char *worse_text; /* what would be worse with the last choice */
};

/* Findings are the same when rule and function are: the text of the line changes with the fix. */
static bool is_same(const struct nc_finding *a, const struct nc_finding *b)
{
    return strcmp(a->rule, b->rule) == 0 && strcmp(a->place.function, b->place.function) == 0;
}

static size_t count_like(const struct nc_report *r, const struct nc_finding *finding)
{
    size_t count = 0;

    for (size_t i = 0; i < r->count; i++)
        count += is_same(r->results[i].finding, finding);
    return count;
}

static bool is_better(struct attempt *a, const struct nc_job *after, size_t applied)
{
    struct nc_gap_counts old, new;

    nc_count_gaps(a->job->all, &old);
    nc_count_gaps(after->all, &new);
    if (after->unreadable > a->job->unreadable || new.errors > old.errors || new.functions > old.functions ||
        new.headers > old.headers) {
        a->worse_text = nc_strformat("the code would not be understood any more");
        return false;
    }
    for (size_t i = 0; i < after->report->count; i++) {
        const struct nc_finding *finding = after->report->results[i].finding;

        if (count_like(after->report, finding) > count_like(a->job->report, finding)) {
            char *file = nc_path_display(finding->place.file, after->report->cwd);

            a->worse_text = nc_strformat("%s:%u would have %s", file, finding->place.line, finding->rule);
            free(file);
            return false;
        }
    }
    if (after->report->count + applied > a->job->report->count) {
        a->worse_text = nc_strformat("the finding would not go");
        return false;
    }
    return true;
}

/* Looks at the driver with these texts in place of what is on disk. */
static bool try_files(struct attempt *a, const struct nc_fixed *fixed)
{
    struct nc_overlay *overlays = nc_xmalloc((fixed->file_count + 1) * sizeof *overlays);
    struct nc_job after;
    bool better = false;

    free(a->worse_text);
    a->worse_text = NULL;
    for (size_t i = 0; i < fixed->file_count; i++)
        overlays[i] = (struct nc_overlay){ fixed->files[i].path, fixed->files[i].text };
    nc_job_init(&after, a->job->options);
    after.overlays = overlays;
    after.overlay_count = fixed->file_count;
    if (nc_job_read(&after) == 0) {
        nc_job_analyse(&after);
        better = is_better(a, &after, fixed->applied);
    } else {
        a->worse_text = nc_strformat("the code could not be read any more");
    }
    nc_job_clear(&after);
    free(overlays);
    return better;
}

static bool try_choice(struct attempt *a)
{
    struct nc_fixed fixed;
    bool better;

    nc_fixes_make(a->job->report, a->chosen, &fixed);
    better = fixed.file_count > 0 && try_files(a, &fixed);
    nc_fixed_clear(&fixed);
    return better;
}

static void say_left_out(const struct attempt *a, size_t result)
{
    const struct nc_finding *finding = a->job->report->results[result].finding;
    char *file = nc_path_display(finding->place.file, a->job->report->cwd);

    fprintf(stderr, "nmrcheck: %s:%u: the fix of %s is left out: with it, %s\n", file, finding->place.line,
            finding->rule, a->worse_text ? a->worse_text : "nothing would change");
    free(file);
}

/* All at once; where that is not better, one after the other. */
static void choose(struct attempt *a)
{
    const struct nc_report *r = a->job->report;
    size_t tries = 0;

    for (size_t i = 0; i < r->count; i++) {
        a->chosen[i] = nc_finding_is_fixable(r, i);
        a->count += a->chosen[i];
    }
    if (a->count == 0 || try_choice(a))
        return;
    if (a->count > 1)
        memset(a->chosen, 0, r->count * sizeof *a->chosen);
    for (size_t i = 0; i < r->count; i++) {
        if (!nc_finding_is_fixable(r, i))
            continue;
        a->chosen[i] = true;
        if (a->count > 1 && tries < MAX_TRIES && try_choice(a)) {
            tries++;
            continue;
        }
        tries++;
        a->chosen[i] = false;
        say_left_out(a, i);
    }
}

int nc_apply_fixes(const struct nc_job *job, size_t *fixed)
{
    struct attempt a = { .job = job, .chosen = nc_xmalloc((job->report->count + 1) * sizeof *a.chosen) };
    struct nc_fixed result;
    char *error = NULL;
    int code;

    choose(&a);
    nc_fixes_make(job->report, a.chosen, &result);
    code = nc_fixes_write(&result, &error);
    if (code != 0)
        fprintf(stderr, "nmrcheck: --fix: %s\n", error);
    free(error);
    if (result.skipped > 0)
        fprintf(stderr, "nmrcheck: %zu fix%s would change what another one changes; run --fix again\n", result.skipped,
                result.skipped == 1 ? "" : "es");
    if (!job->options->quiet)
        fprintf(stderr, "nmrcheck: %zu fix%s applied in %zu file%s\n", result.applied, result.applied == 1 ? "" : "es",
                result.file_count, result.file_count == 1 ? "" : "s");
    *fixed = result.applied;
    nc_fixed_clear(&result);
    free(a.worse_text);
    free(a.chosen);
    return code != 0 ? 2 : 0;
}
