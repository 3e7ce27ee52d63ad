#include "fixes/draft.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/sources.h"
#include "support/arena.h"

const struct nc_text *nc_fixer_text(struct nc_fixer *f, const char *path)
{
    struct nc_text *text;
    const char *content;
    size_t length;

    for (size_t i = 0; i < f->text_count; i++)
        if (strcmp(f->texts[i]->path, path) == 0)
            return f->texts[i];
    content = *path ? nc_sources_text(f->sources, path, &length) : NULL;
    if (!content)
        return NULL;
    text = nc_xmalloc(sizeof *text);
    text->path = path;
    nc_tokens_read(&text->tokens, content, length);
    f->texts = nc_xrealloc(f->texts, (f->text_count + 1) * sizeof(struct nc_text *));
    return f->texts[f->text_count++] = text;
}

static size_t token_of(struct nc_fixer *f, const char *path, uint32_t line, uint32_t col, const struct nc_text **text)
{
    const char *start;
    size_t length;

    *text = nc_fixer_text(f, path);
    start = *text ? nc_sources_line(f->sources, path, line, &length) : NULL;
    if (!start || col == 0 || col - 1 > length)
        return NC_NO_TOKEN;
    return nc_token_at(&(*text)->tokens, (size_t)(start - (*text)->tokens.text) + col - 1);
}

size_t nc_fixer_token(struct nc_fixer *f, nc_id loc, const struct nc_text **text)
{
    const struct nc_loc *l = loc == NC_NONE ? NULL : &f->m->locs[loc];

    if (l && l->macro) {
        *text = NULL;
        return NC_NO_TOKEN;
    }
    return nc_fixer_expanded_token(f, loc, text);
}

size_t nc_fixer_expanded_token(struct nc_fixer *f, nc_id loc, const struct nc_text **text)
{
    const struct nc_loc *l = loc == NC_NONE ? NULL : &f->m->locs[loc];

    *text = NULL;
    if (!l || l->file == NC_NONE || (f->m->files[l->file].flags & NC_FILE_SYSTEM))
        return NC_NO_TOKEN;
    return token_of(f, nc_string(f->m, f->m->files[l->file].path), l->line, l->col, text);
}

/* ---- edits ---- */

static void position(const struct nc_text *text, size_t offset, uint32_t *line, uint32_t *col)
{
    const char *at = text->tokens.text, *end = at + offset, *newline;

    for (*line = 1; (newline = memchr(at, '\n', (size_t)(end - at))) != NULL; (*line)++)
        at = newline + 1;
    *col = (uint32_t)(end - at) + 1;
}

/* Insertions at one place become one, so that a fix never stands in its own way. */
static bool join(struct nc_draft *d, const struct nc_fix_edit *edit)
{
    for (size_t i = 0; i < d->edit_count; i++) {
        struct nc_fix_edit *e = &d->edits[i];

        if (strcmp(e->file, edit->file) == 0 && e->line == edit->line && e->col == edit->col &&
            e->end_line == e->line && e->end_col == e->col && edit->end_line == edit->line &&
            edit->end_col == edit->col) {
            e->text = nc_arena_printf(d->fixer->arena, "%s%s", e->text, edit->text);
            return true;
        }
    }
    return false;
}

static void add_edit(struct nc_draft *d, const struct nc_text *text, size_t start, size_t end, const char *content)
{
    struct nc_fix_edit *edit;

    if (d->edit_count == sizeof d->edits / sizeof *d->edits) {
        d->failed = true;
        return;
    }
    edit = &d->edits[d->edit_count++];
    *edit = (struct nc_fix_edit){ .file = nc_arena_strdup(d->fixer->arena, text->path),
                                  .text = nc_arena_strdup(d->fixer->arena, content) };
    position(text, start, &edit->line, &edit->col);
    position(text, end, &edit->end_line, &edit->end_col);
    if (d->edit_count > 1) {
        d->edit_count--;
        if (!join(d, edit))
            d->edit_count++;
    }
}

void nc_draft_edit(struct nc_draft *d, const struct nc_text *text, size_t start, size_t end, const char *format, ...)
{
    char *content = NULL;
    va_list args;

    va_start(args, format);
    if (vasprintf(&content, format, args) < 0)
        abort();
    va_end(args);
    add_edit(d, text, start, end, content);
    free(content);
}

static size_t line_start(const struct nc_text *text, size_t offset)
{
    while (offset > 0 && text->tokens.text[offset - 1] != '\n')
        offset--;
    return offset;
}

/* Where the line that the token ends on ends, in front of "\r\n" or "\n"; right behind the token, where more code or
 * a comment of several lines follows on that line. */
static size_t line_end(const struct nc_text *text, size_t token)
{
    const struct nc_tokens *t = &text->tokens;
    size_t behind = t->items[token].start + t->items[token].length, end = behind;
    bool comment = false;

    while (end < t->length && t->text[end] != '\n')
        end++;
    if (token + 1 < t->count && t->items[token + 1].start < end)
        return behind;
    for (size_t i = behind; i + 1 < end && !comment; i++) {
        if (t->text[i] == '/' && t->text[i + 1] == '/')
            comment = true;
        else if (t->text[i] == '/' && t->text[i + 1] == '*') {
            const char *close = memmem(t->text + i + 2, end - i - 2, "*/", 2);

            if (!close)
                return behind;
            i = (size_t)(close - t->text) + 1;
        }
    }
    if (comment && end > 0 && t->text[end - 1] == '\\')
        return behind;
    return end > behind && t->text[end - 1] == '\r' ? end - 1 : end;
}

/* How the file is laid out around a token. */
struct layout {
    const char *newline, *indent, *step;
    int indent_length;
};

static struct layout layout_at(const struct nc_text *text, size_t token)
{
    const struct nc_tokens *t = &text->tokens;
    size_t start = line_start(text, t->items[token].start), blanks = 0, end = start;
    struct layout l = { .newline = "\n", .step = "    ", .indent = t->text + start };

    while (l.indent[blanks] == ' ' || l.indent[blanks] == '\t')
        blanks++;
    while (end < t->length && t->text[end] != '\n')
        end++;
    if (end > start && end < t->length && t->text[end - 1] == '\r')
        l.newline = "\r\n";
    if (memchr(l.indent, '\t', blanks))
        l.step = "\t";
    else if (blanks == 2)
        l.step = "  ";
    l.indent_length = (int)blanks;
    return l;
}

/* Adds `lines`, each with its indentation, and a line's end before (or behind) each. */
static void add_lines(struct nc_draft *d, const struct nc_text *text, size_t at, const struct layout *l,
                      const char *lines, bool below)
{
    size_t size = 0;
    char *content = NULL;
    FILE *out = open_memstream(&content, &size);

    if (!out)
        abort();
    for (const char *line = lines; *line;) {
        size_t n = strcspn(line, "\n");
        bool deeper = *line == '\t';

        if (below)
            fprintf(out, "%s%.*s", l->newline, l->indent_length, l->indent);
        fprintf(out, "%s%.*s", deeper ? l->step : "", (int)n - deeper, line + deeper);
        if (!below)
            fprintf(out, "%s%.*s", l->newline, l->indent_length, l->indent);
        line += n + (line[n] == '\n');
    }
    fclose(out);
    add_edit(d, text, at, at, content);
    free(content);
}

void nc_draft_lines_after(struct nc_draft *d, const struct nc_text *text, size_t first, size_t last, const char *lines)
{
    struct layout l = layout_at(text, first);

    add_lines(d, text, line_end(text, last), &l, lines, true);
}

void nc_draft_lines_before(struct nc_draft *d, const struct nc_text *text, size_t first, const char *lines)
{
    struct layout l = layout_at(text, first);

    add_lines(d, text, text->tokens.items[first].start, &l, lines, false);
}

const char *nc_draft_whole_line(const struct nc_draft *d, const struct nc_text *text, size_t first, size_t last,
                                size_t *start, size_t *behind)
{
    const struct nc_tokens *t = &text->tokens;
    size_t from = t->items[first].start, end = line_end(text, last);

    *start = line_start(text, from);
    if (strspn(t->text + *start, " \t") < from - *start || memchr(t->text + from, '\n', end - from))
        return NULL;
    *behind = end + (end < t->length && t->text[end] == '\r');
    if (*behind >= t->length || t->text[*behind] != '\n')
        return NULL;
    (*behind)++;
    while (end > from && (t->text[end - 1] == ' ' || t->text[end - 1] == '\t'))
        end--;
    return nc_arena_printf(d->fixer->arena, "%.*s", (int)(end - from), t->text + from);
}

void nc_draft_finish(struct nc_draft *d, bool sure, const char *format, ...)
{
    struct nc_finding *finding = d->finding;
    struct nc_arena *arena = d->fixer->arena;
    struct nc_fix *fixes, *fix;
    char *title = NULL;
    va_list args;

    if (!d->failed && d->edit_count > 0) {
        va_start(args, format);
        if (vasprintf(&title, format, args) < 0)
            abort();
        va_end(args);
        fixes = nc_arena_alloc(arena, (finding->fix_count + 1) * sizeof *fixes);
        if (finding->fix_count > 0)
            memcpy(fixes, finding->fixes, finding->fix_count * sizeof *fixes);
        fix = &fixes[finding->fix_count++];
        *fix = (struct nc_fix){ .title = nc_arena_strdup(arena, title), .sure = sure, .edit_count = d->edit_count };
        fix->edits = nc_arena_alloc(arena, d->edit_count * sizeof *fix->edits);
        memcpy(fix->edits, d->edits, d->edit_count * sizeof *fix->edits);
        finding->fixes = fixes;
        free(title);
    }
    d->edit_count = 0;
    d->failed = false;
}

const char *nc_draft_source(const struct nc_draft *d, const struct nc_text *text, size_t first, size_t last)
{
    const struct nc_tokens *t = &text->tokens;
    size_t start = t->items[first].start, end = t->items[last].start + t->items[last].length;

    return nc_arena_printf(d->fixer->arena, "%.*s", (int)(end - start), t->text + start);
}

/* ---- calls and expressions ---- */

bool nc_call_at(const struct nc_tokens *t, size_t callee, struct nc_call *call)
{
    size_t start;

    if (!nc_token_is_word(t, callee) || !nc_token_is(t, callee + 1, "(") || t->items[callee + 1].partner == NC_NO_TOKEN)
        return false;
    *call = (struct nc_call){ .callee = callee, .open = callee + 1, .close = t->items[callee + 1].partner };
    start = call->open + 1;
    for (size_t i = start; i <= call->close; i++) {
        if (t->items[i].kind == NC_TOKEN_DIRECTIVE)
            return false;
        if (nc_token_is(t, i, ",") || i == call->close) {
            if (call->arg_count == sizeof call->args / sizeof *call->args)
                return false;
            if (i > start) {
                call->args[call->arg_count] = start;
                call->arg_ends[call->arg_count++] = i;
            }
            start = i + 1;
        } else if (nc_token_is_one_of(t, i, (const char *const[]){ "(", "[", "{", NULL })) {
            if (t->items[i].partner == NC_NO_TOKEN)
                return false;
            i = t->items[i].partner;
        }
    }
    return true;
}

bool nc_is_plain_expression(const struct nc_tokens *t, size_t first, size_t end)
{
    static const char *const plain[] = { ".", "->", "[", "]", "(", ")", "*", "&", "::", "+", "-", NULL };

    for (size_t i = first; i < end; i++) {
        if (t->items[i].kind == NC_TOKEN_NUMBER)
            continue;
        if (nc_token_is_word(t, i)) {
            if (nc_token_is(t, i + 1, "(") && i + 1 < end)
                return false;
            continue;
        }
        if (!nc_token_is_one_of(t, i, plain))
            return false;
    }
    return end > first;
}

/* ---- the model ---- */

static bool is_at(const struct nc_module *m, nc_id loc, const struct nc_place *place)
{
    const struct nc_loc *l = loc == NC_NONE ? NULL : &m->locs[loc];

    return l && l->line == place->line && l->col == place->col && l->file != NC_NONE &&
           strcmp(nc_string(m, m->files[l->file].path), place->file) == 0;
}

nc_id nc_draft_instruction(const struct nc_draft *d, enum nc_inst_op op, nc_id *function)
{
    const struct nc_module *m = d->fixer->m;
    nc_id found = NC_NONE;

    for (nc_id f = 0; f < m->functions_count; f++)
        for (nc_id b = 0; b < m->functions[f].block_count; b++) {
            const struct nc_block *block = &m->blocks[m->functions[f].first_block + b];

            for (nc_id i = block->first_inst; i < block->first_inst + block->inst_count; i++) {
                if (m->insts[i].op != op || !is_at(m, m->insts[i].loc, &d->finding->place))
                    continue;
                if (found != NC_NONE)
                    return NC_NONE;
                found = i;
                *function = f;
            }
        }
    return found;
}
