/*
 * What a run reads: sources with their compiler flags, and modules.
 */
#ifndef NC_TOOL_INPUTS_H
#define NC_TOOL_INPUTS_H

#include "support/strlist.h"

struct nc_options;

enum nc_input_kind { NC_INPUT_SOURCE, NC_INPUT_MODULE };

struct nc_input {
    enum nc_input_kind kind;
    char *path;
    char *directory; /* where the compiler ran; NULL: the current one */
    struct nc_strlist flags;
};

struct nc_inputs {
    struct nc_input *items;
    size_t count, capacity;
};

/* All that the options name. 0, or 2 after saying on stderr what is wrong. */
int nc_inputs_collect(struct nc_inputs *inputs, const struct nc_options *options);
/* What one path stands for: appends to inputs. Flags are added to each source's. 0 or 2. */
int nc_inputs_add_path(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags);
void nc_inputs_clear(struct nc_inputs *inputs);

struct nc_input *nc_inputs_add(struct nc_inputs *inputs, enum nc_input_kind kind, const char *path);
/* Appends the entries of a compile_commands.json (or of the folder that holds one). 0 or 2. */
int nc_inputs_add_database(struct nc_inputs *inputs, const char *path);

bool nc_path_is_source(const char *path);
bool nc_path_is_header(const char *path);

#endif
