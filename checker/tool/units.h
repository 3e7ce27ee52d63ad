/*
 * Units: the inputs of a run, each read or lowered to a module.
 */
#ifndef NC_TOOL_UNITS_H
#define NC_TOOL_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tool/cache.h"
#include "tool/inputs.h"

struct nc_freshness;
struct nc_module;
struct nc_overlay;
struct nc_preambles;

struct nc_unit {
    const struct nc_input *input; /* borrowed */
    struct nc_module *module;     /* NULL: could not be read */
    char *error;                  /* one line, when it could not be read */
    uint64_t lower_ns;
    const char *overlay;               /* text that stands for the file's, or NULL; borrowed */
    const struct nc_overlay *overlays; /* texts for any files; borrowed */
    size_t overlay_count;
    bool cached;             /* the module came from the cache */
    struct nc_cache_key key; /* what the module is; only where there is a cache */
};

/* What makes reading cheaper; each may be NULL. */
struct nc_unit_help {
    struct nc_preambles *preambles;
    struct nc_cache *cache;
    struct nc_freshness *freshness; /* with a cache */
};

struct nc_units {
    struct nc_unit *items;
    size_t count;
    bool own_headers;
};

/* Makes one unit for each input; nothing is read yet. */
void nc_units_init(struct nc_units *units, const struct nc_inputs *inputs, bool own_headers);
/* Reads all of them, in up to `jobs` threads. The cache may be NULL. */
void nc_units_lower(struct nc_units *units, struct nc_cache *cache, unsigned jobs, bool show_progress);
/* Reads one; `help` may be NULL. */
void nc_unit_lower(struct nc_unit *unit, bool own_headers, const struct nc_unit_help *help);
void nc_units_clear(struct nc_units *units);
/* Says on stderr which could not be read. Their number. */
size_t nc_units_print_errors(const struct nc_units *units);

uint64_t nc_now_ns(void); /* of a clock that only goes forward */

#endif
