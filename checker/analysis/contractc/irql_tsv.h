/* The DDI's IRQL table (rules/data/ddi-irql.tsv) as a layer of contracts under the YAML files. */
#ifndef NC_CONTRACTC_IRQL_TSV_H
#define NC_CONTRACTC_IRQL_TSV_H

#include "analysis/contract_set.h"

/*
 * Functions become contracts with an upper bound only, callback types become roles. Rows without levels, and
 * callbacks that may run at any level, are left out.
 * Where a name stands several times (in several headers), the highest bound counts, and for a role the lowest. Returns
 * false with *error set.
 */
bool nc_irql_tsv_read(struct nc_contract_set *set, char *text, const char *name, char **error);

#endif
