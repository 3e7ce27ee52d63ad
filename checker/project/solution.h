/*
 * Visual Studio solutions: .sln (text) and .slnx (XML).
 */
#ifndef NC_PROJECT_SOLUTION_H
#define NC_PROJECT_SOLUTION_H

#include <stddef.h>

struct nc_solution_project {
    char *path;                     /* of a .vcxproj, absolute */
    char *configuration, *platform; /* what the solution builds of it, or NULL: the same as the solution's */
};

struct nc_solution {
    char *path; /* absolute */
    struct nc_solution_project *projects;
    size_t count;
};

/* 0, or 2 with a line in *error: unreadable, or not a solution. To clear in either case. */
int nc_solution_read(struct nc_solution *s, const char *path, const char *configuration, const char *platform,
                     char **error);
void nc_solution_clear(struct nc_solution *s);

/* The nearest solution at or above a project's folder that names the project (to free), or NULL. */
char *nc_solution_above(const char *project);

#endif
