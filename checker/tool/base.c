#include "tool/base.h"

#include <stdio.h>
#include <string.h>

#include "tool/changes.h"
#include "tool/job.h"
#include "tool/options.h"
#include "tool/snapshot.h"
#include "tool/summary.h"

static size_t count_untouched(const struct nc_report *r)
{
    size_t count = 0;

    for (size_t i = 0; i < r->count; i++)
        count += r->results[i].state == NC_RESULT_UNTOUCHED;
    return count;
}

static bool had(const struct nc_report *base, const char *fingerprint)
{
    for (size_t i = 0; i < base->count; i++)
        if (strcmp(base->results[i].fingerprint, fingerprint) == 0)
            return true;
    return false;
}

/* Headers that git does not know are not in the copy: then a missing finding means nothing. */
static bool is_comparable(const struct nc_job *job, const struct nc_job *base)
{
    struct nc_gap_counts now, then;

    nc_count_gaps(job->all, &now);
    nc_count_gaps(base->all, &then);
    return base->unreadable == 0 && then.headers <= now.headers;
}

static bool reopen(struct nc_job *job, const struct nc_options *options)
{
    struct nc_job base;
    bool done = false;

    nc_job_init(&base, options);
    if (nc_job_read(&base) == 0) {
        nc_job_analyse(&base);
        done = is_comparable(job, &base);
        for (size_t i = 0; done && i < job->report->count; i++)
            if (job->report->results[i].state == NC_RESULT_UNTOUCHED &&
                !had(base.report, job->report->results[i].fingerprint))
                job->report->results[i].state = NC_RESULT_OPEN;
        nc_report_recount(job->report);
    }
    nc_job_clear(&base);
    return done;
}

void nc_base_reopen(struct nc_job *job, const struct nc_changes *changes, const char *base)
{
    struct nc_options *options = (struct nc_options *)job->options; /* moved there and back */
    struct nc_snapshot snapshot = { 0 };

    if (count_untouched(job->report) == 0)
        return;
    if (nc_snapshot_enter(&snapshot, options, nc_changes_root(changes), base) != 0 || !reopen(job, options))
        fprintf(stderr,
                "nmrcheck: %s cannot be looked at as well as the present version; findings off the changed lines "
                "do not count\n",
                base);
    nc_snapshot_leave(&snapshot, options);
}
