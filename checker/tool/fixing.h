/*
 * --fix: the sure fixes, applied. Before anything is written, the driver is looked at with them: a fix after which
 * there would be another finding, or code that does not compile, is left out.
 */
#ifndef NC_TOOL_FIXING_H
#define NC_TOOL_FIXING_H

#include <stddef.h>

struct nc_job;

/* 0, or 2 after saying on stderr what is wrong. *fixed: how many findings are mended. */
int nc_apply_fixes(const struct nc_job *job, size_t *fixed);

#endif
