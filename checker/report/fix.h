/*
 * Applying fixes: the sure ones of the open findings, each wholly or not at all.
 */
#ifndef NC_REPORT_FIX_H
#define NC_REPORT_FIX_H

#include <stddef.h>

struct nc_report;

struct nc_fix_result {
    size_t applied, skipped; /* fixes; skipped: they touch what another one changes */
    size_t files;
};

/* Writes the files. 0, or -1 with one line in *error (to free); files that were written before stay written. */
int nc_fixes_apply(const struct nc_report *r, struct nc_fix_result *result, char **error);
/* Does a finding have a fix that is sure? */
int nc_finding_is_fixable(const struct nc_report *r, size_t result);

#endif
