#include "report/suppress.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/rules.h"
#include "report/sources.h"
#include "support/arena.h"

static char *copy_n(const char *text, size_t n)
{
    char *copy = nc_xmalloc(n + 1);

    memcpy(copy, text, n);
    copy[n] = '\0';
    return copy;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && isspace((unsigned char)*at))
        at++;
    return at;
}

static bool take_word(const char **at, const char *end, const char *word)
{
    size_t n = strlen(word);

    *at = skip_blanks(*at, end);
    if ((size_t)(end - *at) < n || strncmp(*at, word, n) != 0)
        return false;
    *at += n;
    return true;
}

static void add(struct nc_suppressions *list, const struct nc_suppression *item)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 8;
        list->items = nc_xrealloc(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = *item;
}

/* A line that holds no code: blank, or a line comment. */
static bool is_bare(const char *line, size_t length)
{
    const char *end = line + length;
    const char *at = skip_blanks(line, end);

    return at == end || (end - at >= 2 && at[0] == '/' && at[1] == '/');
}

static uint32_t next_code_line(struct nc_sources *sources, const char *path, uint32_t line)
{
    size_t count = nc_sources_line_count(sources, path), length;

    while (++line <= count) {
        const char *text = nc_sources_line(sources, path, line, &length);

        if (text && !is_bare(text, length))
            return line;
    }
    return 0;
}

/* `at` stands behind "nmrcheck:"; one item for each rule that the comment names. */
static void parse(struct nc_suppressions *list, const char *path, uint32_t line, uint32_t code_line, const char *at,
                  const char *end)
{
    struct nc_suppression item = { .line = line, .code_line = code_line };
    const char *close = NULL, *reason;

    if (take_word(&at, end, "allow") && take_word(&at, end, "("))
        close = memchr(at, ')', (size_t)(end - at));
    if (!close) {
        item.file = copy_n(path, strlen(path));
        item.rule = copy_n("", 0);
        item.reason = copy_n("", 0);
        item.problem = "not of the form 'nmrcheck: allow(rule-id) reason'";
        add(list, &item);
        return;
    }
    reason = skip_blanks(close + 1, end);
    while (end > reason && isspace((unsigned char)end[-1]))
        end--;
    while (at < close) {
        const char *comma = memchr(at, ',', (size_t)(close - at));
        const char *stop = comma ? comma : close, *first = skip_blanks(at, stop), *last = stop;

        while (last > first && isspace((unsigned char)last[-1]))
            last--;
        item.file = copy_n(path, strlen(path));
        item.rule = copy_n(first, (size_t)(last - first));
        item.reason = copy_n(reason, (size_t)(end - reason));
        item.problem = !nc_rule_find(item.rule) ? "there is no such rule" : *item.reason ? NULL : "it gives no reason";
        add(list, &item);
        at = comma ? comma + 1 : close;
    }
}

void nc_suppressions_read(struct nc_suppressions *list, struct nc_sources *sources, const char *path)
{
    size_t length;
    const char *text = nc_sources_text(sources, path, &length);
    size_t lines = nc_sources_line_count(sources, path);

    if (!text || !memmem(text, length, "nmrcheck:", 9)) /* nearly always */
        return;
    for (uint32_t line = 1; line <= lines; line++) {
        const char *start = nc_sources_line(sources, path, line, &length), *comment, *mark;
        uint32_t code_line = line;

        mark = start ? memmem(start, length, "nmrcheck:", 9) : NULL;
        comment = mark ? memmem(start, (size_t)(mark - start), "//", 2) : NULL;
        if (!comment || skip_blanks(comment + 2, mark) != mark)
            continue;
        if (skip_blanks(start, comment) == comment)
            code_line = next_code_line(sources, path, line);
        parse(list, path, line, code_line, mark + 9, start + length);
    }
}

void nc_suppressions_apply(struct nc_suppressions *list, struct nc_report *r)
{
    for (size_t i = 0; i < list->count; i++) {
        struct nc_suppression *item = &list->items[i];

        for (size_t j = 0; !item->problem && j < r->count; j++) {
            const struct nc_finding *finding = r->results[j].finding;

            if (finding->place.line != item->code_line || strcmp(finding->rule, item->rule) != 0 ||
                strcmp(finding->place.file, item->file) != 0)
                continue;
            r->results[j].state = NC_RESULT_SUPPRESSED;
            r->results[j].justification = item->reason;
            item->used = true;
        }
    }
    nc_report_recount(r);
}

void nc_suppressions_clear(struct nc_suppressions *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].file);
        free(list->items[i].rule);
        free(list->items[i].reason);
    }
    free(list->items);
    *list = (struct nc_suppressions){ 0 };
}
