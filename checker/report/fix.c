#include "report/fix.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/report.h"
#include "report/sources.h"
#include "support/arena.h"

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

int nc_finding_is_fixable(const struct nc_report *r, size_t result) { return sure_fix(&r->results[result]) != NULL; }

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

/* Beside the file, then renamed over it: it is never half written. */
static int write_file(const char *path, const char *text, size_t length, const struct edit *edits, size_t count,
                      char **error)
{
    size_t n = strlen(path) + 16, at = 0;
    char *temporary = nc_xmalloc(n);
    struct stat status;
    int descriptor;
    FILE *out;

    snprintf(temporary, n, "%s.XXXXXX", path);
    descriptor = stat(path, &status) == 0 ? mkstemp(temporary) : -1;
    out = descriptor >= 0 ? fdopen(descriptor, "wb") : NULL;
    for (size_t i = 0; out && i < count; i++) {
        fwrite(text + at, 1, edits[i].start - at, out);
        fputs(edits[i].text, out);
        at = edits[i].end;
    }
    if (out)
        fwrite(text + at, 1, length - at, out);
    if (!out || fflush(out) != 0 || ferror(out) || fchmod(descriptor, status.st_mode & 07777) != 0 ||
        fclose(out) != 0 || rename(temporary, path) != 0) {
        fail(error, path);
        if (descriptor >= 0)
            unlink(temporary);
        free(temporary);
        return -1;
    }
    free(temporary);
    return 0;
}

int nc_fixes_apply(const struct nc_report *r, struct nc_fix_result *result, char **error)
{
    struct edits edits = { 0 };
    int code = 0;

    *result = (struct nc_fix_result){ 0 };
    for (size_t i = 0; i < r->count; i++) {
        const struct nc_fix *fix = sure_fix(&r->results[i]);

        if (fix && take_fix(r, &edits, fix))
            result->applied++;
        else if (fix)
            result->skipped++;
    }
    if (edits.count > 0)
        qsort(edits.items, edits.count, sizeof *edits.items, compare);
    for (size_t first = 0, next; code == 0 && first < edits.count; first = next) {
        const char *file = edits.items[first].file;
        size_t length;
        const char *text = nc_sources_text(r->sources, file, &length);

        for (next = first; next < edits.count && strcmp(edits.items[next].file, file) == 0; next++)
            ;
        code = write_file(file, text, length, edits.items + first, next - first, error);
        result->files += code == 0;
    }
    free(edits.items);
    return code;
}
