/*
 * The projects of a solution or of a folder, and which of them make up one driver.
 */
#ifndef NC_PROJECT_PROJECT_SET_H
#define NC_PROJECT_PROJECT_SET_H

#include "project/project.h"

/* Zeroed: empty. */
struct nc_project_set {
    struct nc_project *items;
    size_t count, capacity;
    struct nc_strlist errors;  /* projects that could not be read, a line each */
    struct nc_strlist missing; /* projects that a solution names and that are not there */
    struct nc_strlist tried;   /* paths of all projects looked at */
};

/* One project, and all projects that it refers to. 0, or 2 when that project itself could not be read (see errors). */
int nc_project_set_add(struct nc_project_set *set, const char *path, const struct nc_project_options *options);
/* All projects of a solution. 0, or 2 with a line in *error. */
int nc_project_set_add_solution(struct nc_project_set *set, const char *path, const struct nc_project_options *options,
                                char **error);
/* What the first project of the set links by name only (shared.lib) is looked for among the projects of the solution
 * that names that project. Those of them that cannot be read are no errors. */
void nc_project_set_add_linked(struct nc_project_set *set, const struct nc_project_options *options);
/* All projects below a folder; dot folders and folders of packages are left out. */
void nc_project_set_add_folder(struct nc_project_set *set, const char *folder,
                               const struct nc_project_options *options);
void nc_project_set_clear(struct nc_project_set *set);

/* Marks the project and the libraries linked into it, directly or not: members[set->count]. */
void nc_project_set_closure(const struct nc_project_set *set, size_t index, bool *members);

#endif
