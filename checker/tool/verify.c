#include "tool/verify.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract.h"
#include "model/module.h"
#include "report/paths.h"
#include "report/report.h"
#include "report/sources.h"
#include "report/suppress.h"
#include "support/arena.h"
#include "tool/cases.h"
#include "tool/driver.h"
#include "tool/expect.h"
#include "tool/options.h"
#include "tool/parallel.h"
#include "tool/progress.h"
#include "tool/run.h"
#include "tool/units.h"

struct test_case {
    const char *path;
    struct nc_strlist problems;
    size_t known_gaps;
};

struct verification {
    const struct nc_options *options;
    const struct nc_contracts *contracts;
    struct test_case *cases;
    struct nc_progress progress;
};

static bool rule_on(const void *user, const char *rule) { return nc_options_rule_on(user, rule); }

/* A case that is not wholly understood proves nothing. */
static void report_gaps(struct test_case *c, const struct nc_report *r)
{
    for (size_t i = 0; i < r->findings->gap_count; i++) {
        const struct nc_gap_note *gap = &r->findings->gaps[i];
        char *file;

        if (gap->kind == NC_GAP_NOTE)
            continue;
        file = nc_path_display(gap->place.file, r->cwd);
        nc_strlist_take(&c->problems, nc_strformat("%s:%" PRIu32 ": not understood: %s: %s", file, gap->place.line,
                                                   gap->what, gap->reason));
        free(file);
    }
}

/* What a case is named says whether it has a defect. */
static void check_name(struct test_case *c, const struct nc_expectations *expectations)
{
    const char *name = nc_path_name(c->path);

    if (strncmp(name, "bad_", 4) == 0 && expectations->count == 0)
        nc_strlist_add(&c->problems, "named bad_*, but expects nothing");
    if (strncmp(name, "ok_", 3) == 0 && expectations->count > 0)
        nc_strlist_add(&c->problems, "named ok_*, but expects findings");
}

static void compare(struct test_case *c, const struct verification *v, struct nc_findings *findings)
{
    struct nc_sources *sources = nc_sources_new();
    struct nc_report *report = nc_report_new(findings, sources);
    struct nc_expectations expectations = { 0 };
    struct nc_suppressions suppressions = { 0 };
    struct nc_strlist files = { 0 };

    if (nc_case_files(&files, c->path) != 0)
        nc_strlist_add(&c->problems, "cannot be read");
    for (size_t i = 0; i < files.count; i++) {
        nc_expectations_read(&expectations, sources, files.items[i], &c->problems);
        nc_suppressions_read(&suppressions, sources, files.items[i]);
    }
    check_name(c, &expectations);
    nc_suppressions_apply(&suppressions, report);
    report_gaps(c, report);
    c->known_gaps = nc_expectations_compare(&expectations, report, rule_on, v->options, &c->problems);
    nc_strlist_clear(&files);
    nc_suppressions_clear(&suppressions);
    nc_expectations_clear(&expectations);
    nc_report_free(report);
    nc_sources_free(sources);
}

static void check_modules(struct test_case *c, const struct verification *v, const struct nc_units *units)
{
    const struct nc_module **modules = nc_xmalloc((units->count + 1) * sizeof *modules);
    struct nc_driver_options driver = {
        .contracts = v->contracts, .entry = v->options->entry, .part = v->options->part, .dump = v->options->dump
    };
    struct nc_findings *findings;
    size_t count = 0;

    for (size_t i = 0; i < units->count; i++) {
        if (units->items[i].module)
            modules[count++] = units->items[i].module;
        else
            nc_strlist_add(&c->problems, units->items[i].error);
    }
    if (count > 0) {
        findings = nc_driver_check(modules, count, &driver, NULL);
        compare(c, v, findings);
        nc_findings_free(findings);
    }
    free(modules);
}

static void run_case(void *user, size_t i)
{
    struct verification *v = user;
    struct test_case *c = &v->cases[i];
    struct nc_inputs inputs = { 0 };
    struct nc_units units;

    if (nc_inputs_add_path(&inputs, c->path, &v->options->flags) != 0) {
        nc_strlist_add(&c->problems, "cannot be read");
        nc_inputs_clear(&inputs);
        return;
    }
    nc_units_init(&units, &inputs, true);
    for (size_t j = 0; j < units.count; j++)
        nc_unit_lower(&units.items[j], units.own_headers, NULL);
    check_modules(c, v, &units);
    nc_units_clear(&units);
    nc_inputs_clear(&inputs);
}

static void case_done(void *user, size_t finished)
{
    nc_progress_step(&((struct verification *)user)->progress, finished);
}

static int print_results(const struct verification *v, size_t count)
{
    size_t failed = 0, gaps = 0;

    for (size_t i = 0; i < count; i++) {
        const struct test_case *c = &v->cases[i];

        gaps += c->known_gaps;
        if (c->problems.count == 0)
            continue;
        failed++;
        printf("FAIL %s\n", c->path);
        for (size_t j = 0; j < c->problems.count; j++)
            printf("     %s\n", c->problems.items[j]);
    }
    printf("%zu passed, %zu failed", count - failed, failed);
    if (gaps > 0)
        printf(", %zu known gap%s", gaps, gaps == 1 ? "" : "s");
    putchar('\n');
    return failed > 0 ? NC_EXIT_FINDINGS : NC_EXIT_CLEAN;
}

static int verify(struct verification *v, const struct nc_strlist *paths)
{
    int result;

    v->contracts = nc_options_contracts(v->options);
    if (!v->contracts)
        return NC_EXIT_FAILED;
    v->cases = nc_xmalloc((paths->count + 1) * sizeof *v->cases);
    for (size_t i = 0; i < paths->count; i++)
        v->cases[i] = (struct test_case){ .path = paths->items[i] };
    nc_progress_start(&v->progress, paths->count, v->options->progress);
    nc_parallel(paths->count, v->options->jobs, run_case, case_done, v);
    nc_progress_end(&v->progress);
    result = print_results(v, paths->count);
    for (size_t i = 0; i < paths->count; i++)
        nc_strlist_clear(&v->cases[i].problems);
    free(v->cases);
    nc_contracts_free((struct nc_contracts *)v->contracts);
    return result;
}

int nc_run_verify(const struct nc_options *options)
{
    struct verification v = { .options = options };
    struct nc_strlist paths = { 0 };
    int result = NC_EXIT_CLEAN;

    for (size_t i = 0; i < options->paths.count; i++)
        if (nc_cases_find(&paths, options->paths.items[i]) != 0)
            result = NC_EXIT_FAILED;
    if (result == NC_EXIT_CLEAN && paths.count == 0) {
        fprintf(stderr, "nmrcheck: --verify: no test case %s\n", options->paths.count ? "found" : "named");
        result = NC_EXIT_FAILED;
    }
    if (result == NC_EXIT_CLEAN)
        result = verify(&v, &paths);
    nc_strlist_clear(&paths);
    return result;
}
