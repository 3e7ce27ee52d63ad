/*
 * The main job: check what the options name, and report. The modes of the program that are no check are in
 * verify.h and explain.h.
 */
#ifndef NC_TOOL_RUN_H
#define NC_TOOL_RUN_H

struct nc_options;

enum { NC_EXIT_CLEAN = 0, NC_EXIT_FINDINGS = 1, NC_EXIT_FAILED = 2 };

/* Returns the exit code. Reads the configuration file too. */
int nc_run_check(struct nc_options *options);

#endif
