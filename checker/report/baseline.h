/*
 * Baselines: the fingerprints of findings that are known, as a JSON file that is meant to be committed and to give
 * small differences. {"version": 1, "findings": [{"fingerprint", "rule", "file", "function", "message"}, ...]}
 */
#ifndef NC_REPORT_BASELINE_H
#define NC_REPORT_BASELINE_H

#include <stddef.h>

struct nc_report;

/* Marks the open results that the file knows; *gone gets the number of its findings that are no more. 0, or -1 with one
 * line in *error (to free). */
int nc_baseline_apply(struct nc_report *r, const char *path, size_t *gone, char **error);
/* Writes the results that are open or in the baseline. */
int nc_baseline_write(const struct nc_report *r, const char *path, char **error);

#endif
