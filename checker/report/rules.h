/*
 * The rule catalogue as a table. Immutable; strings live as long as the program.
 */
#ifndef NC_REPORT_RULES_H
#define NC_REPORT_RULES_H

#include <stddef.h>

#include "report/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

struct nc_rule {
    const char *id;
    enum nc_severity severity;
    const char *group; /* the catalogue's section */
    const char *title; /* one line without a full stop */
};

size_t nc_rule_count(void);
const struct nc_rule *nc_rule_at(size_t index);
/* NULL when there is no such rule. */
const struct nc_rule *nc_rule_find(const char *id);
/* Index of the rule in the table, or -1. */
int nc_rule_index(const char *id);
/* The existing id that is closest to a mistyped one, or NULL when none is near. */
const char *nc_rule_nearest(const char *id);

#ifdef __cplusplus
}
#endif
#endif
