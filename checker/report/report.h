/*
 * A report: findings, judged for display (fingerprint, suppressed or not), and what the reporters need to print them.
 * Reporters write to a FILE and change nothing. Places of findings hold absolute paths by now.
 */
#ifndef NC_REPORT_REPORT_H
#define NC_REPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "report/finding.h"

struct nc_sources;

enum nc_result_state {
    NC_RESULT_OPEN,       /* counts */
    NC_RESULT_SUPPRESSED, /* by a comment in the source */
    NC_RESULT_BASELINE,   /* known before */
    NC_RESULT_UNTOUCHED,  /* outside the lines that were changed */
};

enum { NC_FINGERPRINT_SIZE = 17 };

struct nc_result {
    const struct nc_finding *finding;
    char fingerprint[NC_FINGERPRINT_SIZE]; /* hexadecimal, stable under line shifts and renamed files */
    enum nc_result_state state;
    const char *justification; /* of a suppression, else NULL; owned by whoever set it */
};

struct nc_report {
    struct nc_findings *findings; /* borrowed */
    struct nc_result *results;    /* in the findings' order */
    size_t count, open_count;
    struct nc_sources *sources; /* borrowed */
    char *cwd;                  /* absolute; paths are shown relative to it */
    char *root;                 /* absolute; the checkout's root, which SARIF's URIs are relative to */
    bool color;
    bool failed; /* a part of the input could not be read at all, or --strict wants more than could be analysed */
};

/* Makes all places absolute and as short as possible (relative ones are taken from the current directory), sorts and
 * deduplicates the findings again, and computes the fingerprints. */
struct nc_report *nc_report_new(struct nc_findings *findings, struct nc_sources *sources);
void nc_report_free(struct nc_report *r);
/* Counts the open results again after states were set. */
void nc_report_recount(struct nc_report *r);

const char *nc_severity_name(enum nc_severity severity); /* "error", "warning", "note" */
const char *nc_version(void);

typedef void nc_reporter_fn(const struct nc_report *r, FILE *out);

nc_reporter_fn nc_report_text, nc_report_sarif, nc_report_json, nc_report_github, nc_report_msvc, nc_report_junit,
    nc_report_html;
/* By the name that --format takes, or NULL. */
nc_reporter_fn *nc_reporter_find(const char *format);
extern const char *const nc_reporter_names; /* for messages: "text, sarif, ..." */

#endif
