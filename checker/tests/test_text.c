#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/builder.h"
#include "model/text.h"
#include "tests/sample.h"

static void dump_prints_what_was_read(void **state)
{
    struct nc_module *m = nc_read_or_fail(nc_sample_text);
    char *text = nc_dump_text(m);

    (void)state;
    nc_assert_same_text(text, nc_sample_text);
    free(text);
    nc_module_free(m);
}

static void reads_the_elements(void **state)
{
    struct nc_module *m = nc_read_or_fail(nc_sample_text);
    const struct nc_function *f = &m->functions[nc_find_function(m, "Start")];
    const struct nc_global *g = &m->globals[nc_find_global(m, "g_Client")];

    (void)state;
    assert_string_equal(nc_string(m, m->main_file), "driver.c");
    assert_string_equal(nc_string(m, m->files[2].path), "C:\\src dir\\driver.h");
    assert_int_equal(f->flags, NC_FN_PAGED_CODE | NC_FN_EXPORT);
    assert_int_equal(f->param_count, 2);
    assert_int_equal(f->local_count, 7);
    assert_int_equal(f->temp_count, 3);
    assert_int_equal(f->block_count, 6);
    assert_int_equal(g->flags, NC_GL_DEFINED | NC_GL_CONST);
    assert_int_equal(g->init_count, 3);
    assert_int_equal(m->exprs[m->inits[g->first_init].expr].value, 24);

    const struct nc_inst *call = &m->insts[m->blocks[f->first_block].first_inst + 1];
    const struct nc_expr *handle = &m->exprs[m->args[call->c + 2]];

    assert_int_equal(call->op, NC_IN_CALL);
    assert_int_equal(call->arg_count, 3);
    assert_int_equal(m->locs[call->loc].line, 35);
    assert_string_equal(nc_string(m, m->files[m->locs[call->loc].file].path), "driver.c");
    assert_int_equal(handle->op, NC_EX_FIELD);
    assert_string_equal(nc_string(m, m->fields[handle->b].name), "Handle");
    assert_int_equal(handle->aux, nc_find_record(m, "EXT"));
    nc_module_free(m);
}

static void takes_comments_and_any_order(void **state)
{
    struct nc_module *m = nc_read_or_fail("// a driver\n"
                                          "function A : void(0) { b0: call B(&g) return }\n"
                                          "function B : void(1); // later\n"
                                          "global g : struct S defined { 0 : u8 = 1:u8 }\n"
                                          "struct S : 8 { 0 x : u8[4] 32 y : struct T }\n"
                                          "struct T : 4 { 0 z : i32 }");

    (void)state;
    assert_int_equal(m->functions_count, 2);
    assert_int_equal(m->types[nc_find_record(m, "S")].field_count, 2);
    nc_module_free(m);
}

static void names_the_line_of_an_error(void **state)
{
    static const char *const texts[][2] = {
        { "struct S : 8 {\n 0 x : i32\n", "text:3: ';' or '}' is missing at the end" },
        { "function F : void(0) {\n b0:\n store y = 1\n return\n}", "text:3: no such local, global or function: y" },
        { "function F : void(0) {\n b0:\n jump b7\n}", "text:4: inconsistent: block 0: successor out of range" },
        { "nonsense", "text:1: declaration expected before 'nonsense'" },
        { "global g : i32 defined { 0 : i32 = g }", NULL }, /* reads itself: allowed in the form */
        { "global end : i32;", "text:1: name expected before 'end' (a keyword; quote it with ')" },
        { "function F : void(0) { b0: t0 = t1 return }", "text:1: t1 has no type yet: declare it (temp t1 : type)" },
        { "main \"x", "text:1: missing \"" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *error = NULL;
        struct nc_module *m = nc_module_read_text(texts[i][0], "text", &error);

        if (texts[i][1]) {
            assert_null(m);
            assert_string_equal(error, texts[i][1]);
        } else {
            assert_non_null(m);
        }
        free(error);
        nc_module_free(m);
    }
}

/* Every text gives a module or an error, never a crash: what a slip of the hand can do to it. */
static void survives_broken_texts(void **state)
{
    const size_t length = strlen(nc_sample_text);
    char *text = malloc(length + 2);

    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < length; i++) {
        char *error = NULL;

        memcpy(text, nc_sample_text, i);
        memcpy(text + i, nc_sample_text + i + 1, length - i);
        nc_module_free(nc_module_read_text(text, "text", &error));
        free(error);
    }
    for (size_t i = 0; i < length; i += 3) {
        static const char junk[] = "{};:()*&-#<'\"@.0x";
        char *error = NULL;

        memcpy(text, nc_sample_text, length + 1);
        text[i] = junk[i % (sizeof junk - 1)];
        nc_module_free(nc_module_read_text(text, "text", &error));
        free(error);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(dump_prints_what_was_read),
                                        cmocka_unit_test(reads_the_elements),
                                        cmocka_unit_test(takes_comments_and_any_order),
                                        cmocka_unit_test(names_the_line_of_an_error),
                                        cmocka_unit_test(survives_broken_texts) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
