/*
 * What a run says about itself on stderr: the summary line, missing headers, --stats, --suppressions.
 */
#ifndef NC_TOOL_SUMMARY_H
#define NC_TOOL_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

struct nc_findings;
struct nc_report;
struct nc_suppressions;

struct nc_gap_counts {
    size_t functions, headers, errors, notes;
};

void nc_count_gaps(const struct nc_findings *findings, struct nc_gap_counts *counts);
/* Missing headers and parse errors, the first few of them. */
void nc_print_gap_warnings(const struct nc_report *r);
void nc_print_summary(const struct nc_report *r, size_t unreadable, size_t drivers);
void nc_print_stats(const struct nc_report *r);
/* A line for each driver, with the project that builds it (names[i], or NULL). */
void nc_print_drivers(const struct nc_report *r, struct nc_findings *const *sets, const char *const *names,
                      size_t count);
/* All suppressions, to stdout. */
void nc_print_suppressions(const struct nc_report *r, const struct nc_suppressions *list);
/* Those that are wrong or not needed. Their number. */
size_t nc_print_suppression_problems(const struct nc_report *r, const struct nc_suppressions *list);

#endif
