/*
 * Conditions of projects: '$(A)'=='b' and (Exists('x') or !('$(B)'<'10')).
 */
#ifndef NC_PROJECT_CONDITION_H
#define NC_PROJECT_CONDITION_H

#include <stdbool.h>

#include "project/expand.h"

/* A condition that is not understood is false, with a note. NULL and "" are true. */
bool nc_condition(const struct nc_scope *scope, const char *text);

#endif
