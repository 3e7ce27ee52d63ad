/*
 * What an older version of the code had: a change may break what stands on lines that it does not touch.
 */
#ifndef NC_TOOL_BASE_H
#define NC_TOOL_BASE_H

struct nc_changes;
struct nc_job;

/* Looks at the results that no change touches, if there are any: those that the revision `base` did not have count
 * after all. Where `base` cannot be looked at as well as the present version, says so on stderr and changes nothing. */
void nc_base_reopen(struct nc_job *job, const struct nc_changes *changes, const char *base);

#endif
