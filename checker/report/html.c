/* One self-contained page. */
#include "report/markup.h"
#include "report/report.h"

void nc_report_html(const struct nc_report *r, FILE *out)
{
    fputs("<!doctype html>\n<meta charset=\"utf-8\">\n<title>nmrcheck</title>\n<pre>\n", out);
    for (size_t i = 0; i < r->count; i++) {
        nc_markup_text(r->results[i].finding->message, out);
        fputc('\n', out);
    }
    fputs("</pre>\n", out);
}
