/* The formats of one line for each finding: GitHub's workflow commands, and MSVC's that Visual Studio's Error List and
 * MSBuild read. */
#include <stdlib.h>
#include <string.h>

#include "report/paths.h"
#include "report/report.h"

/* GitHub's escapes: data and, with more characters, properties. */
static void print_escaped(const char *text, bool property, FILE *out)
{
    for (; *text; text++) {
        if (*text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ',')))
            fprintf(out, "%%%02X", (unsigned)(unsigned char)*text);
        else
            fputc(*text, out);
    }
}

void nc_report_github(const struct nc_report *r, FILE *out)
{
    static const char *const commands[] = { "error", "warning", "notice" };

    for (size_t i = 0; i < r->count; i++) {
        const struct nc_finding *finding = r->results[i].finding;
        char *shown;

        if (r->results[i].state != NC_RESULT_OPEN)
            continue;
        shown = nc_path_display(finding->place.file, r->root);
        fprintf(out, "::%s file=", commands[finding->severity]);
        print_escaped(shown, true, out);
        fprintf(out, ",line=%u,col=%u,title=nmrcheck%%3A %s::", finding->place.line, finding->place.col, finding->rule);
        print_escaped(finding->message, false, out);
        free(shown);
        for (size_t j = 0; j < finding->step_count; j++) {
            const struct nc_step *step = &finding->steps[j];

            shown = nc_path_display(step->place.file, r->root);
            fprintf(out, "%%0A%zu. ", j + 1);
            print_escaped(shown, false, out);
            fprintf(out, ":%u: ", step->place.line);
            print_escaped(step->text, false, out);
            free(shown);
        }
        fputc('\n', out);
    }
}

static void print_msvc(const struct nc_report *r, const struct nc_place *place, FILE *out)
{
    char *shown = nc_path_display(place->file, r->cwd);

    if (*shown == '\0')
        fprintf(out, "nmrcheck : ");
    else
        fprintf(out, "%s(%u,%u): ", shown, place->line, place->col);
    free(shown);
}

void nc_report_msvc(const struct nc_report *r, FILE *out)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct nc_finding *finding = r->results[i].finding;

        if (r->results[i].state != NC_RESULT_OPEN)
            continue;
        print_msvc(r, &finding->place, out);
        fprintf(out, "%s %s: %s\n", finding->severity == NC_SEV_NOTE ? "warning" : nc_severity_name(finding->severity),
                finding->rule, finding->message);
        for (size_t j = 0; j < finding->step_count; j++) {
            print_msvc(r, &finding->steps[j].place, out);
            fprintf(out, "note: %s\n", finding->steps[j].text);
        }
    }
}
