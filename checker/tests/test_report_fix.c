/* Applying fixes to files: positions, several edits, overlap, repetition, what is not sure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/findings.h"
#include "report/fix.h"
#include "report/report.h"
#include "report/sources.h"

static const char before[] = "one\r\n  two(\xC3\xA9, x);\nthree";

struct fixture {
    char path[64];
    struct nc_findings *findings;
    struct nc_sources *sources;
};

static void start(struct fixture *f)
{
    int descriptor;

    strcpy(f->path, "/tmp/nmrcheck-fix-XXXXXX");
    descriptor = mkstemp(f->path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, before, strlen(before)), strlen(before));
    close(descriptor);
    f->findings = nc_findings_new();
    f->sources = nc_sources_new();
}

static void add(struct fixture *f, uint32_t line, struct nc_fix *fix)
{
    struct nc_finding finding = { .rule = "nmr-missing-wait",
                                  .severity = NC_SEV_ERROR,
                                  .place = { .file = f->path, .line = line, .col = 1 },
                                  .message = "m",
                                  .fixes = fix,
                                  .fix_count = 1 };

    nc_findings_add(f->findings, &finding);
}

/* Applies, and gives what the file holds now (to free). */
static char *apply(struct fixture *f, struct nc_fixed *result)
{
    struct nc_report *report = nc_report_new(f->findings, f->sources);
    struct nc_sources *again = nc_sources_new();
    char *error = NULL, *text;

    bool chosen[8] = { true, true, true, true, true, true, true, true };

    nc_fixes_make(report, chosen, result);
    assert_int_equal(nc_fixes_write(result, &error), 0);
    assert_null(error);
    text = strdup(nc_sources_text(again, f->path, NULL));
    nc_sources_free(again);
    nc_report_free(report);
    return text;
}

static void end(struct fixture *f)
{
    unlink(f->path);
    nc_findings_free(f->findings);
    nc_sources_free(f->sources);
}

static void test_edits(void **state)
{
    struct fixture f;
    struct nc_fixed result;
    char *text;

    (void)state;
    start(&f);
    struct nc_fix_edit edits[] = { { f.path, 3, 1, 3, 6, "3" },
                                   { f.path, 2, 3, 2, 3, "new " },
                                   { f.path, 2, 7, 2, 9, "e" } };
    struct nc_fix fix = { "t", true, edits, 3 };
    add(&f, 1, &fix);
    text = apply(&f, &result);
    assert_string_equal(text, "one\r\n  new two(e, x);\n3");
    assert_int_equal(result.applied, 1);
    assert_int_equal(result.file_count, 1);
    free(text);
    nc_fixed_clear(&result);
    end(&f);
}

static void test_conflicts(void **state)
{
    struct fixture f;
    struct nc_fixed result;
    char *text;

    (void)state;
    start(&f);
    struct nc_fix_edit first[] = { { f.path, 2, 3, 2, 6, "TWO" } }, same[] = { { f.path, 2, 3, 2, 6, "TWO" } },
                       across[] = { { f.path, 1, 1, 1, 2, "O" }, { f.path, 2, 5, 2, 7, "" } },
                       outside[] = { { f.path, 9, 1, 9, 1, "x" } }, unsure[] = { { f.path, 3, 1, 3, 1, "x" } };
    struct nc_fix fixes[] = { { "a", true, first, 1 },
                              { "b", true, same, 1 },
                              { "c", true, across, 2 },
                              { "d", true, outside, 1 },
                              { "e", false, unsure, 1 } };
    for (uint32_t i = 0; i < 5; i++)
        add(&f, i + 1, &fixes[i]);
    text = apply(&f, &result);
    assert_string_equal(text, "one\r\n  TWO(\xC3\xA9, x);\nthree"); /* each fix wholly or not at all */
    assert_int_equal(result.applied, 2);
    assert_int_equal(result.skipped, 2);
    free(text);
    nc_fixed_clear(&result);
    end(&f);
}

static void test_nothing(void **state)
{
    struct fixture f;
    struct nc_fixed result;
    char *text;

    (void)state;
    start(&f);
    text = apply(&f, &result);
    assert_string_equal(text, before);
    assert_int_equal(result.applied + result.skipped + result.file_count, 0);
    free(text);
    nc_fixed_clear(&result);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits),
        cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
