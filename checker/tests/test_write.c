#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/write.h"

static char folder[] = "/tmp/nmrcheck-write.XXXXXX";

static int enter(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
    (void)state;
    return chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void expect_content(const char *path, const char *text)
{
    char got[64] = "";
    FILE *file = fopen(path, "rb");

    assert_non_null(file);
    assert_int_equal(fread(got, 1, sizeof got - 1, file), strlen(text));
    fclose(file);
    assert_string_equal(got, text);
}

static void a_file_keeps_its_mode(void **state)
{
    struct stat status;

    (void)state;
    assert_true(nc_write_file("new", "one", 3));
    assert_int_equal(stat("new", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0644);
    assert_int_equal(chmod("new", 0600), 0);
    assert_true(nc_write_file("new", "second", 6));
    expect_content("new", "second");
    assert_int_equal(stat("new", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(unlink("new"), 0);
}

static void a_link_stays_a_link(void **state)
{
    struct stat status;

    (void)state;
    assert_true(nc_write_file("target", "one", 3));
    assert_int_equal(symlink("target", "link"), 0);
    assert_true(nc_write_file("link", "two", 3));
    expect_content("target", "two");
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(unlink("link"), 0);
    assert_int_equal(unlink("target"), 0);
}

/* Like /dev/null, which nobody wants replaced. */
static void what_is_no_file_is_written_to(void **state)
{
    struct stat status;
    char got[8];
    int reader;

    (void)state;
    assert_int_equal(mkfifo("pipe", 0600), 0);
    reader = open("pipe", O_RDONLY | O_NONBLOCK);
    assert_true(reader >= 0);
    assert_true(nc_write_file("pipe", "text", 4));
    assert_int_equal(read(reader, got, sizeof got), 4);
    assert_memory_equal(got, "text", 4);
    close(reader);
    assert_int_equal(lstat("pipe", &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    assert_int_equal(unlink("pipe"), 0);
}

static void an_error_leaves_nothing_behind(void **state)
{
    (void)state;
    assert_false(nc_write_file("no/such/folder", "text", 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(a_file_keeps_its_mode), cmocka_unit_test(a_link_stays_a_link),
                                        cmocka_unit_test(what_is_no_file_is_written_to),
                                        cmocka_unit_test(an_error_leaves_nothing_behind) };

    return cmocka_run_group_tests(tests, enter, leave);
}
