#include "report/findings_file.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"
#include "support/intern.h"

/* Strings are long runs of few paths and names: each is written once, and then named by its number. */
struct writer {
    char *data;
    size_t size, capacity;
    const char **strings; /* by number - 1 */
    size_t string_capacity;
    struct nc_intern numbers;
};

static void put(struct writer *w, const void *data, size_t size)
{
    if (w->size + size > w->capacity) {
        w->capacity = (w->size + size) * 2 + 256;
        w->data = nc_xrealloc(w->data, w->capacity);
    }
    if (size)
        memcpy(w->data + w->size, data, size);
    w->size += size;
}

static void put_number(struct writer *w, uint64_t n) { put(w, &n, sizeof n); }

static void put_text(struct writer *w, const char *text)
{
    size_t at = SIZE_MAX, length;
    uint32_t hash, index;

    if (!text)
        text = "";
    length = strlen(text) + 1;
    hash = nc_intern_hash(text, length);
    nc_intern_reserve(&w->numbers);
    while (nc_intern_next(&w->numbers, hash, &at, &index))
        if (strcmp(w->strings[index], text) == 0) {
            put_number(w, index + UINT64_C(1));
            return;
        }
    if (w->numbers.count == w->string_capacity) {
        w->string_capacity = w->string_capacity ? w->string_capacity * 2 : 256;
        w->strings = nc_xrealloc(w->strings, w->string_capacity * sizeof *w->strings);
    }
    index = (uint32_t)w->numbers.count;
    w->strings[index] = text;
    nc_intern_put(&w->numbers, at, hash, index);
    put_number(w, 0);
    put_number(w, length);
    put(w, text, length);
}

static void put_place(struct writer *w, const struct nc_place *place)
{
    put_text(w, place->file);
    put_number(w, (uint64_t)place->line << 32 | place->col);
    put_text(w, place->function);
    put_text(w, place->macro);
}

static void put_fix(struct writer *w, const struct nc_fix *fix)
{
    put_text(w, fix->title);
    put_number(w, fix->sure);
    put_number(w, fix->edit_count);
    for (size_t i = 0; i < fix->edit_count; i++) {
        const struct nc_fix_edit *edit = &fix->edits[i];

        put_text(w, edit->file);
        put_number(w, (uint64_t)edit->line << 32 | edit->col);
        put_number(w, (uint64_t)edit->end_line << 32 | edit->end_col);
        put_text(w, edit->text);
    }
}

static void put_finding(struct writer *w, const struct nc_finding *finding)
{
    put_text(w, finding->rule);
    put_number(w, finding->severity);
    put_place(w, &finding->place);
    put_text(w, finding->message);
    put_number(w, finding->step_count);
    for (size_t i = 0; i < finding->step_count; i++) {
        put_place(w, &finding->steps[i].place);
        put_text(w, finding->steps[i].text);
    }
    put_number(w, finding->fix_count);
    for (size_t i = 0; i < finding->fix_count; i++)
        put_fix(w, &finding->fixes[i]);
}

void *nc_findings_save(const struct nc_findings *set, size_t *size)
{
    struct writer w = { 0 };
    struct nc_stats stats = set->stats;

    stats.lower_ns = stats.link_ns = stats.analyse_ns = 0;
    stats.files_cached = stats.drivers_cached = 0;
    put(&w, &stats, sizeof stats);
    put_number(&w, set->count);
    for (size_t i = 0; i < set->count; i++)
        put_finding(&w, &set->items[i]);
    put_number(&w, set->gap_count);
    for (size_t i = 0; i < set->gap_count; i++) {
        put_text(&w, set->gaps[i].what);
        put_text(&w, set->gaps[i].reason);
        put_place(&w, &set->gaps[i].place);
        put_number(&w, (uint64_t)(int64_t)set->gaps[i].kind);
    }
    free(w.strings);
    nc_intern_free(&w.numbers);
    *size = w.size;
    return w.data;
}

struct reader {
    const char *at;
    size_t left;
    bool bad;
    struct nc_arena *arena;
    const char **strings;
    size_t string_count, string_capacity;
};

static void get(struct reader *r, void *to, size_t size)
{
    if (size > r->left) {
        r->bad = true;
        memset(to, 0, size);
        return;
    }
    memcpy(to, r->at, size);
    r->at += size;
    r->left -= size;
}

static uint64_t get_number(struct reader *r)
{
    uint64_t n;

    get(r, &n, sizeof n);
    return n;
}

/* A number of things of which each takes some bytes: not more than are left. */
static size_t get_count(struct reader *r)
{
    uint64_t n = get_number(r);

    if (n > r->left) {
        r->bad = true;
        return 0;
    }
    return (size_t)n;
}

static const char *get_text(struct reader *r)
{
    uint64_t number = get_number(r), length;

    if (number > r->string_count)
        r->bad = true;
    if (r->bad)
        return "";
    if (number > 0)
        return r->strings[number - 1];
    length = get_number(r);
    if (length == 0 || length > r->left || r->at[length - 1] != '\0') {
        r->bad = true;
        return "";
    }
    if (r->string_count == r->string_capacity) {
        r->string_capacity = r->string_capacity ? r->string_capacity * 2 : 256;
        r->strings = nc_xrealloc(r->strings, r->string_capacity * sizeof *r->strings);
    }
    r->strings[r->string_count] = nc_arena_strdup(r->arena, r->at);
    r->at += length;
    r->left -= length;
    return r->strings[r->string_count++];
}

static struct nc_place get_place(struct reader *r)
{
    struct nc_place place = { .file = get_text(r) };
    uint64_t at = get_number(r);

    place.line = (uint32_t)(at >> 32);
    place.col = (uint32_t)at;
    place.function = get_text(r);
    place.macro = get_text(r);
    return place;
}

static void get_fix(struct reader *r, struct nc_fix *fix)
{
    fix->title = get_text(r);
    fix->sure = get_number(r) != 0;
    fix->edit_count = get_count(r);
    fix->edits = nc_arena_alloc(r->arena, (fix->edit_count + 1) * sizeof *fix->edits);
    for (size_t i = 0; i < fix->edit_count; i++) {
        struct nc_fix_edit *edit = &fix->edits[i];
        uint64_t begin, end;

        edit->file = get_text(r);
        begin = get_number(r);
        end = get_number(r);
        edit->line = (uint32_t)(begin >> 32);
        edit->col = (uint32_t)begin;
        edit->end_line = (uint32_t)(end >> 32);
        edit->end_col = (uint32_t)end;
        edit->text = get_text(r);
    }
}

static struct nc_finding get_finding(struct reader *r)
{
    struct nc_finding finding = { .rule = get_text(r) };

    finding.severity = (enum nc_severity)get_number(r);
    finding.place = get_place(r);
    finding.message = get_text(r);
    finding.step_count = get_count(r);
    finding.steps = nc_arena_alloc(r->arena, (finding.step_count + 1) * sizeof *finding.steps);
    for (size_t i = 0; i < finding.step_count; i++) {
        finding.steps[i].place = get_place(r);
        finding.steps[i].text = get_text(r);
    }
    finding.fix_count = get_count(r);
    finding.fixes = nc_arena_alloc(r->arena, (finding.fix_count + 1) * sizeof *finding.fixes);
    for (size_t i = 0; i < finding.fix_count; i++)
        get_fix(r, &finding.fixes[i]);
    return finding;
}

struct nc_findings *nc_findings_load(const void *data, size_t size)
{
    struct nc_findings *set = nc_findings_new();
    struct reader r = { .at = data, .left = size, .arena = set->arena };
    size_t count;

    get(&r, &set->stats, sizeof set->stats);
    count = get_count(&r);
    for (size_t i = 0; i < count && !r.bad; i++) {
        struct nc_finding finding = get_finding(&r);

        nc_findings_add(set, &finding);
    }
    count = get_count(&r);
    for (size_t i = 0; i < count && !r.bad; i++) {
        struct nc_gap_note gap = { .what = get_text(&r) };

        gap.reason = get_text(&r);
        gap.place = get_place(&r);
        gap.kind = (int)(int64_t)get_number(&r);
        nc_findings_gap(set, &gap);
    }
    free(r.strings);
    if (!r.bad && r.left == 0)
        return set;
    nc_findings_free(set);
    return NULL;
}
