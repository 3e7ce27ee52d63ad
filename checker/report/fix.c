#include "report/fix.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/sources.h"
#include "support/arena.h"
#include "support/write.h"

struct edit {
    const char *file, *text;
    size_t start, end; /* bytes */
};

struct edits {
    struct edit *items;
    size_t count, capacity;
};

static const struct nc_fix *sure_fix(const struct nc_result *result)
{
    const struct nc_finding *finding = result->finding;

    for (size_t i = 0; result->state == NC_RESULT_OPEN && i < finding->fix_count; i++)
        if (finding->fixes[i].sure && finding->fixes[i].edit_count > 0)
            return &finding->fixes[i];
    return NULL;
}

bool nc_finding_is_fixable(const struct nc_report *r, size_t result) { return sure_fix(&r->results[result]) != NULL; }

static bool find_offset(const struct nc_report *r, const char *file, uint32_t line, uint32_t col, size_t *offset)
{
    const char *text = nc_sources_text(r->sources, file, NULL);
    size_t length;
    const char *start = nc_sources_line(r->sources, file, line, &length);

    if (!start || col == 0 || col - 1 > length)
        return false;
    *offset = (size_t)(start - text) + col - 1;
    return true;
}

static bool same(const struct edit *a, const struct edit *b)
{
    return a->start == b->start && a->end == b->end && strcmp(a->file, b->file) == 0 && strcmp(a->text, b->text) == 0;
}

static bool overlap(const struct edit *a, const struct edit *b)
{
    if (strcmp(a->file, b->file) != 0)
        return false;
    if (a->start == a->end && b->start == b->end)
        return a->start == b->start;
    return a->start < b->end && b->start < a->end;
}

enum verdict { TAKEN, REPEATED, IN_THE_WAY };

static enum verdict judge(const struct edits *edits, const struct edit *edit)
{
    for (size_t i = 0; i < edits->count; i++) {
        if (same(&edits->items[i], edit))
            return REPEATED;
        if (overlap(&edits->items[i], edit))
            return IN_THE_WAY;
    }
    return TAKEN;
}

static bool take_fix(const struct nc_report *r, struct edits *edits, const struct nc_fix *fix)
{
    size_t before = edits->count;

    for (size_t i = 0; i < fix->edit_count; i++) {
        const struct nc_fix_edit *e = &fix->edits[i];
        struct edit edit = { .file = e->file, .text = e->text };
        enum verdict verdict;

        if (!find_offset(r, e->file, e->line, e->col, &edit.start) ||
            !find_offset(r, e->file, e->end_line, e->end_col, &edit.end) || edit.end < edit.start ||
            (verdict = judge(edits, &edit)) == IN_THE_WAY) {
            edits->count = before;
            return false;
        }
        if (verdict == REPEATED)
            continue;
        if (edits->count == edits->capacity) {
            edits->capacity = edits->capacity ? edits->capacity * 2 : 16;
            edits->items = nc_xrealloc(edits->items, edits->capacity * sizeof *edits->items);
        }
        edits->items[edits->count++] = edit;
    }
    return true;
}

static int compare(const void *left, const void *right)
{
    const struct edit *a = left, *b = right;
    int order = strcmp(a->file, b->file);

    return order ? order : (a->start > b->start) - (a->start < b->start);
}

static int fail(char **error, const char *path)
{
    size_t n = strlen(path) + 200;

    *error = nc_xmalloc(n);
    snprintf(*error, n, "cannot write '%s': %s", path, strerror(errno));
    return -1;
}

static void make_file(struct nc_fixed *fixed, const char *path, const char *text, size_t length,
                      const struct edit *edits, size_t count)
{
    struct nc_fixed_file *file = &fixed->files[fixed->file_count++];
    size_t at = 0, size = length + 1;

    for (size_t i = 0; i < count; i++)
        size += strlen(edits[i].text);
    *file = (struct nc_fixed_file){ .path = nc_xmalloc(strlen(path) + 1), .text = nc_xmalloc(size) };
    strcpy(file->path, path);
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(edits[i].text);

        memcpy(file->text + file->length, text + at, edits[i].start - at);
        file->length += edits[i].start - at;
        memcpy(file->text + file->length, edits[i].text, n);
        file->length += n;
        at = edits[i].end;
    }
    memcpy(file->text + file->length, text + at, length - at);
    file->length += length - at;
    file->text[file->length] = '\0';
}

void nc_fixes_make(const struct nc_report *r, const bool *chosen, struct nc_fixed *fixed)
{
    struct edits edits = { 0 };

    *fixed = (struct nc_fixed){ 0 };
    for (size_t i = 0; i < r->count; i++) {
        const struct nc_fix *fix = chosen[i] ? sure_fix(&r->results[i]) : NULL;

        if (fix && take_fix(r, &edits, fix))
            fixed->applied++;
        else if (fix)
            fixed->skipped++;
    }
    if (edits.count > 0)
        qsort(edits.items, edits.count, sizeof *edits.items, compare);
    fixed->files = nc_xmalloc((edits.count + 1) * sizeof *fixed->files);
    for (size_t first = 0, next; first < edits.count; first = next) {
        const char *path = edits.items[first].file;
        size_t length;
        const char *text = nc_sources_text(r->sources, path, &length);

        for (next = first; next < edits.count && strcmp(edits.items[next].file, path) == 0; next++)
            ;
        make_file(fixed, path, text, length, edits.items + first, next - first);
    }
    free(edits.items);
}

int nc_fixes_write(const struct nc_fixed *fixed, char **error)
{
    for (size_t i = 0; i < fixed->file_count; i++)
        if (!nc_write_file(fixed->files[i].path, fixed->files[i].text, fixed->files[i].length))
            return fail(error, fixed->files[i].path);
    return 0;
}

void nc_fixed_clear(struct nc_fixed *fixed)
{
    for (size_t i = 0; i < fixed->file_count; i++) {
        free(fixed->files[i].path);
        free(fixed->files[i].text);
    }
    free(fixed->files);
    *fixed = (struct nc_fixed){ 0 };
}
