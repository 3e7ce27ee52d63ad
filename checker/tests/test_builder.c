#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/builder.h"

static void interns_strings(void **state)
{
    struct nc_builder *b = nc_builder_new();
    nc_str ids[5000];
    char text[32];

    (void)state;
    assert_int_equal(nc_builder_string(b, ""), 0);
    assert_int_equal(nc_builder_string(b, NULL), 0);
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "name%d", i);
        ids[i] = nc_builder_string(b, text);
    }
    for (int i = 0; i < 5000; i++) {
        snprintf(text, sizeof text, "name%d", i);
        assert_int_equal(nc_builder_string(b, text), ids[i]);
        assert_string_equal(nc_string(nc_builder_module(b), ids[i]), text);
    }
    /* A part of one string is another string; so is what lies in the pool itself. */
    assert_int_equal(nc_builder_string_n(b, "name12345", 6), ids[12]);
    assert_int_equal(nc_builder_string_n(b, "cut\0off", 7), nc_builder_string(b, "cut"));
    for (int i = 0; i < 2000; i++) {
        const char *inside = nc_string(nc_builder_module(b), ids[i]) + 1;

        snprintf(text, sizeof text, "ame%d", i);
        assert_string_equal(nc_string(nc_builder_module(b), nc_builder_string(b, inside)), text);
    }
    nc_builder_free(b);
}

static void interns_locations_and_expressions(void **state)
{
    struct nc_builder *b = nc_builder_new();
    const struct nc_loc loc = { .file = 0, .line = 3, .col = 4, .spelling_line = 3, .spelling_col = 4 };
    struct nc_loc other = loc;
    struct nc_expr e = { .op = NC_EX_INT, .value = 5 };
    const struct nc_expr unknown = { .op = NC_EX_UNKNOWN };

    (void)state;
    other.macro = nc_builder_string(b, "M");
    assert_int_equal(nc_builder_loc(b, &loc), nc_builder_loc(b, &loc));
    assert_int_not_equal(nc_builder_loc(b, &loc), nc_builder_loc(b, &other));

    const nc_id five = nc_builder_expr(b, &e);

    e.pad = 7; /* padding is not part of it */
    assert_int_equal(nc_builder_expr(b, &e), five);
    e.type = 1;
    assert_int_not_equal(nc_builder_expr(b, &e), five);
    assert_int_not_equal(nc_builder_expr(b, &unknown), nc_builder_expr(b, &unknown));
    nc_builder_free(b);
}

static void adds_elements_that_lie_in_the_array_itself(void **state)
{
    struct nc_builder *b = nc_builder_new();
    struct nc_type t = { .kind = NC_TY_INT, .size = 4 };

    (void)state;
    assert_int_equal(nc_builder_add_types(b, &t), 0);
    for (nc_id i = 1; i < 10000; i++)
        assert_int_equal(nc_builder_add_types(b, &nc_builder_module(b)->types[i - 1]), i);

    struct nc_module *m = nc_builder_finish(b);

    assert_int_equal(m->types_count, 10000);
    assert_int_equal(m->types[9999].size, 4);
    nc_module_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(interns_strings),
                                        cmocka_unit_test(interns_locations_and_expressions),
                                        cmocka_unit_test(adds_elements_that_lie_in_the_array_itself) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
