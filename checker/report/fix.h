/*
 * Applying fixes: the sure ones of the open findings, each wholly or not at all.
 */
#ifndef NC_REPORT_FIX_H
#define NC_REPORT_FIX_H

#include <stdbool.h>
#include <stddef.h>

struct nc_report;

struct nc_fixed_file {
    char *path; /* absolute */
    char *text; /* with the fixes, NUL-terminated */
    size_t length;
};

struct nc_fixed {
    struct nc_fixed_file *files;
    size_t file_count;
    size_t applied, skipped; /* fixes; skipped: they touch what another one changes */
};

/* Does an open finding have a fix that is sure? */
bool nc_finding_is_fixable(const struct nc_report *r, size_t result);
/* What the files hold with the fixes of the findings for which chosen[result] is true. Nothing is written. */
void nc_fixes_make(const struct nc_report *r, const bool *chosen, struct nc_fixed *fixed);
/* Writes the files. 0, or -1 with one line in *error (to free); files that were written before stay written. */
int nc_fixes_write(const struct nc_fixed *fixed, char **error);
void nc_fixed_clear(struct nc_fixed *fixed);

#endif
