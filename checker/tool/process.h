/*
 * Other programs: run one and read what it prints.
 */
#ifndef NC_TOOL_PROCESS_H
#define NC_TOOL_PROCESS_H

/* The program's exit code, or -1 when it could not be run. *output gets its stdout (to free). stderr passes through. */
int nc_process_output(const char *const *arguments, char **output);

#endif
