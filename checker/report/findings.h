/*
 * The container of findings and gaps. Items are copied shallowly: the strings and arrays that they point at must live
 * in the set's arena (set->arena) or longer than the set.
 */
#ifndef NC_REPORT_FINDINGS_H
#define NC_REPORT_FINDINGS_H

#include "report/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

struct nc_findings *nc_findings_new(void);
void nc_findings_free(struct nc_findings *set); /* NULL is allowed */

void nc_findings_add(struct nc_findings *set, const struct nc_finding *finding);
void nc_findings_gap(struct nc_findings *set, const struct nc_gap_note *gap);
void nc_findings_picture(struct nc_findings *set, struct nc_picture *picture); /* not copied */

/* Sorts by file, line, column, rule, message; of several findings of one rule at one place it keeps the one with the
 * shortest path. Gaps are sorted by
 * place and deduplicated. Equal input sets give equal output, whatever their order was. */
void nc_findings_sort_dedup(struct nc_findings *set);
/* Does the same; the older name. */
void nc_findings_sort(struct nc_findings *set);

#ifdef __cplusplus
}
#endif
#endif
