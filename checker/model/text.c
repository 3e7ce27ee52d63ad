/*
 * The text is gone over several times, so that anything may be used before it is declared: find the declarations and
 * enter the records, then read records and roles, then the heads of globals and functions, then their bodies.
 */
#include "model/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/module_check.h"
#include "model/text_inner.h"
#include "support/arena.h"

enum item_kind { ITEM_FILE, ITEM_MAIN, ITEM_STRUCT, ITEM_UNION, ITEM_ROLE, ITEM_GLOBAL, ITEM_FUNCTION, ITEM_GAP };

static const char *const item_words[] = { "file", "main", "struct", "union", "role", "global", "function", "gap" };

struct item {
    enum item_kind kind;
    const char *at;   /* behind the keyword */
    const char *body; /* behind "{" of a global or function; NULL: none */
    nc_id index;      /* of a record, global or function */
};

struct items {
    struct item *rows;
    size_t count, capacity;
};

/* Where to read on. */
static void move_to(struct nc_reader *r, const char *at)
{
    r->at = at;
    nc_read_next(r);
}

static void skip_item(struct nc_reader *r, bool has_end)
{
    int depth = 0;

    /* file, main and gap end with their line. */
    if (!has_end) {
        const char *newline = strchr(r->tok.start, '\n');

        move_to(r, newline ? newline : r->tok.start + strlen(r->tok.start));
        return;
    }
    for (;; nc_read_next(r)) {
        if (r->tok.kind == NC_TOK_END)
            nc_read_fail(r, "';' or '}' is missing at the end");
        if (nc_read_is(r, "{"))
            depth++;
        else if (nc_read_is(r, "}") && --depth <= 0)
            break;
        else if (nc_read_is(r, ";") && !depth)
            break;
    }
    nc_read_next(r);
}

static void find_items(struct nc_reader *r, struct items *items)
{
    move_to(r, r->text);
    while (r->tok.kind != NC_TOK_END) {
        size_t kind = 0;

        while (kind < sizeof item_words / sizeof item_words[0] && !nc_read_is(r, item_words[kind]))
            kind++;
        if (kind == sizeof item_words / sizeof item_words[0])
            nc_read_fail(r, "declaration expected before '%.40s'", r->tok.text);
        if (items->count == items->capacity) {
            struct item *old = items->rows;

            items->capacity = items->capacity ? items->capacity * 2 : 64;
            items->rows = nc_arena_alloc(r->arena, items->capacity * sizeof *items->rows);
            if (items->count)
                memcpy(items->rows, old, items->count * sizeof *old);
        }
        items->rows[items->count++] = (struct item){ .kind = (enum item_kind)kind, .at = r->at, .index = NC_NONE };
        if (kind == ITEM_STRUCT || kind == ITEM_UNION)
            items->rows[items->count - 1].index = nc_read_declare_record(r);
        skip_item(r, kind != ITEM_FILE && kind != ITEM_MAIN && kind != ITEM_GAP);
    }
}

static void read_file_item(struct nc_reader *r)
{
    if (r->tok.kind != NC_TOK_STRING)
        nc_read_fail(r, "\"path\" expected");
    const nc_id file = nc_read_file(r, r->tok.text, strlen(r->tok.text));

    const char *end = r->at;

    nc_read_next(r);
    /* Words on the same line: "main" on the next one is a declaration. */
    while (!memchr(end, '\n', (size_t)(r->tok.start - end))) {
        if (nc_read_accept(r, "system"))
            nc_builder_module(r->b)->files[file].flags |= NC_FILE_SYSTEM;
        else if (nc_read_accept(r, "main"))
            nc_builder_module(r->b)->files[file].flags |= NC_FILE_MAIN;
        else
            return;
    }
}

static void read_role(struct nc_reader *r)
{
    struct nc_role role = { .name = nc_read_name(r), .first_annot = nc_builder_module(r->b)->annots_count };

    if (nc_read_accept(r, "{"))
        for (; !nc_read_accept(r, "}"); role.annot_count++)
            nc_read_annot(r);
    nc_builder_add_roles(r->b, &role);
}

static void read_gap(struct nc_reader *r)
{
    static const char *const kinds[] = { "function", "header", "error", "note" };
    struct nc_gap gap = { .loc = NC_NONE };

    while (gap.kind < 4 && !nc_read_is(r, kinds[gap.kind]))
        gap.kind++;
    if (gap.kind < 4)
        nc_read_next(r);
    else
        gap.kind = (uint32_t)nc_read_number(r);
    gap.what = nc_read_string(r);
    gap.reason = nc_read_string(r);
    if (nc_read_is(r, "@"))
        gap.loc = nc_read_loc(r);
    nc_builder_add_gaps(r->b, &gap);
}

/* ---- globals and functions ---- */

static bool read_flag(struct nc_reader *r, const char *const *words, uint32_t *flags)
{
    for (int i = 0; i < 32; i++)
        if (words[i] && nc_read_accept(r, words[i])) {
            *flags |= 1u << i;
            return true;
        }
    return false;
}

/* A head ends with ";" or "{". */
static void end_head(struct nc_reader *r, struct item *item)
{
    if (nc_read_is(r, "{"))
        item->body = r->at;
    else if (!nc_read_is(r, ";"))
        nc_read_fail(r, "';' or '{' expected before '%.40s'", r->tok.text);
    r->file = NC_NONE;
}

static nc_id read_place_of(struct nc_reader *r)
{
    const nc_id loc = nc_read_loc(r);

    r->file = nc_builder_module(r->b)->locs[loc].file;
    return loc;
}

static void read_global(struct nc_reader *r, struct item *item)
{
    struct nc_global g = { .loc = NC_NONE, .section_loc = NC_NONE };

    g.name = nc_read_name(r);
    nc_read_ordinal(r);
    nc_read_expect(r, ":");
    g.type = nc_read_type(r);
    for (;;) {
        if (nc_read_is(r, "@"))
            g.loc = read_place_of(r);
        else if (nc_read_accept(r, "section"))
            g.section = nc_read_string(r);
        else if (nc_read_is(r, "section_at"))
            g.section_loc = nc_read_loc(r);
        else if (!read_flag(r, nc_text_global_flags, &g.flags))
            break;
    }
    end_head(r, item);
    item->index = nc_builder_add_globals(r->b, &g);
    nc_read_enter(r, &r->global_names, g.name, item->index);
}

static void read_function(struct nc_reader *r, struct item *item)
{
    struct nc_function f = { .loc = NC_NONE, .end_loc = NC_NONE, .section_loc = NC_NONE, .paged_code_loc = NC_NONE };

    f.name = f.display = nc_read_name(r);
    nc_read_ordinal(r);
    nc_read_expect(r, ":");
    f.type = nc_read_type(r);
    for (;;) {
        if (nc_read_is(r, "@"))
            f.loc = read_place_of(r);
        else if (nc_read_is(r, "ends_at"))
            f.end_loc = nc_read_loc(r);
        else if (nc_read_accept(r, "display"))
            f.display = nc_read_string(r);
        else if (nc_read_accept(r, "section"))
            f.section = nc_read_string(r);
        else if (nc_read_is(r, "section_at"))
            f.section_loc = nc_read_loc(r);
        else if (nc_read_accept(r, "role"))
            f.role = nc_read_name(r);
        else if (nc_read_is(r, "paged_at"))
            f.paged_code_loc = nc_read_loc(r);
        else if (!read_flag(r, nc_text_function_flags, &f.flags))
            break;
    }
    end_head(r, item);
    item->index = nc_builder_add_functions(r->b, &f);
    nc_read_enter(r, &r->function_names, f.name, item->index);
}

static void read_initialiser(struct nc_reader *r, nc_id global)
{
    const struct nc_global g = nc_builder_module(r->b)->globals[global];
    nc_id count = 0;

    r->file = g.loc == NC_NONE ? NC_NONE : nc_builder_module(r->b)->locs[g.loc].file;
    const nc_id first = nc_builder_module(r->b)->inits_count;

    for (; !nc_read_accept(r, "}"); count++) {
        struct nc_init n = { .offset = nc_read_number(r), .loc = NC_NONE };

        nc_read_expect(r, ":");
        n.type = nc_read_type(r);
        nc_read_expect(r, "=");
        n.expr = nc_read_expr(r);
        if (nc_read_is(r, "@"))
            n.loc = nc_read_loc(r);
        nc_builder_add_inits(r->b, &n);
    }
    nc_builder_module(r->b)->globals[global].first_init = first;
    nc_builder_module(r->b)->globals[global].init_count = count;
    r->file = NC_NONE;
}

static void read_all(struct nc_reader *r)
{
    struct items items = { 0 };

    find_items(r, &items);
    for (size_t i = 0; i < items.count; i++) {
        struct item *item = &items.rows[i];

        move_to(r, item->at);
        if (item->kind == ITEM_FILE)
            read_file_item(r);
        else if (item->kind == ITEM_MAIN)
            nc_builder_module(r->b)->main_file = nc_read_string(r);
        else if (item->kind == ITEM_STRUCT || item->kind == ITEM_UNION)
            nc_read_record(r, item->index);
        else if (item->kind == ITEM_ROLE)
            read_role(r);
    }
    for (size_t i = 0; i < items.count; i++) {
        move_to(r, items.rows[i].at);
        if (items.rows[i].kind == ITEM_GLOBAL)
            read_global(r, &items.rows[i]);
        else if (items.rows[i].kind == ITEM_FUNCTION)
            read_function(r, &items.rows[i]);
        else if (items.rows[i].kind == ITEM_GAP)
            read_gap(r);
    }
    for (size_t i = 0; i < items.count; i++) {
        if (!items.rows[i].body)
            continue;
        move_to(r, items.rows[i].body);
        if (items.rows[i].kind == ITEM_GLOBAL)
            read_initialiser(r, items.rows[i].index);
        else
            nc_read_body(r, items.rows[i].index);
    }
}

struct nc_module *nc_module_read_text(const char *text, const char *name, char **error)
{
    struct nc_reader *r = nc_xmalloc(sizeof *r); /* not a local: it changes between setjmp and longjmp */
    struct nc_module *m = NULL;
    char why[160];

    memset(r, 0, sizeof *r);
    r->b = nc_builder_new();
    r->arena = nc_arena_new();
    r->text = r->at = r->tok.start = text;
    r->name = name;
    r->file = NC_NONE;
    r->scope.m = nc_builder_module(r->b);
    if (!setjmp(r->failed)) {
        read_all(r);
        if (!nc_module_check(nc_builder_module(r->b), why, sizeof why))
            nc_read_fail(r, "inconsistent: %s", why);
    }
    nc_intern_free(&r->plain_types);
    nc_intern_free(&r->record_names);
    nc_intern_free(&r->function_names);
    nc_intern_free(&r->global_names);
    free(r->temp_types);
    nc_arena_free(r->arena);
    if (r->error) {
        nc_builder_free(r->b);
        if (error)
            *error = r->error;
        else
            free(r->error);
    } else {
        m = nc_builder_finish(r->b);
    }
    free(r);
    return m;
}
