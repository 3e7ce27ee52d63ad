/* One self-contained page: findings by file, each with its path step by step in the source. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/html_picture.h"
#include "report/html_style.h"
#include "report/markup.h"
#include "report/paths.h"
#include "report/preview.h"
#include "report/report.h"
#include "report/rule_pages.h"
#include "report/rules.h"
#include "report/sources.h"

enum { CONTEXT_LINES = 2 };

static void print_path(const struct nc_report *r, const char *file, FILE *out)
{
    char *shown = nc_path_display(file, r->cwd);

    nc_markup_text(shown, out);
    free(shown);
}

static void print_line(const struct nc_report *r, const struct nc_place *place, uint32_t number, FILE *out)
{
    size_t length, token, start;
    const char *line = nc_sources_line(r->sources, place->file, number, &length);

    if (!line)
        return;
    fprintf(out, "<span class=\"l%s\"><span class=\"no\">%" PRIu32 "</span>", number == place->line ? " at" : "",
            number);
    start = place->col > 0 ? place->col - 1 : 0;
    token = number == place->line && place->col > 0 ? nc_source_token_length(line, length, place->col) : 0;
    if (token > 0) {
        nc_markup_text_n(line, start, out);
        fputs("<u>", out);
        nc_markup_text_n(line + start, token, out);
        fputs("</u>", out);
        nc_markup_text_n(line + start + token, length - start - token, out);
    } else {
        nc_markup_text_n(line, length, out);
    }
    fputs("</span>", out);
}

static void print_source(const struct nc_report *r, const struct nc_place *place, FILE *out)
{
    uint32_t first = place->line > CONTEXT_LINES ? place->line - CONTEXT_LINES : 1;

    if (place->line == 0 || nc_sources_line_count(r->sources, place->file) < place->line)
        return;
    fputs("<pre tabindex=\"0\">", out);
    for (uint32_t line = first; line <= place->line + CONTEXT_LINES; line++)
        print_line(r, place, line, out);
    fputs("</pre>\n", out);
}

static void print_where(const struct nc_report *r, const struct nc_place *place, FILE *out)
{
    fputs("<div class=\"where\">", out);
    print_path(r, place->file, out);
    if (place->line)
        fprintf(out, ":%" PRIu32, place->line);
    if (*place->function) {
        fputs(" in <code>", out);
        nc_markup_text(place->function, out);
        fputs("</code>", out);
    }
    fputs("</div>\n", out);
}

static void print_change(void *user, char sign, const char *file, uint32_t line, const char *text, size_t length)
{
    FILE *out = user;

    (void)file;
    fprintf(out, "<span class=\"l%s\"><span class=\"no\">", sign == '-' ? " gone" : sign == '+' ? " new" : "");
    if (line)
        fprintf(out, "%" PRIu32, line);
    fprintf(out, "</span>%c", sign);
    nc_markup_text_n(text, length, out);
    fputs("</span>", out);
}

static void print_fix(const struct nc_report *r, const struct nc_fix *fix, FILE *out)
{
    fputs(fix->sure ? "<h3>Fix" : "<h3>Suggestion", out);
    fputs("</h3><p>", out);
    nc_markup_text(fix->title, out);
    fputs(fix->sure ? " (<code>--fix</code> does it)</p>\n<pre tabindex=\"0\">" : "</p>\n<pre tabindex=\"0\">", out);
    nc_fix_preview(r, fix, print_change, out);
    fputs("</pre>\n", out);
}

static void print_finding(const struct nc_report *r, const struct nc_result *result, FILE *out)
{
    const struct nc_finding *finding = result->finding;
    const char *severity = nc_severity_name(finding->severity);

    fprintf(
        out,
        "<details class=\"finding\" data-rule=\"%s\" id=\"f%s\"><summary><span class=\"sev %s\">%s</span> line %" PRIu32
        ": ",
        finding->rule, result->fingerprint, severity, severity, finding->place.line);
    nc_markup_text(finding->message, out);
    fprintf(out, " <a href=\"#rule-%s\">%s</a></summary>\n<div class=\"body\">", finding->rule, finding->rule);
    print_where(r, &finding->place, out);
    print_source(r, &finding->place, out);
    if (finding->step_count > 0)
        fputs("<h3>How it comes about</h3><ol class=\"path\">\n", out);
    for (size_t i = 0; i < finding->step_count; i++) {
        fputs("<li>", out);
        nc_markup_text(finding->steps[i].text, out);
        print_where(r, &finding->steps[i].place, out);
        print_source(r, &finding->steps[i].place, out);
        fputs("</li>\n", out);
    }
    if (finding->step_count > 0)
        fputs("</ol>\n", out);
    for (size_t i = 0; i < finding->fix_count; i++)
        print_fix(r, &finding->fixes[i], out);
    fputs("</div></details>\n", out);
}

static void print_findings(const struct nc_report *r, FILE *out)
{
    const char *file = NULL;

    for (size_t i = 0; i < r->count; i++) {
        const struct nc_result *result = &r->results[i];

        if (result->state != NC_RESULT_OPEN)
            continue;
        if (!file || strcmp(file, result->finding->place.file) != 0) {
            if (file)
                fputs("</section>\n", out);
            file = result->finding->place.file;
            fputs("<section class=\"file\"><h2>", out);
            print_path(r, file, out);
            fputs("</h2>\n", out);
        }
        print_finding(r, result, out);
    }
    if (file)
        fputs("</section>\n", out);
}

static size_t count_of(const struct nc_report *r, const char *rule)
{
    size_t count = 0;

    for (size_t i = 0; i < r->count; i++)
        count += r->results[i].state == NC_RESULT_OPEN && strcmp(r->results[i].finding->rule, rule) == 0;
    return count;
}

static void print_overview(const struct nc_report *r, FILE *out)
{
    const struct nc_stats *s = &r->findings->stats;

    fprintf(out, "<h1>nmrcheck: %zu finding%s</h1>\n<p class=\"dim\">%" PRIu64 " file%s, %" PRIu64 " functions",
            r->open_count, r->open_count == 1 ? "" : "s", s->files, s->files == 1 ? "" : "s", s->functions);
    if (r->findings->gap_count > 0)
        fprintf(out, "; <a href=\"#gaps\">%zu note%s on what could not be analysed</a>", r->findings->gap_count,
                r->findings->gap_count == 1 ? "" : "s");
    fprintf(out, "; nmrcheck %s</p>\n", nc_version());
    if (r->failed)
        fputs("<p class=\"error\">A part of the input could not be read. This page says nothing about it.</p>\n", out);
    if (r->open_count == 0)
        return;
    fputs("<table><tr><th>rule</th><th>findings</th></tr>\n", out);
    for (size_t i = 0; i < nc_rule_count(); i++) {
        const struct nc_rule *rule = nc_rule_at(i);
        size_t count = count_of(r, rule->id);

        if (count > 0)
            fprintf(out, "<tr><td><a href=\"#rule-%s\">%s</a></td><td class=\"n\">%zu</td></tr>\n", rule->id, rule->id,
                    count);
    }
    fputs("</table>\n<div class=\"bar\" id=\"bar\" hidden><label>Rule <select id=\"rule\"><option "
          "value=\"\">all</option>",
          out);
    for (size_t i = 0; i < nc_rule_count(); i++)
        if (count_of(r, nc_rule_at(i)->id) > 0)
            fprintf(out, "<option>%s</option>", nc_rule_at(i)->id);
    fputs("</select></label><button id=\"open\" type=\"button\">Open or close all</button></div>\n", out);
}

static void print_rules(const struct nc_report *r, FILE *out)
{
    bool any = false;

    for (size_t i = 0; i < nc_rule_count(); i++) {
        const struct nc_rule *rule = nc_rule_at(i);
        const char *page = nc_rule_page(rule->id);

        if (count_of(r, rule->id) == 0)
            continue;
        if (!any)
            fputs("<h2>The rules</h2>\n", out);
        any = true;
        fprintf(out, "<details id=\"rule-%s\"><summary><code>%s</code>: ", rule->id, rule->id);
        nc_markup_text(rule->title, out);
        fputs("</summary><div class=\"body page\">", out);
        nc_markup_text(page ? page : rule->title, out);
        fputs("</div></details>\n", out);
    }
}

static void print_gaps(const struct nc_report *r, FILE *out)
{
    if (r->findings->gap_count == 0)
        return;
    fputs("<h2 id=\"gaps\">Not analysed</h2>\n<table><tr><th>where</th><th>what</th><th>why</th></tr>\n", out);
    for (size_t i = 0; i < r->findings->gap_count; i++) {
        const struct nc_gap_note *gap = &r->findings->gaps[i];

        fputs("<tr><td>", out);
        print_path(r, gap->place.file, out);
        if (gap->place.line)
            fprintf(out, ":%" PRIu32, gap->place.line);
        fputs("</td><td>", out);
        nc_markup_text(gap->what, out);
        fputs("</td><td>", out);
        nc_markup_text(gap->reason, out);
        fputs("</td></tr>\n", out);
    }
    fputs("</table>\n", out);
}

void nc_report_html(const struct nc_report *r, FILE *out)
{
    fprintf(out,
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>nmrcheck: %zu "
            "findings</title>\n"
            "<style>\n%s</style></head>\n<body><main>\n",
            r->open_count, html_style);
    print_overview(r, out);
    nc_html_pictures(r, out);
    print_findings(r, out);
    print_rules(r, out);
    print_gaps(r, out);
    fputs("</main>", out);
    if (r->open_count > 0)
        fprintf(out, "<script>\n%s</script>", html_script);
    fputs("</body></html>\n", out);
}
