#include "report/findings.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

struct nc_findings *nc_findings_new(void)
{
    struct nc_findings *set = nc_xmalloc(sizeof *set);

    *set = (struct nc_findings){ .arena = nc_arena_new() };
    return set;
}

void nc_findings_free(struct nc_findings *set)
{
    if (!set)
        return;
    free(set->items);
    free(set->gaps);
    free(set->pictures);
    nc_arena_free(set->arena);
    free(set);
}

void nc_findings_add(struct nc_findings *set, const struct nc_finding *finding)
{
    if (set->count == set->capacity) {
        set->capacity = set->capacity ? set->capacity * 2 : 16;
        set->items = nc_xrealloc(set->items, set->capacity * sizeof *set->items);
    }
    set->items[set->count++] = *finding;
}

static const char *text_of(const char *text) { return text ? text : ""; }

static int compare_text(const char *a, const char *b) { return strcmp(text_of(a), text_of(b)); }

static int compare_number(size_t a, size_t b) { return (a > b) - (a < b); }

static int compare_places(const struct nc_place *a, const struct nc_place *b)
{
    int order = compare_text(a->file, b->file);

    if (order == 0)
        order = compare_number(a->line, b->line);
    if (order == 0)
        order = compare_number(a->col, b->col);
    return order;
}

void nc_findings_gap(struct nc_findings *set, const struct nc_gap_note *gap)
{
    if (set->gap_count == set->gap_capacity) {
        set->gap_capacity = set->gap_capacity ? set->gap_capacity * 2 : 16;
        set->gaps = nc_xrealloc(set->gaps, set->gap_capacity * sizeof *set->gaps);
    }
    set->gaps[set->gap_count++] = *gap;
}

void nc_findings_picture(struct nc_findings *set, struct nc_picture *picture)
{
    set->pictures = nc_xrealloc(set->pictures, (set->picture_count + 1) * sizeof(struct nc_picture *));
    set->pictures[set->picture_count++] = picture;
}

/* Findings of one rule at one place become neighbours, the best explanation first. */
static int compare_findings(const void *left, const void *right)
{
    const struct nc_finding *a = left, *b = right;
    int order = compare_places(&a->place, &b->place);

    if (order == 0)
        order = compare_text(a->rule, b->rule);
    if (order == 0)
        order = compare_number(a->step_count, b->step_count);
    if (order == 0)
        order = compare_text(a->message, b->message);
    for (size_t i = 0; order == 0 && i < a->step_count; i++) {
        order = compare_places(&a->steps[i].place, &b->steps[i].place);
        if (order == 0)
            order = compare_text(a->steps[i].text, b->steps[i].text);
    }
    return order;
}

static int compare_gaps(const void *left, const void *right)
{
    const struct nc_gap_note *a = left, *b = right;
    int order = compare_places(&a->place, &b->place);

    if (order == 0)
        order = compare_text(a->what, b->what);
    if (order == 0)
        order = compare_text(a->reason, b->reason);
    if (order == 0)
        order = a->kind - b->kind;
    return order;
}

static void sort_gaps(struct nc_findings *set)
{
    size_t kept = 0;

    if (set->gap_count)
        qsort(set->gaps, set->gap_count, sizeof *set->gaps, compare_gaps);
    for (size_t i = 0; i < set->gap_count; i++)
        if (kept == 0 || compare_gaps(&set->gaps[kept - 1], &set->gaps[i]) != 0)
            set->gaps[kept++] = set->gaps[i];
    set->gap_count = kept;
}

void nc_findings_sort_dedup(struct nc_findings *set)
{
    size_t kept = 0;

    if (set->count)
        qsort(set->items, set->count, sizeof *set->items, compare_findings);
    for (size_t i = 0; i < set->count; i++) {
        const struct nc_finding *last = kept ? &set->items[kept - 1] : NULL;

        if (last && compare_places(&last->place, &set->items[i].place) == 0 &&
            compare_text(last->rule, set->items[i].rule) == 0)
            continue;
        set->items[kept++] = set->items[i];
    }
    set->count = kept;
    sort_gaps(set);
}

void nc_findings_sort(struct nc_findings *set) { nc_findings_sort_dedup(set); }
