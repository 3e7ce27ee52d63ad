/*
 * Work on several cores.
 */
#ifndef NC_TOOL_PARALLEL_H
#define NC_TOOL_PARALLEL_H

#include <stddef.h>

/* Number of cores that the process may use. */
unsigned nc_cores(void);
/* Calls work(user, i) once for each i below count, in up to `jobs` threads, and returns when all are done. `done`, if
 * not NULL, is called after each, by one thread at a time, with how many are finished. */
void nc_parallel(size_t count, unsigned jobs, void (*work)(void *user, size_t i),
                 void (*done)(void *user, size_t finished), void *user);

#endif
