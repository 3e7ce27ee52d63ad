/*
 * The command line, parsed. Strings belong to the options (freed by nc_options_clear).
 */
#ifndef NC_TOOL_OPTIONS_H
#define NC_TOOL_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>

#include "report/report.h"
#include "support/strlist.h"

enum nc_mode {
    NC_MODE_CHECK,
    NC_MODE_VERIFY,
    NC_MODE_LSP,
    NC_MODE_EXPLAIN,
    NC_MODE_LIST_RULES,
    NC_MODE_MANUAL,
    NC_MODE_COMPLETION,
    NC_MODE_HELP,
    NC_MODE_VERSION
};
enum nc_color { NC_COLOR_AUTO, NC_COLOR_ALWAYS, NC_COLOR_NEVER };

struct nc_options {
    enum nc_mode mode;
    struct nc_strlist paths; /* sources, folders, modules */
    struct nc_strlist flags; /* for the compiler: after --, and -I, -D, -U, -include before it */
    struct nc_strlist contracts;
    struct nc_strlist only_rules, disabled_rules;
    char *database, *entry, *config, *explain, *shell;
    char *configuration, *platform, *write_database;
    char *wdk; /* folder of a driver kit; "none": not even one that is found by itself */
    char *format, *output, *baseline, *baseline_write, *diff;
    char *emit_module, *dump;
    char *cache_dir;
    unsigned cache_size;         /* MiB */
    char *moved_from, *moved_to; /* a copy is checked in place of the checkout: see snapshot.h */
    enum nc_color color;
    unsigned jobs;
    bool part, no_config, staged, strict, stats, suppressions, fix, progress, quiet, dump_model, no_cache;
};

/* 0, or 2 after saying on stderr what is wrong. */
int nc_options_parse(struct nc_options *options, int argc, char **argv);
void nc_options_clear(struct nc_options *options);
void nc_options_help(FILE *out);
/* Says "unknown rule" with the nearest one, and returns false, if there is no such rule. */
bool nc_options_check_rule(const char *id, const char *where);
/* Is the rule on? */
bool nc_options_rule_on(const struct nc_options *options, const char *id);

#endif
