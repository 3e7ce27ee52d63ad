/*
 * Is a module well formed? After nc_module_check has said yes, no reader of the module can leave its arrays or loop
 * for ever: every index is in range, every string ends, expressions and types have no cycles (other than types through
 * a record's pointers), an expression is at most NC_EXPR_DEPTH_MAX deep.
 */
#ifndef NC_MODEL_MODULE_CHECK_H
#define NC_MODEL_MODULE_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "model/module.h"

#ifdef __cplusplus
extern "C" {
#endif

#define NC_EXPR_DEPTH_MAX 10000

/* false: `why` gets one line without a full stop that names the element, such as "block 7: successor out of range". */
bool nc_module_check(const struct nc_module *m, char *why, size_t why_size);

#ifdef __cplusplus
}
#endif
#endif
