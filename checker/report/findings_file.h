/*
 * Findings as bytes, for keeping them. Times are left out: nothing was done when findings come from there.
 */
#ifndef NC_REPORT_FINDINGS_FILE_H
#define NC_REPORT_FINDINGS_FILE_H

#include "report/findings.h"

/* To free. Equal sets give equal bytes. */
void *nc_findings_save(const struct nc_findings *set, size_t *size);
/* NULL: these are no findings. */
struct nc_findings *nc_findings_load(const void *data, size_t size);

#endif
