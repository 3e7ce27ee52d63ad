/*
 * Units: the inputs of a run, each read or lowered to a module.
 */
#ifndef NC_TOOL_UNITS_H
#define NC_TOOL_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tool/inputs.h"

struct nc_module;
struct nc_overlay;

struct nc_unit {
    const struct nc_input *input; /* borrowed */
    struct nc_module *module;     /* NULL: could not be read */
    char *error;                  /* one line, when it could not be read */
    uint64_t lower_ns;
    const char *overlay;               /* text that stands for the file's, or NULL; borrowed */
    const struct nc_overlay *overlays; /* texts for any files; borrowed */
    size_t overlay_count;
};

struct nc_units {
    struct nc_unit *items;
    size_t count;
    bool own_headers;
};

/* Makes one unit for each input; nothing is read yet. */
void nc_units_init(struct nc_units *units, const struct nc_inputs *inputs, bool own_headers);
/* Reads all of them, in up to `jobs` threads. */
void nc_units_lower(struct nc_units *units, unsigned jobs, bool show_progress);
void nc_unit_lower(struct nc_unit *unit, bool own_headers);
void nc_units_clear(struct nc_units *units);
/* Says on stderr which could not be read. Their number. */
size_t nc_units_print_errors(const struct nc_units *units);

uint64_t nc_now_ns(void); /* of a clock that only goes forward */

#endif
