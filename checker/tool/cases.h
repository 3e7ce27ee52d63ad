/*
 * Where test cases are.
 */
#ifndef NC_TOOL_CASES_H
#define NC_TOOL_CASES_H

#include "support/strlist.h"

/* Appends the paths of the cases that `path` stands for. 0, or 2 after saying on stderr what is wrong. */
int nc_cases_find(struct nc_strlist *cases, const char *path);
/* Appends the sources and headers of one case. */
int nc_case_files(struct nc_strlist *files, const char *path);

#endif
