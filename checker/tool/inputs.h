/*
 * What a run reads: sources with their compiler flags, and modules.
 */
#ifndef NC_TOOL_INPUTS_H
#define NC_TOOL_INPUTS_H

#include "support/strlist.h"

struct nc_include_index;
struct nc_options;
struct nc_wdk;

enum nc_input_kind { NC_INPUT_SOURCE, NC_INPUT_MODULE };

struct nc_input {
    enum nc_input_kind kind;
    char *path;
    char *directory; /* where the compiler ran; NULL: the current one */
    struct nc_strlist flags;
    struct nc_strlist drivers;      /* the projects whose driver it is a part of; empty: nobody says */
    struct nc_include_index *index; /* where an include is looked up that is not found, or NULL; borrowed */
};

enum nc_input_note_kind { NC_INPUT_NOTE_PLAIN, NC_INPUT_NOTE_LOST /* code is missing because of it */ };

/* What is to be known about the inputs. */
struct nc_input_note {
    enum nc_input_note_kind kind;
    char *file, *text;
};

struct nc_inputs {
    struct nc_input *items;
    size_t count, capacity;
    const struct nc_options *options; /* borrowed; NULL: all defaults */
    struct nc_wdk *wdk;               /* the driver kit, or NULL */
    struct nc_include_index **indexes;
    size_t index_count;
    struct nc_input_note *notes;
    size_t note_count;
    size_t broken; /* projects that could not be read, each said on stderr */
};

/* All that the options name. 0, or 2 after saying on stderr what is wrong. */
int nc_inputs_collect(struct nc_inputs *inputs, const struct nc_options *options);
/* What one path stands for: appends to inputs. Flags are added to each source's. 0 or 2. */
int nc_inputs_add_path(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags);
void nc_inputs_clear(struct nc_inputs *inputs);

/* Takes `text`. The same note twice is one. */
void nc_inputs_note(struct nc_inputs *inputs, const char *file, enum nc_input_note_kind kind, char *text);
struct nc_input *nc_inputs_add(struct nc_inputs *inputs, enum nc_input_kind kind, const char *path);
/* Appends the entries of a compile_commands.json (or of the folder that holds one). 0 or 2. */
int nc_inputs_add_database(struct nc_inputs *inputs, const char *path);

bool nc_path_is_source(const char *path);
bool nc_path_is_header(const char *path);

#endif
