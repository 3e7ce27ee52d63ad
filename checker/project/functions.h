/*
 * Property functions: $([MSBuild]::Name(...)), $([System.IO.Path]::Name(...)), $(Property.Method(...)).
 */
#ifndef NC_PROJECT_FUNCTIONS_H
#define NC_PROJECT_FUNCTIONS_H

#include "project/expand.h"

/* The value (to free), or NULL when the function is not known. Arguments are expanded already. */
char *nc_static_function(const struct nc_scope *scope, const char *type, const char *name, char *const *arguments,
                         size_t count);
char *nc_string_method(const char *value, const char *name, char *const *arguments, size_t count);

#endif
