/*
 * The compiler flags of a project's source.
 */
#ifndef NC_PROJECT_COMPILE_FLAGS_H
#define NC_PROJECT_COMPILE_FLAGS_H

#include "project/evaluate.h"

/* Flags for an item of type ClCompile; `folder` is the project's. */
void nc_compile_flags(const struct nc_evaluation *e, const struct nc_item *item, const char *folder,
                      struct nc_strlist *flags, struct nc_strlist *notes);

#endif
