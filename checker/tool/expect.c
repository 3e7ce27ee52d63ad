#include "tool/expect.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/paths.h"
#include "report/report.h"
#include "report/rules.h"
#include "report/sources.h"
#include "support/arena.h"

static struct nc_expectation *add(struct nc_expectations *list, const char *path, uint32_t line, bool known_gap)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 8;
        list->items = nc_xrealloc(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count] =
        (struct nc_expectation){ .file = nc_strcopy(path), .line = line, .known_gap = known_gap };
    return &list->items[list->count++];
}

void nc_expectations_clear(struct nc_expectations *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->items[i].file);
        nc_strlist_clear(&list->items[i].rules);
    }
    free(list->items);
    *list = (struct nc_expectations){ 0 };
}

static char *trimmed(const char *text, size_t n)
{
    while (n > 0 && isspace((unsigned char)*text)) {
        text++;
        n--;
    }
    while (n > 0 && isspace((unsigned char)text[n - 1]))
        n--;
    return nc_strformat("%.*s", (int)n, text);
}

/* "a, b|c": commas separate findings, bars the rules that one may have. */
static void parse(struct nc_expectations *list, const char *path, uint32_t line, const char *text, size_t length,
                  bool known_gap, struct nc_strlist *problems)
{
    char *copy = nc_strformat("%.*s", (int)length, text), *rest = copy, *one;

    while ((one = strsep(&rest, ",")) != NULL) {
        struct nc_expectation *item = add(list, path, line, known_gap);
        char *id;

        while ((id = strsep(&one, "|")) != NULL) {
            char *rule = trimmed(id, strlen(id));
            const char *nearest = nc_rule_nearest(rule);

            if (!nc_rule_find(rule))
                nc_strlist_take(problems,
                                nc_strformat("%s:%" PRIu32 ": an expectation names '%s', which is no rule%s%s",
                                             nc_path_name(path), line, rule, nearest ? "; nearest is " : "",
                                             nearest ? nearest : ""));
            nc_strlist_take(&item->rules, rule);
        }
    }
    free(copy);
}

/* The mark must be what a line comment begins with. */
static const char *find_mark(const char *line, size_t length, const char *mark)
{
    const char *at = memmem(line, length, mark, strlen(mark)), *back = at;

    if (!at)
        return NULL;
    while (back > line && (back[-1] == ' ' || back[-1] == '\t'))
        back--;
    return back - line >= 2 && back[-1] == '/' && back[-2] == '/' ? at + strlen(mark) : NULL;
}

void nc_expectations_read(struct nc_expectations *list, struct nc_sources *sources, const char *path,
                          struct nc_strlist *problems)
{
    size_t lines = nc_sources_line_count(sources, path), length;

    for (uint32_t line = 1; line <= lines; line++) {
        const char *text = nc_sources_line(sources, path, line, &length), *at;

        if (!text)
            continue;
        if ((at = find_mark(text, length, "EXPECT:")) != NULL)
            parse(list, path, line, at, length - (size_t)(at - text), false, problems);
        else if ((at = find_mark(text, length, "KNOWN-GAP:")) != NULL)
            parse(list, path, line, at, length - (size_t)(at - text), true, problems);
    }
}

/* The expectation of the finding's line that it meets; the ones with fewest alternatives first. */
static struct nc_expectation *match(struct nc_expectations *list, const struct nc_finding *finding)
{
    struct nc_expectation *best = NULL;

    for (size_t i = 0; i < list->count; i++) {
        struct nc_expectation *item = &list->items[i];

        if (item->met || item->line != finding->place.line || strcmp(item->file, finding->place.file) != 0 ||
            !nc_strlist_has(&item->rules, finding->rule))
            continue;
        if (!best || item->known_gap < best->known_gap || item->rules.count < best->rules.count)
            best = item;
    }
    return best;
}

static bool any_on(const struct nc_strlist *rules, bool (*rule_on)(const void *user, const char *rule),
                   const void *user)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rule_on(user, rules->items[i]))
            return true;
    return false;
}

static void report_expectation(const struct nc_report *r, const struct nc_expectation *item,
                               struct nc_strlist *problems)
{
    char *file = nc_path_display(item->file, r->cwd);
    char *rules = nc_strcopy("");

    for (size_t i = 0; i < item->rules.count; i++) {
        char *more = nc_strformat("%s%s%s", rules, i ? "|" : "", item->rules.items[i]);

        free(rules);
        rules = more;
    }
    if (item->known_gap)
        nc_strlist_take(problems, nc_strformat("%s:%" PRIu32 ": the known gap %s is closed: make it an EXPECT", file,
                                               item->line, rules));
    else
        nc_strlist_take(problems, nc_strformat("%s:%" PRIu32 ": missing %s", file, item->line, rules));
    free(rules);
    free(file);
}

size_t nc_expectations_compare(struct nc_expectations *list, const struct nc_report *r,
                               bool (*rule_on)(const void *user, const char *rule), const void *user,
                               struct nc_strlist *problems)
{
    size_t gaps = 0;

    for (size_t i = 0; i < r->count; i++) {
        const struct nc_finding *finding = r->results[i].finding;
        struct nc_expectation *item;
        char *file;

        if (r->results[i].state != NC_RESULT_OPEN || !rule_on(user, finding->rule))
            continue;
        item = match(list, finding);
        if (item) {
            item->met = true;
            continue;
        }
        file = nc_path_display(finding->place.file, r->cwd);
        nc_strlist_take(problems, nc_strformat("%s:%" PRIu32 ": unexpected %s: %s", file, finding->place.line,
                                               finding->rule, finding->message));
        free(file);
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct nc_expectation *item = &list->items[i];

        if (item->met != item->known_gap || !any_on(&item->rules, rule_on, user))
            gaps += item->known_gap && !item->met;
        else
            report_expectation(r, item, problems);
    }
    return gaps;
}
