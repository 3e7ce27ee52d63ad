/*
 * What the Clang plugin does with the module of the translation unit that Clang has just compiled. No Clang in here:
 * the plugin's entry (plugin.cpp) turns reports into Clang's own diagnostics.
 */
#ifndef NC_TOOL_PLUGIN_RUN_H
#define NC_TOOL_PLUGIN_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/finding.h"

#ifdef __cplusplus
extern "C" {
#endif

struct nc_module;

struct nc_plugin_host {
    /* An open finding of a rule that is on. It lives until the call returns. */
    void (*finding)(void *user, const struct nc_finding *finding);
    /* A problem of the plugin itself: an argument that is wrong, a file that cannot be read or written. */
    void (*problem)(void *user, const char *text);
    void *user;
};

/*
 * Analyses the module as a part of a driver (a whole one, if its entry point is in it). Arguments, in any order:
 *     module=FILE      write the module there (for `nmrcheck FILE...`, which judges the whole driver)
 *     only-module      with module=FILE: no analysis here
 *     contracts=FILE   a driver's own contracts
 *     rule=ID, disable=ID (may be repeated), entry=NAME
 * Returns the number of findings, or -1 when an argument is wrong or a file could not be read or written. The module
 * stays the caller's.
 */
int nc_plugin_run(struct nc_module *m, const char *const *args, size_t arg_count, const struct nc_plugin_host *host);

#ifdef __cplusplus
}
#endif
#endif
