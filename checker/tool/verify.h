/*
 * --verify: compares findings with the expectations in the sources. A path that is a file is one case; so is a folder
 * that directly holds sources. A folder whose cases are named bad_* and ok_* is a set of cases, and a folder without
 * sources of its own is searched for cases below it.
 */
#ifndef NC_TOOL_VERIFY_H
#define NC_TOOL_VERIFY_H

struct nc_options;

/* The exit code: 0 all cases pass, 1 some fail, 2 it could not run. */
int nc_run_verify(const struct nc_options *options);

#endif
