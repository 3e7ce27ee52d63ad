/* Writes contract tables as C source. */
#ifndef NC_CONTRACTC_EMIT_H
#define NC_CONTRACTC_EMIT_H

#include <stdio.h>

#include "analysis/contract_tables.h"

void nc_contract_emit(FILE *out, const struct nc_contract_tables *t);

#endif
