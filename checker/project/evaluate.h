/*
 * A project file evaluated as MSBuild does it, without running a target: first properties and imports in order, then
 * item definitions, then items. What the toolset's own files (below $(VCTargetsPath)) would do is imitated where it
 * matters: Directory.Build.props and .targets, default folders.
 */
#ifndef NC_PROJECT_EVALUATE_H
#define NC_PROJECT_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>

#include "project/expand.h"
#include "project/properties.h"
#include "support/strlist.h"

struct nc_definition {
    char *type;
    struct nc_properties metadata;
};

struct nc_evaluation {
    struct nc_properties properties;
    struct nc_items items;
    struct nc_definition *definitions; /* what items of a type begin with */
    size_t definition_count;
    struct nc_strlist files; /* all project files read, absolute; the first is the project itself */
    struct nc_strlist notes;
    bool incomplete; /* a file that it imports is not there */
};

struct nc_evaluation_input {
    const char *path;                    /* absolute */
    const char *configuration;           /* "Release" */
    const char *platform;                /* "x64" */
    const char *solution;                /* absolute path of the solution, or NULL */
    const struct nc_properties *toolset; /* properties that the toolset defines; or NULL */
};

/* 0, or 2 with one line in *error (to free): unreadable, no XML, no project, files that import each other, or a text
 * that grows without end. To clear in either case. */
int nc_evaluate(struct nc_evaluation *e, const struct nc_evaluation_input *input, char **error);
void nc_evaluation_clear(struct nc_evaluation *e);

const char *nc_evaluation_property(const struct nc_evaluation *e, const char *name); /* never NULL */
/* The metadata that the definitions give items of a type: never NULL. */
const char *nc_evaluation_default(const struct nc_evaluation *e, const char *type, const char *name);

#endif
