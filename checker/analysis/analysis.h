/*
 * The analysis: a linked driver (or a part of one) in, findings out. Pure: no I/O, no global state; two analyses may
 * run at the same time. The result does not depend on the order in which modules were linked, except for ties.
 */
#ifndef NC_ANALYSIS_ANALYSIS_H
#define NC_ANALYSIS_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nc_module;
struct nc_contracts;
struct nc_findings;

struct nc_analysis_options {
    const char *entry;    /* name of the driver's entry point; NULL: DriverEntry (or FxDriverEntry, GsDriverEntry) */
    bool force_part;      /* judge as a part of a driver even if the entry is there */
    uint32_t state_limit; /* states per function call before merging by typestate; 0: default */
    uint64_t work_limit;  /* instructions executed per entry point before it is cut short; 0: default */
    bool picture;         /* draw the driver's picture (report/picture.h) */
    const char *dump;     /* NULL, or "callgraph", "entries", "trace": written to stderr, for people and tests */
};

/* Appends to *out (made by nc_findings_new in report/findings.h) and sorts it. */
void nc_analyse(const struct nc_module *driver, const struct nc_contracts *contracts,
                const struct nc_analysis_options *options, struct nc_findings *out);

#endif
