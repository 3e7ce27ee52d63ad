/*
 * A job: what the options name is read, linked, analysed, and judged. The program's runs, and the look at an older
 * version of the code, are jobs.
 */
#ifndef NC_TOOL_JOB_H
#define NC_TOOL_JOB_H

#include "report/report.h"
#include "report/suppress.h"
#include "tool/inputs.h"
#include "tool/units.h"

struct nc_cache;
struct nc_contracts;
struct nc_options;
struct nc_overlay;

struct nc_job {
    const struct nc_options *options;  /* borrowed */
    const struct nc_overlay *overlays; /* texts that stand for files on disk; borrowed; to set before reading */
    size_t overlay_count;
    const struct nc_contracts *contracts;
    struct nc_cache *cache; /* or NULL */
    struct nc_inputs inputs;
    struct nc_units units;
    const struct nc_module **modules;      /* of the units that could be read */
    char **paths;                          /* theirs, absolute */
    const struct nc_input **module_inputs; /* theirs */
    struct nc_cache_key *module_keys;      /* theirs, where there is a cache */
    size_t module_count, unreadable;
    struct nc_findings **sets; /* of each driver */
    const char **set_names;    /* the project that builds it, or NULL */
    size_t set_count;
    struct nc_findings *all; /* shallow copies of what the sets hold */
    struct nc_sources *sources;
    struct nc_suppressions suppressions;
    struct nc_report *report;
};

void nc_job_init(struct nc_job *job, const struct nc_options *options);
/* Reads all modules. 0, or 2 after saying on stderr what is wrong; also 2 when nothing at all could be read. */
int nc_job_read(struct nc_job *job);
/* Analyses them and makes the report, with suppressions applied. */
void nc_job_analyse(struct nc_job *job);
void nc_job_clear(struct nc_job *job);

#endif
