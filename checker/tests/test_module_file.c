#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "model/builder.h"
#include "model/module_check.h"
#include "model/module_file.h"
#include "tests/sample.h"

static unsigned char *sample_image(size_t *size)
{
    struct nc_module *m = nc_read_or_fail(nc_sample_text);
    unsigned char *image = nc_module_save_memory(m, size);

    nc_module_free(m);
    return image;
}

static void loads_what_was_saved(void **state)
{
    char path[] = "/tmp/nmrcheck-test-XXXXXX";
    const int fd = mkstemp(path);
    struct nc_module *m = nc_read_or_fail(nc_sample_text);
    char *error = NULL;
    struct stat status;

    (void)state;
    assert_true(fd >= 0);
    close(fd);
    unlink(path); /* a new file is as public as other build results */
    assert_int_equal(nc_module_save(m, path, &error), 0);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);

    struct nc_module *loaded = nc_module_load(path, &error);

    assert_non_null(loaded);
    char *text = nc_dump_text(loaded);

    nc_assert_same_text(text, nc_sample_text);
    free(text);

    /* The same bytes again. */
    size_t first_size, second_size;
    void *first = nc_module_save_memory(m, &first_size), *second = nc_module_save_memory(loaded, &second_size);

    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
    free(first);
    free(second);
    nc_module_free(loaded);
    nc_module_free(m);
    unlink(path);
}

static void loads_from_unaligned_memory(void **state)
{
    size_t size;
    unsigned char *image = sample_image(&size), *shifted = malloc(size + 1);
    char *error = NULL;

    (void)state;
    assert_non_null(shifted);
    memcpy(shifted + 1, image, size);
    struct nc_module *m = nc_module_load_memory(shifted + 1, size, "memory", &error);

    assert_non_null(m);
    nc_module_free(m);
    free(shifted);
    free(image);
}

static void keeps_an_empty_module(void **state)
{
    struct nc_module *m = nc_builder_finish(nc_builder_new());
    size_t size;
    void *image = nc_module_save_memory(m, &size);
    char *error = NULL;
    struct nc_module *loaded = nc_module_load_memory(image, size, "memory", &error);

    (void)state;
    assert_non_null(loaded);
    assert_int_equal(loaded->functions_count, 0);
    nc_module_free(loaded);
    nc_module_free(m);
    free(image);
}

static void refuse(const void *data, size_t size, const char *reason)
{
    char *error = NULL;

    assert_null(nc_module_load_memory(data, size, "x.ncm", &error));
    assert_non_null(error);
    assert_null(strchr(error, '\n'));
    if (reason)
        assert_string_equal(error, reason);
    free(error);
}

static void says_what_is_wrong(void **state)
{
    size_t size;
    unsigned char *image = sample_image(&size);
    char *error = NULL;

    (void)state;
    refuse("", 0, "x.ncm: not a module file");
    refuse("int main(void) { return 0; } /* not a module, but long enough to be one */", 74,
           "x.ncm: not a module file");
    refuse(image, size - 1, "x.ncm: module file is truncated; make it again");
    image[size - 1] ^= 1;
    refuse(image, size, "x.ncm: module file is damaged; make it again");
    image[size - 1] ^= 1;
    image[8] ^= 2;
    refuse(image, size, "x.ncm: module file of another version of nmrcheck; make it again");
    image[8] ^= 2;
    image[12] ^= 5;
    refuse(image, size, "x.ncm: module file of a machine with another byte order; make it again here");
    free(image);

    assert_null(nc_module_load("/nonexistent/x.ncm", &error));
    assert_string_equal(error, "/nonexistent/x.ncm: cannot read: No such file or directory");
    free(error);
    assert_null(nc_module_load("/", &error));
    assert_string_equal(error, "/: not a module file");
    free(error);
    struct nc_module *m = nc_builder_finish(nc_builder_new());

    assert_int_equal(nc_module_save(m, "/nonexistent/x.ncm", &error), -1);
    assert_string_equal(error, "/nonexistent/x.ncm: cannot write: No such file or directory");
    free(error);
    nc_module_free(m);
}

static void refuses_every_truncation(void **state)
{
    size_t size;
    unsigned char *image = sample_image(&size);

    (void)state;
    for (size_t n = 0; n < size; n += n < 512 ? 1 : 64)
        refuse(image, n, NULL);
    free(image);
}

static void refuses_every_flipped_bit(void **state)
{
    size_t size;
    unsigned char *image = sample_image(&size);

    (void)state;
    for (size_t i = 0; i < size; i++) {
        image[i] ^= (unsigned char)(1u << i % 8);
        refuse(image, size, NULL);
        image[i] ^= (unsigned char)(1u << i % 8);
    }
    free(image);
}

/* The checksum sits behind magic, format, byte order, shape and size, and covers all that follows it. */
static void mend_checksum(unsigned char *image, size_t size)
{
    const uint64_t sum = XXH3_64bits(image + 40, size - 40);

    memcpy(image + 32, &sum, sizeof sum);
}

/* Damage behind a right checksum (a file made by hand): refused by nc_module_check, or a module that can be read from
 * end to end. */
static void survives_damage_with_a_right_checksum(void **state)
{
    static const uint32_t values[] = { 0xffffffff, 0x7fffffff, 0x10000, 0xff, 0 };
    size_t size;
    unsigned char *image = sample_image(&size), *copy = malloc(size);
    unsigned accepted = 0, refused = 0;

    (void)state;
    assert_non_null(copy);
    memcpy(copy, image, size);
    mend_checksum(copy, size);
    assert_memory_equal(copy, image, size);
    for (size_t i = 40; i + 4 <= size; i += 4)
        for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) {
            char *error = NULL;

            memcpy(copy, image, size);
            memcpy(copy + i, &values[k], 4);
            mend_checksum(copy, size);
            struct nc_module *m = nc_module_load_memory(copy, size, "x.ncm", &error);

            if (m) {
                char *text = nc_dump_text(m);

                assert_non_null(text);
                free(text);
                accepted++;
            } else {
                refused++;
            }
            free(error);
            nc_module_free(m);
        }
    assert_true(accepted && refused);
    free(copy);
    free(image);
}

static void checks_cycles(void **state)
{
    struct nc_module *m = nc_read_or_fail("struct A : 8 { 0 b : struct B }\n"
                                          "struct B : 8 { 0 a : i64 }\n"
                                          "global g : i32*** defined;");
    const nc_id a = nc_find_record(m, "A"), b = nc_find_record(m, "B");
    const nc_id i64 = m->fields[m->types[b].first_field].type;
    char why[160];

    (void)state;
    assert_true(nc_module_check(m, why, sizeof why));
    m->fields[m->types[b].first_field].type = a;
    assert_false(nc_module_check(m, why, sizeof why));
    assert_non_null(strstr(why, "contains itself"));
    m->fields[m->types[b].first_field].type = i64;

    const nc_id pointer = m->globals[0].type;

    m->types[m->types[pointer].elem].elem = pointer;
    assert_false(nc_module_check(m, why, sizeof why));
    assert_non_null(strstr(why, "refers to itself"));
    nc_module_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(loads_what_was_saved),
                                        cmocka_unit_test(loads_from_unaligned_memory),
                                        cmocka_unit_test(keeps_an_empty_module),
                                        cmocka_unit_test(says_what_is_wrong),
                                        cmocka_unit_test(refuses_every_truncation),
                                        cmocka_unit_test(refuses_every_flipped_bit),
                                        cmocka_unit_test(survives_damage_with_a_right_checksum),
                                        cmocka_unit_test(checks_cycles) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
