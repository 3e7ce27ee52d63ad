/*
 * One Visual Studio project (.vcxproj) as far as checking it needs: what kind of thing it builds, from which sources
 * with which flags, and what is linked in.
 */
#ifndef NC_PROJECT_PROJECT_H
#define NC_PROJECT_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "support/strlist.h"

struct nc_wdk;

enum nc_project_kind {
    NC_PROJECT_OTHER, /* programs, user-mode drivers, packages */
    NC_PROJECT_DRIVER,
    NC_PROJECT_LIBRARY, /* a static library for the kernel, or for either mode */
    NC_PROJECT_UNKNOWN  /* what would say so is not there: an imported file, the toolset's defaults */
};

struct nc_project_source {
    char *path;              /* absolute, as it is written on disk; may be missing there */
    struct nc_strlist flags; /* Clang's, paths absolute */
};

struct nc_project {
    char *path, *folder; /* of the project file, absolute */
    char *name;          /* what it builds: "xdp" */
    char *configuration, *platform;
    enum nc_project_kind kind;
    struct nc_project_source *sources;
    size_t source_count;
    struct nc_strlist references; /* projects, absolute paths */
    struct nc_strlist libraries;  /* linked in: "rtl.lib" */
    struct nc_strlist notes;      /* what was not understood, or is not there */
};

struct nc_project_options {
    const char *configuration; /* NULL: Release, where the project has it */
    const char *platform;      /* NULL: x64, where the project has it */
    const char *solution;      /* absolute, or NULL: one above that names the project, if there is one */
    const struct nc_wdk *wdk;  /* or NULL */
};

/* Reads a project. 0, or 2 with a line in *error (to free). To clear in either case. */
int nc_project_read(struct nc_project *p, const char *path, const struct nc_project_options *options, char **error);
void nc_project_clear(struct nc_project *p);

#endif
