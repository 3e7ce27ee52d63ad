/*
 * Models for the unit tests: a sample that has every construct of the model in it, and helpers around the textual form.
 * Helpers fail the running cmocka test when something is wrong.
 */
#ifndef NC_TESTS_SAMPLE_H
#define NC_TESTS_SAMPLE_H

#include "model/module.h"

extern const char nc_sample_text[];

struct nc_module *nc_read_or_fail(const char *text);          /* free with nc_module_free */
char *nc_dump_text(const struct nc_module *m);                /* to free */
void nc_assert_same_text(const char *have, const char *want); /* names the first line that differs */
/* Index of the function, global or record of this name, or NC_NONE. */
nc_id nc_find_function(const struct nc_module *m, const char *name);
nc_id nc_find_global(const struct nc_module *m, const char *name);
nc_id nc_find_record(const struct nc_module *m, const char *name);

#endif
