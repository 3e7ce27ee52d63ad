/*
 * Visual Studio projects, solutions and repositories as inputs of a run.
 */
#ifndef NC_TOOL_PROJECTS_H
#define NC_TOOL_PROJECTS_H

#include <stdbool.h>

#include "tool/inputs.h"

/* Is it a .vcxproj, .sln or .slnx, by its name? */
bool nc_path_is_project(const char *path);
/* Appends the sources of the project's driver, or of each driver of the solution. 0, or 2 after saying on stderr what
 * is wrong. Projects of a solution that cannot be read are said, too, and counted (inputs->broken). */
int nc_inputs_add_project(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags);
/* The drivers that the projects below a folder build. False when there is none. */
bool nc_inputs_add_repository(struct nc_inputs *inputs, const char *folder, const struct nc_strlist *flags);

/* A header index for the checkout, made once for each root; owned by the inputs. */
struct nc_include_index *nc_inputs_index(struct nc_inputs *inputs, const char *root);
/* Gives every source an index of the checkout that it is in. */
void nc_inputs_index_repositories(struct nc_inputs *inputs);

/* --wdk, or the driver kit that is found by itself: its folders are searched before the built-in headers. 0 or 2. */
int nc_inputs_find_wdk(struct nc_inputs *inputs);

/* Writes the sources and their flags as a compile_commands.json. 0 or 2. */
int nc_inputs_write_database(const struct nc_inputs *inputs, const char *path);

#endif
