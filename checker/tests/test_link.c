#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/builder.h"
#include "model/link.h"
#include "model/module_check.h"
#include "tests/sample.h"

/* Links modules given as text; the result is checked. */
static struct nc_module *link_texts(const char *const *texts, size_t count)
{
    struct nc_module *modules[8];
    char why[160];

    assert_true(count <= 8);
    for (size_t i = 0; i < count; i++)
        modules[i] = nc_read_or_fail(texts[i]);
    struct nc_module *m = nc_link((const struct nc_module *const *)modules, count);

    for (size_t i = 0; i < count; i++)
        nc_module_free(modules[i]);
    if (!nc_module_check(m, why, sizeof why))
        fail_msg("%s", why);
    return m;
}

#define LINK(...)                                                                                                      \
    link_texts((const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static void expect_dump(struct nc_module *m, const char *want)
{
    char *text = nc_dump_text(m);

    nc_assert_same_text(text, want);
    free(text);
    nc_module_free(m);
}

static void leaves_one_module_as_it_is(void **state)
{
    struct nc_module *m = LINK(nc_sample_text);
    char *text = nc_dump_text(m), *want = strdup(nc_sample_text);

    (void)state;
    /* but for main_file */
    nc_assert_same_text(text, strchr(want, '\n') + 1);
    free(want);
    free(text);
    nc_module_free(m);
}

static void links_nothing(void **state)
{
    struct nc_module *m = nc_link(NULL, 0);

    (void)state;
    assert_int_equal(m->functions_count, 0);
    nc_module_free(m);
}

static void definitions_win_over_declarations(void **state)
{
    (void)state;
    expect_dump(LINK("function Free : void(1) @ a.h:1:6 noreturn;\n"
                     "global g_Handle : void* @ a.h:2:7;\n"
                     "function Use : void(0) {\n  b0:\n    call Free(g_Handle) type none\n    return\n}",
                     "global g_Handle : void* @ b.c:1:7 defined section \"PAGE\";\n"
                     "function Free : void(1) @ b.c:5:6 address_taken {\n    param p : void*\n  b0:\n    return\n}"),
                "file \"a.h\"\n"
                "file \"b.c\"\n"
                "global g_Handle : void* @ b.c:1:7 defined section \"PAGE\";\n"
                "function Free : void(1) @ b.c:5:6 noreturn address_taken {\n"
                "    param p : void*\n"
                "  b0:\n"
                "    return\n"
                "}\n"
                "function Use : void(0) {\n"
                "  b0:\n"
                "    call Free(g_Handle) type none\n"
                "    return\n"
                "}\n");
}

static void unites_what_declarations_say(void **state)
{
    (void)state;
    expect_dump(LINK("function F : void(1) @ f.c:3:6 {\n    annot In \"\" param 0\n    param p : void*\n  b0:\n"
                     "    return\n}",
                     "function F : void(1) @ f.h:1:6 section \"PAGE\" section_at 9:9 role KDEFERRED_ROUTINE export {\n"
                     "    annot IRQL_requires_max \"2\" = 2\n    annot In \"\" param 0\n}"),
                "file \"f.c\"\n"
                "file \"f.h\"\n"
                "function F : void(1) @ f.c:3:6 export section \"PAGE\" section_at f.h:9:9 role KDEFERRED_ROUTINE {\n"
                "    annot In \"\" param 0\n"
                "    annot IRQL_requires_max \"2\" = 2\n"
                "    param p : void*\n"
                "  b0:\n"
                "    return\n"
                "}\n");
}

static void keeps_statics_apart(void **state)
{
    struct nc_module *m = LINK("global s : i32 @ a.c:1:1 static defined;\n"
                               "function S : void(0) @ a.c:2:1 static {\n  b0:\n    store s = 1\n    return\n}",
                               "global s : i32 @ b.c:1:1 static defined;\n"
                               "function S : void(0) @ b.c:2:1 static {\n  b0:\n    store s = 2\n    return\n}");

    (void)state;
    assert_int_equal(m->functions_count, 2);
    assert_int_equal(m->globals_count, 2);
    expect_dump(m, "file \"a.c\"\n"
                   "file \"b.c\"\n"
                   "global s : i32 @ a.c:1:1 static defined;\n"
                   "global s#2 : i32 @ b.c:1:1 static defined;\n"
                   "function S : void(0) @ a.c:2:1 static {\n"
                   "  b0:\n"
                   "    store s = 1\n"
                   "    return\n"
                   "}\n"
                   "function S#2 : void(0) @ b.c:2:1 static {\n"
                   "  b0:\n"
                   "    store s#2 = 2\n"
                   "    return\n"
                   "}\n");
}

static void takes_a_headers_functions_and_constants_once(void **state)
{
    static const char text[] = "file \"h.h\"\n"
                               "global Id : i32 @ h.h:1:1 static defined const;\n"
                               "global Variable : i32 @ h.h:2:1 static defined;\n"
                               "function Inline : i32(0) @ h.h:3:1 static inline {\n  b0:\n    return Id\n}";
    struct nc_module *m = LINK(text, text, text);

    (void)state;
    assert_int_equal(m->functions_count, 1);
    assert_int_equal(m->globals_count, 4); /* each file has a Variable of its own */
    assert_int_equal(m->gaps_count, 0);
    nc_module_free(m);
}

static void takes_a_file_that_was_given_twice_once(void **state)
{
    static const char text[] = "file \"a.c\" main\n"
                               "global v : i32 @ a.c:2:1 static defined;\n"
                               "global e : i32 @ a.c:3:1 defined { 0 : i32 = 4 @ 3:9 }\n"
                               "function F : void(0) @ a.c:4:1 {\n  b0:\n    call S()\n    return\n}\n"
                               "function S : void(0) @ a.c:5:1 static {\n  b0:\n    store v = 1\n    return\n}\n"
                               "gap header \"x.h\" \"not found\" @ a.c:1:1\n";
    struct nc_module *m = LINK(text, text);

    (void)state;
    assert_int_equal(m->functions_count, 2);
    assert_int_equal(m->globals_count, 2);
    assert_int_equal(m->gaps_count, 1);
    nc_module_free(m);
}

static void notes_a_second_definition(void **state)
{
    struct nc_module *m = LINK("function F : void(0) @ a.c:1:1 {\n  b0:\n    return\n}",
                               "function F : void(0) @ b.c:1:1 {\n  b0:\n    unreachable\n}");

    (void)state;
    assert_int_equal(m->functions_count, 1);
    assert_int_equal(m->blocks[m->functions[0].first_block].term, NC_TERM_RETURN);
    assert_int_equal(m->gaps_count, 1);
    assert_int_equal(m->gaps[0].kind, NC_GAP_NOTE);
    assert_string_equal(nc_string(m, m->gaps[0].what), "F");
    nc_module_free(m);
}

static void prefers_the_initialised_definition(void **state)
{
    struct nc_module *m = LINK("global g : i32 @ a.c:1:1 defined;", "global g : i32 @ b.c:1:1 defined { 0 : i32 = 7 }");

    (void)state;
    assert_int_equal(m->globals_count, 1);
    assert_int_equal(m->globals[0].init_count, 1);
    assert_int_equal(m->gaps_count, 0);
    nc_module_free(m);
}

static void unifies_types(void **state)
{
    /* EXT is incomplete in the first file, uses LIST before it in the second, and is declared in another order in the
     * third, which also has a structure of the same name that is something else. */
    struct nc_module *m = LINK("struct EXT;\n"
                               "global p : struct EXT* @ a.h:1:1;",
                               "struct EXT : 16 { 0 Next : struct EXT* 64 List : struct LIST* }\n"
                               "struct LIST : 8 { 0 Head : struct EXT* }\n"
                               "global p : struct EXT* @ b.c:1:1 defined;\n"
                               "global l : struct LIST[4] @ b.c:2:1 defined;",
                               "struct LIST : 8 { 0 Head : struct EXT* }\n"
                               "struct EXT : 16 { 0 Next : struct EXT* 64 List : struct LIST* }\n"
                               "struct EXT : 4 { 0 Other : i32 }\n"
                               "global q : struct EXT* @ c.c:1:1 defined;\n"
                               "global l : struct LIST[4] @ a.h:2:1;\n"
                               "global o : struct EXT#2 defined;\n"
                               "function F : void(0) {\n  b0:\n    store q->List->Head = 0:struct EXT*\n"
                               "    store o.Other = 1\n    return\n}");
    const nc_id ext = nc_find_record(m, "EXT"), list = nc_find_record(m, "LIST");
    const nc_id p = nc_find_global(m, "p"), q = nc_find_global(m, "q"), l = nc_find_global(m, "l");
    unsigned records = 0;

    (void)state;
    for (nc_id i = 0; i < m->types_count; i++)
        records += m->types[i].kind == NC_TY_RECORD;
    assert_int_equal(records, 3);
    assert_int_equal(m->types[ext].size, 16);
    assert_int_equal(m->globals[p].type, m->globals[q].type);
    assert_int_equal(m->types[m->globals[p].type].elem, ext);
    assert_int_equal(m->types[m->globals[l].type].elem, list);
    assert_int_equal(m->fields_count, 4);
    for (nc_id i = 0; i < m->exprs_count; i++)
        if (m->exprs[i].op == NC_EX_FIELD) {
            const struct nc_type *record = &m->types[m->exprs[i].aux];

            assert_true(m->exprs[i].b >= record->first_field &&
                        m->exprs[i].b < record->first_field + record->field_count);
        }
    nc_module_free(m);
}

static void unifies_roles(void **state)
{
    struct nc_module *m = LINK("role R;\nrole S { annot A \"\" }", "role R { annot B \"\" annot C \"\" }\nrole S;");

    (void)state;
    assert_int_equal(m->roles_count, 2);
    assert_int_equal(m->roles[0].annot_count, 2);
    assert_string_equal(nc_string(m, m->annots[m->roles[0].first_annot].name), "B");
    assert_int_equal(m->roles[1].annot_count, 1);
    nc_module_free(m);
}

static void remaps_bodies(void **state)
{
    /* The sample behind another module: every index moves, the text stays. */
    struct nc_module *m = LINK("struct FIRST : 8 { 0 a : i64 }\n"
                               "global first : struct FIRST defined { 0 : i64 = 1:i64 }\n"
                               "function First : i32(1) { param x : i32 local y : i32 b0: t0 = call First(x) switch t0 "
                               "{ 1 b0 } b0 }",
                               nc_sample_text);
    char *text = nc_dump_text(m);
    const char *start = strstr(nc_sample_text, "function Start "), *end = strstr(start, "\n}\n");
    const char *have = strstr(text, "function Start ");

    (void)state;
    assert_non_null(have);
    assert_memory_equal(have, start, (size_t)(end - start));
    free(text);
    nc_module_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(leaves_one_module_as_it_is),
                                        cmocka_unit_test(links_nothing),
                                        cmocka_unit_test(definitions_win_over_declarations),
                                        cmocka_unit_test(unites_what_declarations_say),
                                        cmocka_unit_test(keeps_statics_apart),
                                        cmocka_unit_test(takes_a_headers_functions_and_constants_once),
                                        cmocka_unit_test(takes_a_file_that_was_given_twice_once),
                                        cmocka_unit_test(notes_a_second_definition),
                                        cmocka_unit_test(prefers_the_initialised_definition),
                                        cmocka_unit_test(unifies_types),
                                        cmocka_unit_test(unifies_roles),
                                        cmocka_unit_test(remaps_bodies) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
