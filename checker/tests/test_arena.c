#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/arena.h"

static void gives_zeroed_aligned_memory(void **state)
{
    struct nc_arena *a = nc_arena_new();

    (void)state;
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *p = nc_arena_alloc(a, size);

        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xa5, size);
    }
    nc_arena_free(a);
}

static void keeps_what_was_given(void **state)
{
    struct nc_arena *a = nc_arena_new();
    char *texts[500];

    (void)state;
    for (int i = 0; i < 500; i++)
        texts[i] = nc_arena_printf(a, "text %d of %s", i, "many");
    assert_string_equal(texts[0], "text 0 of many");
    assert_string_equal(texts[499], "text 499 of many");
    assert_string_equal(nc_arena_strdup(a, ""), "");
    nc_arena_free(a);
}

static void takes_blocks_larger_than_a_chunk(void **state)
{
    struct nc_arena *a = nc_arena_new();
    char *small = nc_arena_strdup(a, "small");
    char *large = nc_arena_alloc(a, 5u << 20);

    (void)state;
    memset(large, 1, 5u << 20);
    assert_string_equal(small, "small");
    assert_true(nc_arena_used(a) >= (5u << 20));
    nc_arena_free(a);
    nc_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(gives_zeroed_aligned_memory),
                                        cmocka_unit_test(keeps_what_was_given),
                                        cmocka_unit_test(takes_blocks_larger_than_a_chunk) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
