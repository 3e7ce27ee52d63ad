#include "tool/summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "model/module.h"
#include "report/paths.h"
#include "report/report.h"
#include "report/suppress.h"

enum { FEW_WARNINGS = 5 };

void nc_count_gaps(const struct nc_findings *findings, struct nc_gap_counts *counts)
{
    *counts = (struct nc_gap_counts){ 0 };
    for (size_t i = 0; i < findings->gap_count; i++) {
        switch (findings->gaps[i].kind) {
        case NC_GAP_FUNCTION:
            counts->functions++;
            break;
        case NC_GAP_HEADER:
            counts->headers++;
            break;
        case NC_GAP_ERROR:
            counts->errors++;
            break;
        default:
            counts->notes++;
            break;
        }
    }
}

static void print_gap(const struct nc_report *r, const struct nc_gap_note *gap, const char *lead)
{
    static const char *const kinds[] = { "not analysed", "header not found", "not understood", "note" };
    unsigned kind = (unsigned)gap->kind < 4 ? (unsigned)gap->kind : 3;
    char *file = nc_path_display(gap->place.file, r->cwd);

    fputs(lead, stderr);
    if (*file && gap->place.line)
        fprintf(stderr, "%s:%" PRIu32 ":%" PRIu32 ": ", file, gap->place.line, gap->place.col);
    else if (*file)
        fprintf(stderr, "%s: ", file);
    fprintf(stderr, "%s: %s%s%s\n", kinds[kind], gap->what, *gap->what && *gap->reason ? ": " : "", gap->reason);
    free(file);
}

void nc_print_gap_warnings(const struct nc_report *r)
{
    const struct nc_findings *f = r->findings;
    size_t shown = 0, more = 0;

    for (int pass = 0; pass < 2; pass++) /* headers first: they are the cause of most errors */
        for (size_t i = 0; i < f->gap_count; i++) {
            if (f->gaps[i].kind != (pass == 0 ? NC_GAP_HEADER : NC_GAP_ERROR))
                continue;
            if (shown < FEW_WARNINGS) {
                print_gap(r, &f->gaps[i], "nmrcheck: ");
                shown++;
            } else {
                more++;
            }
        }
    if (more > 0)
        fprintf(stderr, "nmrcheck: and %zu more; see --stats\n", more);
}

static const char *plural(uint64_t n) { return n == 1 ? "" : "s"; }

void nc_print_summary(const struct nc_report *r, size_t unreadable, size_t drivers)
{
    const struct nc_stats *s = &r->findings->stats;
    struct nc_gap_counts gaps;
    size_t suppressed = 0, known = 0, untouched = 0;

    nc_count_gaps(r->findings, &gaps);
    for (size_t i = 0; i < r->count; i++) {
        suppressed += r->results[i].state == NC_RESULT_SUPPRESSED;
        known += r->results[i].state == NC_RESULT_BASELINE;
        untouched += r->results[i].state == NC_RESULT_UNTOUCHED;
    }
    if (r->open_count == 0)
        fputs("nmrcheck: no findings in ", stderr);
    else
        fprintf(stderr, "nmrcheck: %zu finding%s in ", r->open_count, plural(r->open_count));
    fprintf(stderr, "%" PRIu64 " file%s", s->files, plural(s->files));
    if (drivers > 1)
        fprintf(stderr, " of %zu drivers", drivers);
    fprintf(stderr, " (%" PRIu64 " function%s", s->functions, plural(s->functions));
    if (s->functions > s->functions_analysed)
        fprintf(stderr, "; %" PRIu64 " NOT analysed", s->functions - s->functions_analysed);
    if (gaps.functions > 0)
        fprintf(stderr, "; %zu not wholly understood", gaps.functions);
    if (s->cut_short > 0)
        fprintf(stderr, "; %" PRIu64 " cut short", s->cut_short);
    if (gaps.headers > 0)
        fprintf(stderr, "; %zu header%s not found", gaps.headers, plural(gaps.headers));
    if (gaps.errors > 0)
        fprintf(stderr, "; %zu parse error%s", gaps.errors, plural(gaps.errors));
    if (suppressed > 0)
        fprintf(stderr, "; %zu suppressed", suppressed);
    if (known > 0)
        fprintf(stderr, "; %zu in the baseline", known);
    if (untouched > 0)
        fprintf(stderr, "; %zu on lines that were not changed", untouched);
    fputs(s->functions > s->functions_analysed || gaps.functions + gaps.headers + gaps.errors + s->cut_short > 0
              ? "; see --stats)\n"
              : ")\n",
          stderr);
    if (unreadable > 0)
        fprintf(stderr, "nmrcheck: %zu file%s could not be read at all and NOT checked\n", unreadable,
                plural(unreadable));
}

void nc_print_drivers(const struct nc_report *r, struct nc_findings *const *sets, const char *const *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct nc_stats *s = &sets[i]->stats;
        char *name = names[i] ? nc_path_display(names[i], r->cwd) : NULL;

        if (!name && count == 1)
            return;
        fprintf(stderr,
                "driver                 %s: %" PRIu64 " file%s, %" PRIu64 " of %" PRIu64
                " function%s analysed, %zu finding%s, %.1f ms\n",
                name ? name : "(told by its entry)", s->files, plural(s->files), s->functions_analysed, s->functions,
                plural(s->functions), sets[i]->count, plural(sets[i]->count),
                (double)(s->link_ns + s->analyse_ns) / 1e6);
        free(name);
    }
}

void nc_print_stats(const struct nc_report *r)
{
    const struct nc_stats *s = &r->findings->stats;

    fprintf(stderr, "files                  %" PRIu64 "\n", s->files);
    fprintf(stderr, "functions              %" PRIu64 "\n", s->functions);
    fprintf(stderr, "functions analysed     %" PRIu64 "\n", s->functions_analysed);
    fprintf(stderr, "blocks executed        %" PRIu64 "\n", s->blocks);
    fprintf(stderr, "states                 %" PRIu64 "\n", s->states);
    fprintf(stderr, "calls                  %" PRIu64 "\n", s->calls);
    fprintf(stderr, "merges                 %" PRIu64 "\n", s->merges);
    fprintf(stderr, "cut short              %" PRIu64 "\n", s->cut_short);
    fprintf(stderr, "reading, all threads   %.1f ms\n", (double)s->lower_ns / 1e6);
    fprintf(stderr, "linking                %.1f ms\n", (double)s->link_ns / 1e6);
    fprintf(stderr, "analysis               %.1f ms\n", (double)s->analyse_ns / 1e6);
    if (s->files_cached > 0)
        fprintf(stderr, "from the cache         %" PRIu64 " file%s, analysis of %" PRIu64 " driver%s\n",
                s->files_cached, plural(s->files_cached), s->drivers_cached, plural(s->drivers_cached));
    fprintf(stderr, "not analysed           %zu%s\n", r->findings->gap_count, r->findings->gap_count ? ":" : "");
    for (size_t i = 0; i < r->findings->gap_count; i++)
        print_gap(r, &r->findings->gaps[i], "  ");
}

void nc_print_suppressions(const struct nc_report *r, const struct nc_suppressions *list)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct nc_suppression *item = &list->items[i];
        char *file = nc_path_display(item->file, r->cwd);

        printf("%s:%" PRIu32 ": %s: %s [%s]\n", file, item->line, item->rule,
               item->problem ? item->problem : item->reason,
               item->problem ? "wrong"
               : item->used  ? "used"
                             : "not needed");
        free(file);
    }
}

size_t nc_print_suppression_problems(const struct nc_report *r, const struct nc_suppressions *list)
{
    size_t problems = 0;

    for (size_t i = 0; i < list->count; i++) {
        const struct nc_suppression *item = &list->items[i];
        char *file;

        if (!item->problem && item->used)
            continue;
        file = nc_path_display(item->file, r->cwd);
        if (item->problem)
            fprintf(stderr, "nmrcheck: %s:%" PRIu32 ": this suppression is ignored: %s\n", file, item->line,
                    item->problem);
        else
            fprintf(stderr, "nmrcheck: %s:%" PRIu32 ": this suppression of %s is not needed\n", file, item->line,
                    item->rule);
        free(file);
        problems++;
    }
    return problems;
}
