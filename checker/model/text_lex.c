#include "model/text_inner.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

void nc_read_fail(struct nc_reader *r, const char *format, ...)
{
    unsigned line = 1;
    char what[256];
    va_list args;

    for (const char *p = r->text; p < r->tok.start; p++)
        line += *p == '\n';
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    if (asprintf(&r->error, "%s:%u: %s", r->name, line, what) < 0)
        r->error = NULL;
    longjmp(r->failed, 1);
}

/* The text between quotes; *at is at the opening one and ends behind the closing one. */
static char *unquote(struct nc_reader *r, const char **at)
{
    const char quote = *(*at)++;
    const char *p = *at;
    size_t length = 0;

    for (; p[length] && p[length] != quote; length++)
        if (p[length] == '\\' && p[length + 1])
            length++;
    char *out = nc_arena_alloc(r->arena, length + 1), *o = out;

    for (; *p && *p != quote; p++) {
        if (*p != '\\' || !p[1]) {
            *o++ = *p;
        } else if (*++p == 'n') {
            *o++ = '\n';
        } else if (*p == 'x' && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2])) {
            const char digits[] = { p[1], p[2], '\0' };

            *o++ = (char)strtoul(digits, NULL, 16);
            p += 2;
        } else {
            *o++ = *p;
        }
    }
    if (!*p)
        nc_read_fail(r, "missing %c", quote);
    *at = p + 1;
    return out;
}

static const char *skip_space(const char *p)
{
    for (;;) {
        while (isspace((unsigned char)*p))
            p++;
        if (p[0] != '/' || p[1] != '/')
            return p;
        while (*p && *p != '\n')
            p++;
    }
}

static char *copy(struct nc_reader *r, const char *from, const char *to)
{
    char *text = nc_arena_alloc(r->arena, (size_t)(to - from) + 1);

    return memcpy(text, from, (size_t)(to - from));
}

void nc_read_next(struct nc_reader *r)
{
    static const char pairs[][3] = { "->", "::", "..", "<<", ">>", "==", "!=", "<=", ">=" };
    const char *p = skip_space(r->at);

    r->tok = (struct nc_token){ .start = p, .spaced = p != r->at };
    if (!*p) {
        r->tok.text = "end of the text";
        r->at = p;
        return;
    }
    if (*p == '"' || *p == '\'') {
        r->tok.kind = *p == '"' ? NC_TOK_STRING : NC_TOK_NAME;
        r->tok.text = unquote(r, &p);
    } else if (isdigit((unsigned char)*p)) {
        char *end;

        r->tok.kind = NC_TOK_NUMBER;
        r->tok.number = strtoull(p, &end, 0);
        r->tok.text = copy(r, p, end);
        p = end;
    } else if (isalpha((unsigned char)*p) || *p == '_') {
        while (isalnum((unsigned char)*p) || *p == '_')
            p++;
        r->tok.kind = NC_TOK_WORD;
        r->tok.text = copy(r, r->tok.start, p);
    } else {
        size_t length = 1;

        for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
            if (!strncmp(p, pairs[i], 2))
                length = 2;
        r->tok.kind = NC_TOK_PUNCT;
        r->tok.text = copy(r, p, p + length);
        p += length;
    }
    r->at = p;
}

bool nc_read_is(const struct nc_reader *r, const char *text)
{
    return (r->tok.kind == NC_TOK_WORD || r->tok.kind == NC_TOK_PUNCT) && !strcmp(r->tok.text, text);
}

bool nc_read_accept(struct nc_reader *r, const char *text)
{
    if (!nc_read_is(r, text))
        return false;
    nc_read_next(r);
    return true;
}

void nc_read_expect(struct nc_reader *r, const char *text)
{
    if (!nc_read_accept(r, text))
        nc_read_fail(r, "'%s' expected before '%.40s'", text, r->tok.text);
}

uint64_t nc_read_number(struct nc_reader *r)
{
    const uint64_t n = r->tok.number;

    if (r->tok.kind != NC_TOK_NUMBER)
        nc_read_fail(r, "number expected before '%.40s'", r->tok.text);
    nc_read_next(r);
    return n;
}

int64_t nc_read_integer(struct nc_reader *r)
{
    const bool negative = nc_read_accept(r, "-");
    const uint64_t n = nc_read_number(r);

    return (int64_t)(negative ? 0 - n : n);
}

nc_str nc_read_string(struct nc_reader *r)
{
    if (r->tok.kind != NC_TOK_STRING)
        nc_read_fail(r, "\"string\" expected before '%.40s'", r->tok.text);
    const nc_str s = nc_builder_string(r->b, r->tok.text);

    nc_read_next(r);
    return s;
}

bool nc_read_at_name(const struct nc_reader *r)
{
    return r->tok.kind == NC_TOK_NAME || (r->tok.kind == NC_TOK_WORD && !nc_text_is_reserved(r->tok.text));
}

nc_str nc_read_name(struct nc_reader *r)
{
    if (!nc_read_at_name(r))
        nc_read_fail(r, "name expected before '%.40s'%s", r->tok.text,
                     r->tok.kind == NC_TOK_WORD ? " (a keyword; quote it with ')" : "");
    const nc_str s = nc_builder_string(r->b, r->tok.text);

    nc_read_next(r);
    return s;
}

uint32_t nc_read_ordinal(struct nc_reader *r)
{
    if (!nc_read_is(r, "#") || r->tok.spaced)
        return 1;
    nc_read_next(r);
    return (uint32_t)nc_read_number(r);
}

bool nc_read_at_numbered(const struct nc_reader *r, char letter)
{
    const char *p = r->tok.text;

    return r->tok.kind == NC_TOK_WORD && *p == letter && p[1] && strspn(p + 1, "0123456789") == strlen(p + 1);
}

uint32_t nc_read_numbered(struct nc_reader *r, char letter)
{
    if (!nc_read_at_numbered(r, letter))
        nc_read_fail(r, "%c0 or the like expected before '%.40s'", letter, r->tok.text);
    const unsigned long n = strtoul(r->tok.text + 1, NULL, 10);

    if (n > 10000000)
        nc_read_fail(r, "%s: number too large", r->tok.text);
    nc_read_next(r);
    return (uint32_t)n;
}

/* ---- positions ---- */

nc_id nc_read_file(struct nc_reader *r, const char *path, size_t length)
{
    const nc_str s = nc_builder_string_n(r->b, path, length);
    const struct nc_module *m = nc_builder_module(r->b);

    for (nc_id i = 0; i < m->files_count; i++)
        if (m->files[i].path == s)
            return i;
    return nc_builder_add_files(r->b, &(struct nc_file){ .path = s });
}

/* Paths are no tokens: read from the source, at r->at. */
static void position(struct nc_reader *r, nc_id *file, uint32_t *line, uint32_t *col)
{
    const char *p = skip_space(r->at);

    *file = r->file;
    if (*p == '"') {
        const char *path = unquote(r, &p);

        *file = nc_read_file(r, path, strlen(path));
        if (*p == ':')
            p++;
    } else {
        const size_t length = strcspn(p, " \t\r\n;{}");
        const char *end = p + length, *colon = end;

        for (int colons = 0; colon > p && colons < 2;)
            colons += *--colon == ':';
        if (colon > p || *colon == ':') {
            if (colon == p + 1 && *p == '?')
                *file = NC_NONE;
            else
                *file = nc_read_file(r, p, (size_t)(colon - p));
            p = colon + 1;
        }
    }
    char *end;

    *line = (uint32_t)strtoul(p, &end, 10);
    if (end == p || *end != ':')
        nc_read_fail(r, "position expected: file:line:column");
    p = end + 1;
    *col = (uint32_t)strtoul(p, &end, 10);
    if (end == p)
        nc_read_fail(r, "position expected: file:line:column");
    r->at = end;
    nc_read_next(r);
}

nc_id nc_read_loc(struct nc_reader *r)
{
    struct nc_loc loc = { 0 };

    position(r, &loc.file, &loc.line, &loc.col);
    loc.spelling_file = loc.file;
    loc.spelling_line = loc.line;
    loc.spelling_col = loc.col;
    if (nc_read_accept(r, "in"))
        loc.macro = nc_read_name(r);
    if (nc_read_is(r, "spelled"))
        position(r, &loc.spelling_file, &loc.spelling_line, &loc.spelling_col);
    return nc_builder_loc(r->b, &loc);
}
