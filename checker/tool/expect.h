/*
 * Expectations in test cases:
 *
 *     code; // EXPECT: rule-id              a finding of this rule on this line
 *     code; // EXPECT: rule-id, rule-id     two findings
 *     code; // EXPECT: rule-id|rule-id      one finding, of either rule
 *     code; // KNOWN-GAP: rule-id           a finding that is due and known to be missed
 */
#ifndef NC_TOOL_EXPECT_H
#define NC_TOOL_EXPECT_H

#include <stdint.h>

#include "support/strlist.h"

struct nc_report;
struct nc_sources;

struct nc_expectation {
    char *file;
    uint32_t line;
    struct nc_strlist rules; /* any of these */
    bool known_gap, met;
};

struct nc_expectations {
    struct nc_expectation *items;
    size_t count, capacity;
};

/* Appends those of one file (an absolute path). What cannot be read goes into problems, one line each. */
void nc_expectations_read(struct nc_expectations *list, struct nc_sources *sources, const char *path,
                          struct nc_strlist *problems);
/* Pairs findings and expectations; each missing and each unexpected one is a line in problems, paths relative to the
 * report's cwd. Only rules that `rule_on` allows are looked at. The number of known gaps that are still open. */
size_t nc_expectations_compare(struct nc_expectations *list, const struct nc_report *r,
                               bool (*rule_on)(const void *user, const char *rule), const void *user,
                               struct nc_strlist *problems);
void nc_expectations_clear(struct nc_expectations *list);

#endif
