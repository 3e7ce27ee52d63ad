/* Findings to bytes and back; bytes that are no findings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/findings_file.h"

static struct nc_findings *sample(void)
{
    static struct nc_step steps[] = { { { "a.c", 3, 7, "f", "" }, "first" }, { { "b.c", 4, 1, "g", "M" }, "then" } };
    static struct nc_fix_edit edits[] = { { "a.c", 1, 2, 3, 4, "text" }, { "b.c", 5, 6, 7, 8, "" } };
    static struct nc_fix fixes[] = { { "mend it", true, edits, 2 } };
    struct nc_findings *set = nc_findings_new();

    for (uint32_t i = 0; i < 400; i++) {
        struct nc_finding finding = {
            "rule", NC_SEV_WARNING, { "a.c", i, 2, "f", NULL }, "message", steps, 2, NULL, 0
        };

        if (i % 2) {
            finding.fixes = fixes;
            finding.fix_count = 1;
        }
        nc_findings_add(set, &finding);
    }
    nc_findings_gap(set, &(struct nc_gap_note){ "what", "why", { "c.c", 1, 1, "", "" }, 3 });
    set->stats.functions = 17;
    set->stats.analyse_ns = 99;
    return set;
}

static void test_round(void **state)
{
    struct nc_findings *set = sample(), *back;
    size_t size, again_size;
    char *data = nc_findings_save(set, &size), *again;

    (void)state;
    back = nc_findings_load(data, size);
    assert_non_null(back);
    assert_int_equal(back->count, 400);
    assert_int_equal(back->items[7].place.line, 7);
    assert_string_equal(back->items[7].place.macro, "");
    assert_int_equal(back->items[7].severity, NC_SEV_WARNING);
    assert_string_equal(back->items[7].steps[1].place.macro, "M");
    assert_string_equal(back->items[7].steps[1].text, "then");
    assert_true(back->items[7].fixes[0].sure);
    assert_string_equal(back->items[7].fixes[0].edits[0].text, "text");
    assert_int_equal(back->items[7].fixes[0].edits[1].end_col, 8);
    assert_int_equal(back->gap_count, 1);
    assert_int_equal(back->gaps[0].kind, 3);
    assert_int_equal(back->stats.functions, 17);
    assert_int_equal(back->stats.analyse_ns, 0);
    again = nc_findings_save(back, &again_size);
    assert_int_equal(again_size, size);
    assert_memory_equal(again, data, size);
    free(again);
    free(data);
    nc_findings_free(back);
    nc_findings_free(set);
}

static void test_damage(void **state)
{
    struct nc_findings *set = sample();
    size_t size;
    char *data = nc_findings_save(set, &size);

    (void)state;
    for (size_t cut = 0; cut < size; cut += cut < 2000 ? 1 : 97) {
        char *copy = malloc(cut + 1); /* of just that size: a read beyond it is seen */

        memcpy(copy, data, cut);
        assert_null(nc_findings_load(copy, cut));
        free(copy);
    }
    for (size_t i = 0; i < 3000; i++) {
        data[i] = (char)(data[i] ^ 0x5a);
        nc_findings_free(nc_findings_load(data, size));
        data[i] = (char)(data[i] ^ 0x5a);
    }
    free(data);
    nc_findings_free(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_round), cmocka_unit_test(test_damage) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
