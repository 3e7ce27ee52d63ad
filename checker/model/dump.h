/*
 * A module as text, for people and for tests: C-like, types where they can't be derived, positions after '@' (without
 * the file where it is the declaration's own). text.h reads it again; the grammar is described there.
 */
#ifndef NC_MODEL_DUMP_H
#define NC_MODEL_DUMP_H

#include <stdio.h>

#include "model/module.h"

#ifdef __cplusplus
extern "C" {
#endif

void nc_module_dump(const struct nc_module *m, FILE *out);
/* One function of it; also usable on a module that is still being built. */
void nc_function_dump(const struct nc_module *m, nc_id function, FILE *out);

#ifdef __cplusplus
}
#endif
#endif
