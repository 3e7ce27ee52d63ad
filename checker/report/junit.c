/* JUnit XML: one test case for each file that was checked with a finding in it, and one that stands for the rest. */
#include <stdlib.h>
#include <string.h>

#include "report/markup.h"
#include "report/paths.h"
#include "report/report.h"

static void print_failure(const struct nc_report *r, const struct nc_finding *finding, FILE *out)
{
    char *shown = nc_path_display(finding->place.file, r->cwd);

    fprintf(out, "    <testcase classname=\"%s\" name=\"", finding->rule);
    nc_markup_text(shown, out);
    fprintf(out, ":%u\" file=\"", finding->place.line);
    nc_markup_text(shown, out);
    fprintf(out, "\" line=\"%u\">\n      <failure type=\"%s\" message=\"", finding->place.line, finding->rule);
    nc_markup_text(finding->message, out);
    fputs("\">", out);
    nc_markup_text(shown, out);
    fprintf(out, ":%u:%u: ", finding->place.line, finding->place.col);
    nc_markup_text(finding->message, out);
    fputc('\n', out);
    free(shown);
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct nc_step *step = &finding->steps[i];

        shown = nc_path_display(step->place.file, r->cwd);
        nc_markup_text(shown, out);
        fprintf(out, ":%u:%u: ", step->place.line, step->place.col);
        nc_markup_text(step->text, out);
        fputc('\n', out);
        free(shown);
    }
    fputs("</failure>\n    </testcase>\n", out);
}

void nc_report_junit(const struct nc_report *r, FILE *out)
{
    size_t failures = r->open_count, errors = r->failed ? 1 : 0;
    size_t tests = failures + errors > 0 ? failures + errors : 1;

    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
    fprintf(out, "<testsuites name=\"nmrcheck\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests, failures,
            errors);
    fprintf(out, "  <testsuite name=\"nmrcheck\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", tests, failures,
            errors);
    for (size_t i = 0; i < r->count; i++)
        if (r->results[i].state == NC_RESULT_OPEN)
            print_failure(r, r->results[i].finding, out);
    if (errors)
        fputs("    <testcase classname=\"nmrcheck\" name=\"analysis\">\n      <error type=\"not-analysed\" message=\"a "
              "part "
              "of the code could not be analysed\"/>\n    </testcase>\n",
              out);
    else if (failures == 0)
        fputs("    <testcase classname=\"nmrcheck\" name=\"no findings\"/>\n", out);
    fputs("  </testsuite>\n</testsuites>\n", out);
}
