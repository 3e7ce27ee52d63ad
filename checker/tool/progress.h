/*
 * One line on the terminal that says how far a run is. Silent where stderr is no terminal, unless it is forced.
 */
#ifndef NC_TOOL_PROGRESS_H
#define NC_TOOL_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

struct nc_progress {
    size_t total;
    bool on, terminal;
    unsigned shown_percent;
};

/* Shows nothing for fewer than a handful of files. */
void nc_progress_start(struct nc_progress *p, size_t total, bool forced);
void nc_progress_step(struct nc_progress *p, size_t finished);
void nc_progress_end(struct nc_progress *p); /* clears the line */

#endif
