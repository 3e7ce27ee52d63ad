/*
 * Suppressions in the code:
 *
 *     // nmrcheck: allow(rule-id) reason
 *     // nmrcheck: allow(rule-id, rule-id) reason
 *
 * A comment behind code is for its own line; one that has a line to itself is for the next line of code. The reason is
 * required. What cannot be read as a suppression, or names no rule, suppresses nothing and is a problem.
 */
#ifndef NC_REPORT_SUPPRESS_H
#define NC_REPORT_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nc_report;
struct nc_sources;

struct nc_suppression {
    char *file;
    uint32_t line;      /* of the comment */
    uint32_t code_line; /* of the code that it is for */
    char *rule;         /* one rule; a comment that names several makes several */
    char *reason;
    const char *problem; /* NULL, or why it suppresses nothing */
    bool used;
};

struct nc_suppressions {
    struct nc_suppression *items;
    size_t count, capacity;
};

/* Appends those of one file. */
void nc_suppressions_read(struct nc_suppressions *list, struct nc_sources *sources, const char *path);
/* Marks the report's results that they are for, and themselves as used. They must outlive the report. */
void nc_suppressions_apply(struct nc_suppressions *list, struct nc_report *r);
void nc_suppressions_clear(struct nc_suppressions *list);

#endif
