/* Clang's form: file:line:col: error: message [rule-id], the source line with a caret, then the path as notes. */
#include <stdlib.h>

#include "report/paths.h"
#include "report/preview.h"
#include "report/report.h"
#include "report/sources.h"

struct palette {
    const char *bold, *error, *warning, *note, *caret, *fix, *reset;
};

static const struct palette plain = { "", "", "", "", "", "", "" };
static const struct palette ansi = { "\033[1m",    "\033[1;31m", "\033[1;35m", "\033[1;36m",
                                     "\033[1;32m", "\033[32m",   "\033[0m" };

static const char *severity_color(const struct palette *p, enum nc_severity severity)
{
    return severity == NC_SEV_ERROR ? p->error : severity == NC_SEV_WARNING ? p->warning : p->note;
}

static void print_position(const struct nc_report *r, const struct palette *p, const struct nc_place *place, FILE *out)
{
    char *shown = nc_path_display(place->file, r->cwd);

    if (*shown == '\0')
        fprintf(out, "%snmrcheck:%s ", p->bold, p->reset);
    else if (place->line == 0)
        fprintf(out, "%s%s:%s ", p->bold, shown, p->reset);
    else
        fprintf(out, "%s%s:%u:%u:%s ", p->bold, shown, place->line, place->col, p->reset);
    free(shown);
}

/* The line, and below it a caret under the place; tabs are kept so that the two stay aligned. */
static void print_snippet(const struct nc_report *r, const struct palette *p, const struct nc_place *place, FILE *out)
{
    size_t length, token;
    const char *line = nc_sources_line(r->sources, place->file, place->line, &length);

    if (!line || place->col == 0 || place->col > length + 1)
        return;
    fprintf(out, "%5u | %.*s\n      | ", place->line, (int)length, line);
    for (size_t i = 0; i + 1 < place->col; i++)
        if (((unsigned char)line[i] & 0xC0) != 0x80)
            fputc(line[i] == '\t' ? '\t' : ' ', out);
    fprintf(out, "%s^", p->caret);
    token = nc_source_token_length(line, length, place->col);
    for (size_t i = 1; i < token; i++)
        if (((unsigned char)line[place->col - 1 + i] & 0xC0) != 0x80)
            fputc('~', out);
    fprintf(out, "%s\n", p->reset);
}

static void print_macro(const struct nc_place *place, FILE *out)
{
    if (place->macro[0])
        fprintf(out, " (in the expansion of %s)", place->macro);
}

struct preview {
    const struct palette *palette;
    FILE *out;
};

static void print_change(void *user, char sign, const char *file, uint32_t line, const char *text, size_t length)
{
    const struct preview *v = user;

    (void)file;
    if (line)
        fprintf(v->out, "%5u |", line);
    else
        fputs("      |", v->out);
    fprintf(v->out, "%s%c%.*s%s\n",
            sign == '-'   ? v->palette->error
            : sign == '+' ? v->palette->caret
                          : "",
            sign, (int)length, text, v->palette->reset);
}

static void print_finding(const struct nc_report *r, const struct palette *p, const struct nc_finding *finding,
                          FILE *out)
{
    print_position(r, p, &finding->place, out);
    fprintf(out, "%s%s:%s %s%s", severity_color(p, finding->severity), nc_severity_name(finding->severity), p->reset,
            p->bold, finding->message);
    print_macro(&finding->place, out);
    fprintf(out, " [%s]%s\n", finding->rule, p->reset);
    print_snippet(r, p, &finding->place, out);
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct nc_step *step = &finding->steps[i];

        print_position(r, p, &step->place, out);
        fprintf(out, "%snote:%s %s", p->note, p->reset, step->text);
        print_macro(&step->place, out);
        fputc('\n', out);
        print_snippet(r, p, &step->place, out);
    }
    for (size_t i = 0; i < finding->fix_count; i++) {
        const struct nc_fix *fix = &finding->fixes[i];
        struct nc_place place = finding->place;

        if (fix->edit_count > 0)
            place = (struct nc_place){ fix->edits[0].file, fix->edits[0].line, fix->edits[0].col, "", "" };
        print_position(r, p, &place, out);
        fprintf(out, "%snote:%s %s: %s%s\n", p->fix, p->reset, fix->sure ? "fix (--fix applies it)" : "suggestion",
                fix->title, p->reset);
        nc_fix_preview(r, fix, print_change, &(struct preview){ p, out });
    }
}

void nc_report_text(const struct nc_report *r, FILE *out)
{
    const struct palette *p = r->color ? &ansi : &plain;

    for (size_t i = 0; i < r->count; i++)
        if (r->results[i].state == NC_RESULT_OPEN)
            print_finding(r, p, r->results[i].finding, out);
}
