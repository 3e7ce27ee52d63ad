/*
 * One driver: modules in, findings out.
 */
#ifndef NC_TOOL_DRIVER_H
#define NC_TOOL_DRIVER_H

#include <stdbool.h>
#include <stddef.h>

#include "report/findings.h"

struct nc_contracts;
struct nc_module;
struct nc_options;
struct nc_sources;

struct nc_driver_options {
    const struct nc_contracts *contracts;
    const char *entry; /* NULL: DriverEntry and its like */
    bool part;
    bool picture; /* draw the driver's picture for the report */
    const char *dump;
    struct nc_sources *sources; /* the text that fixes are made from; NULL: no fixes */
};

/* Links the modules and analyses them. The findings hold their gaps and their fixes too. If `linked` is not NULL, it
 * gets the linked module (to free with nc_module_free). */
struct nc_findings *nc_driver_check(const struct nc_module *const *modules, size_t count,
                                    const struct nc_driver_options *options, struct nc_module **linked);

/* Does the module define the driver's entry point? */
bool nc_module_has_entry(const struct nc_module *m, const char *entry);

/* Modules that belong together: the first group is modules[0 .. counts[0]), and so on. */
struct nc_driver_groups {
    const struct nc_module **modules;
    size_t *counts;
    const char **names; /* of each group: the project that builds it (borrowed from the inputs), or NULL */
    size_t group_count;
};

struct nc_input;

/* Splits by what the inputs of the modules say about their projects; what no project builds, as nc_driver_split does.
 */
void nc_driver_split_inputs(const struct nc_module *const *modules, const struct nc_input *const *inputs, size_t count,
                            const char *entry, struct nc_driver_groups *groups);

/*
 * Splits a run's modules into drivers. With at most one entry point among them they are one driver. With several, each
 * entry has its own: the modules below its folder (of the nearest entry's folder, where those are nested); what lies in
 * a folder with several entries, or in none, goes to each of them or to all. `paths` are the modules' files, absolute.
 */
void nc_driver_split(const struct nc_module *const *modules, const char *const *paths, size_t count, const char *entry,
                     struct nc_driver_groups *groups);
void nc_driver_groups_clear(struct nc_driver_groups *groups);

/* The contracts that the options name, or the built-in ones. NULL after saying on stderr what is wrong; to free with
 * nc_contracts_free (which leaves the built-in ones alone). */
const struct nc_contracts *nc_options_contracts(const struct nc_options *options);

#endif
