#include "report/preview.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/sources.h"
#include "support/arena.h"

static int compare(const void *left, const void *right)
{
    const struct nc_fix_edit *a = left, *b = right;
    int order = strcmp(a->file, b->file);

    if (order == 0)
        order = (a->line > b->line) - (a->line < b->line);
    if (order == 0)
        order = (a->col > b->col) - (a->col < b->col);
    return order;
}

/* Edits of neighbouring lines, and the lines of the file that they stand in. */
struct hunk {
    const struct nc_fix_edit *edits;
    size_t count;
    uint32_t first, last;
};

static size_t line_length(const char *text, size_t length)
{
    const char *newline = memchr(text, '\n', length);

    return newline ? (size_t)(newline - text) : length;
}

static size_t without_return(const char *text, size_t length)
{
    return length > 0 && text[length - 1] == '\r' ? length - 1 : length;
}

/* The hunk's lines with the edits made; NULL when they do not fit. */
static char *edited(const struct nc_report *r, const struct hunk *h, size_t *size)
{
    char *text = NULL;
    FILE *out = open_memstream(&text, size);
    size_t edit = 0;
    uint32_t skip_to_line = 0, skip_to_col = 0;

    if (!out)
        abort();
    for (uint32_t line = h->first; line <= h->last; line++) {
        size_t length, at = 0;
        const char *source = nc_sources_line(r->sources, h->edits->file, line, &length);

        if (!source || line < skip_to_line)
            continue;
        if (line == skip_to_line)
            at = skip_to_col - 1;
        for (; edit < h->count && h->edits[edit].line == line; edit++) {
            const struct nc_fix_edit *e = &h->edits[edit];

            if (e->col - 1 > length || e->col - 1 < at)
                continue;
            fwrite(source + at, 1, e->col - 1 - at, out);
            fputs(e->text, out);
            at = e->end_col - 1;
            if (e->end_line > line) {
                skip_to_line = e->end_line;
                skip_to_col = e->end_col;
                break;
            }
        }
        if (skip_to_line > line) {
            edit++;
            continue;
        }
        if (at < length)
            fwrite(source + at, 1, length - at, out);
        if (line < h->last)
            fputc('\n', out);
    }
    fclose(out);
    return text;
}

struct line {
    const char *text;
    size_t length;
};

static struct line *split(const char *text, size_t size, size_t *count)
{
    struct line *lines = nc_xmalloc((size + 1) * sizeof *lines);

    for (*count = 0; size > 0;) {
        size_t n = line_length(text, size);

        lines[(*count)++] = (struct line){ text, without_return(text, n) };
        n += n < size;
        text += n;
        size -= n;
    }
    return lines;
}

static bool is_same(const struct nc_report *r, const char *file, uint32_t line, const struct line *new)
{
    size_t length;
    const char *old = nc_sources_line(r->sources, file, line, &length);

    return old && without_return(old, length) == new->length &&memcmp(old, new->text, new->length) == 0;
}

static void show_old(const struct nc_report *r, const char *file, uint32_t line, char sign, nc_preview_fn *f,
                     void *user)
{
    size_t length;
    const char *old = nc_sources_line(r->sources, file, line, &length);

    if (old)
        f(user, sign, file, line, old, without_return(old, length));
}

/* Lines that are the same before and after, at the hunk's start and end, are left out. */
static void show(const struct nc_report *r, const struct hunk *h, nc_preview_fn *f, void *user)
{
    const char *file = h->edits->file;
    size_t size, count, from = 0;
    char *text = edited(r, h, &size);
    struct line *lines = split(text, size, &count);
    uint32_t first = h->first, end = h->last + 1; /* lines that go: [first, end) */

    if (end > first && nc_sources_line_count(r->sources, file) < h->last)
        end--; /* the edit ends behind the last line */
    while (first < end && from < count && is_same(r, file, first, &lines[from])) {
        first++;
        from++;
    }
    while (end > first && count > from && is_same(r, file, end - 1, &lines[count - 1])) {
        end--;
        count--;
    }
    if (first == end && from < count && first > h->first)
        show_old(r, file, first - 1, ' ', f, user);
    for (uint32_t line = first; line < end; line++)
        show_old(r, file, line, '-', f, user);
    for (size_t i = from; i < count; i++)
        f(user, '+', file, 0, lines[i].text, lines[i].length);
    if (first == end && from < count && first == h->first)
        show_old(r, file, first, ' ', f, user);
    free(lines);
    free(text);
}

void nc_fix_preview(const struct nc_report *r, const struct nc_fix *fix, nc_preview_fn *f, void *user)
{
    struct nc_fix_edit *edits = nc_xmalloc((fix->edit_count + 1) * sizeof *edits);

    if (fix->edit_count > 0) {
        memcpy(edits, fix->edits, fix->edit_count * sizeof *edits);
        qsort(edits, fix->edit_count, sizeof *edits, compare);
    }
    for (size_t i = 0; i < fix->edit_count;) {
        struct hunk h = { .edits = &edits[i], .first = edits[i].line, .last = edits[i].end_line };

        while (i + h.count < fix->edit_count) {
            const struct nc_fix_edit *e = &edits[i + h.count];

            if (strcmp(e->file, edits[i].file) != 0 || e->line > h.last)
                break;
            if (e->end_line > h.last)
                h.last = e->end_line;
            h.count++;
        }
        i += h.count;
        show(r, &h, f, user);
    }
    free(edits);
}
