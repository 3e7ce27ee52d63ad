/* Tokens and statements of source text: what fixes rely on to know what they may touch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fixes/tokens.h"

static void test_tokens(void **state)
{
    static const char text[] =
        "#define X \\\n  1 // no\na->b /* ; */ == \"x;\\\"\" + R\"d(;)\")d\" 0x1e+2 'c' L\"w\"\n  # if 0\n";
    static const char *const due[] = { "#define X \\\n  1 ", "a",    "->", "b", "==",  "\"x;\\\"\"", "+",
                                       "R\"d(;)\")d\"",      "0x1e", "+",  "2", "'c'", "L\"w\"",     "# if 0" };
    struct nc_tokens t;

    (void)state;
    nc_tokens_read(&t, text, strlen(text));
    assert_int_equal(t.count, sizeof due / sizeof *due);
    for (size_t i = 0; i < t.count; i++)
        assert_true(nc_token_is(&t, i, due[i]));
    assert_int_equal(t.items[0].kind, NC_TOKEN_DIRECTIVE);
    assert_int_equal(t.items[7].kind, NC_TOKEN_TEXT);
    assert_int_equal(nc_token_at(&t, (size_t)(strstr(text, "==") - text)), 4);
    assert_int_equal(nc_token_at(&t, (size_t)(strstr(text, "==") - text) + 1), NC_NO_TOKEN);
    nc_tokens_clear(&t);
}

/* Brackets in the other arm of an #if must not pair with what follows. */
static void test_partners(void **state)
{
    static const char text[] = "{ f(a[1], { 2 }) \n#if A\n g( \n#endif\n }";
    struct nc_tokens t;

    (void)state;
    nc_tokens_read(&t, text, strlen(text));
    assert_int_equal(t.items[0].partner, t.count - 1);
    for (size_t i = 0; i < t.count; i++)
        if (nc_token_is(&t, i, "g"))
            assert_int_equal(t.items[i + 1].partner, NC_NO_TOKEN);
    nc_tokens_clear(&t);
}

/* The statement around the first "HERE", with '|' between its tokens; "" when there is none. */
struct statement_case {
    const char *text, *first, *last_before;
    bool in_block;
};

static void test_statements(void **state)
{
    static const struct statement_case cases[] = {
        { "void f(void) { HERE(); }", "HERE", ")", true },
        { "void f(void) { a(); x = (int)HERE(1); }", "x", ")", true },
        { "void f(void) { if (a) HERE(); else b(); }", "HERE", ")", false },
        { "void f(void) { if (a) b(); else HERE(); }", "HERE", ")", false },
        { "void f(void) { do HERE(); while (a); }", "HERE", ")", false },
        { "void f(void) { for (;;) HERE(); }", "HERE", ")", false },
        { "void f(void) { label: HERE(); }", "HERE", ")", true },
        { "void f(void) { switch (a) { case 1: HERE(); } }", "HERE", ")", true },
        { "void f(void) { return g(h(HERE())); }", "return", ")", true },
        { "void f(void) { int a = HERE, b[] = { 1, 2 }; }", "int", "}", true },
        { "void f(void) { a();\n#pragma warning(push)\n HERE(); }", "HERE", ")", true },
        /* none */
        { "void f(void) { if (HERE()) b(); }", NULL, NULL, false },
        { "void f(void) { for (HERE(); a; b) ; }", NULL, NULL, false },
        { "void f(void) { x = a ? b : HERE(); }", NULL, NULL, false },
        { "int a[] = { HERE };", NULL, NULL, false },
        { "int a = HERE;", NULL, NULL, false },
        { "struct s { int HERE; };", NULL, NULL, false },
        { "void f(void) { x =\n#if A\n HERE();\n#endif\n }", NULL, NULL, false },
        { "void f(void) { g(HERE,\n#if A\n 1\n#endif\n ); }", NULL, NULL, false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nc_tokens t;
        struct nc_statement s;
        bool found;

        nc_tokens_read(&t, cases[i].text, strlen(cases[i].text));
        found = nc_statement_of(&t, nc_token_at(&t, (size_t)(strstr(cases[i].text, "HERE") - cases[i].text)), &s);
        if (found != (cases[i].first != NULL))
            fail_msg("%s: %s", cases[i].text, found ? "taken for a statement" : "no statement");
        if (found && (!nc_token_is(&t, s.first, cases[i].first) || !nc_token_is(&t, s.last - 1, cases[i].last_before) ||
                      !nc_token_is(&t, s.last, ";") || s.in_block != cases[i].in_block))
            fail_msg("%s: another statement", cases[i].text);
        nc_tokens_clear(&t);
    }
}

static void test_ends(void **state)
{
    static const char text[] =
        "void f(void) { if (a) { b(); } else if (c) d(); else e(); __try { g(); } __finally { h(); } "
        "do i(); while (j); out: k(); for (;;) { } }";
    static const char *const starts[] = { "if", "__try", "do", "out", "for" };
    struct nc_tokens t;
    size_t at = 0;

    (void)state;
    nc_tokens_read(&t, text, strlen(text));
    while (!nc_token_is(&t, at, "if"))
        at++;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        assert_true(nc_token_is(&t, at, starts[i]));
        at = nc_statement_end(&t, at) + 1;
    }
    assert_true(nc_token_is(&t, at, "}"));
    assert_int_equal(at, t.count - 1);
    assert_int_equal(nc_body_around(&t, at - 1), nc_block_around(&t, at - 3));
    nc_tokens_clear(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_partners),
        cmocka_unit_test(test_statements),
        cmocka_unit_test(test_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
