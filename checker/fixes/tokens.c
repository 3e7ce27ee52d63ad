#include "fixes/tokens.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

struct reader {
    struct nc_tokens *t;
    size_t at;
    bool line_start; /* nothing but blanks before it on its line */
    size_t *open;    /* brackets that wait for their partner */
    size_t open_count, open_capacity;
};

static char peek(const struct reader *r, size_t ahead)
{
    return r->at + ahead < r->t->length ? r->t->text[r->at + ahead] : '\0';
}

static size_t add(struct reader *r, enum nc_token_kind kind, size_t start)
{
    struct nc_tokens *t = r->t;

    if (t->count == t->capacity) {
        t->capacity = t->capacity ? t->capacity * 2 : 1024;
        t->items = nc_xrealloc(t->items, t->capacity * sizeof *t->items);
    }
    t->items[t->count] =
        (struct nc_token){ .start = start, .length = r->at - start, .partner = NC_NO_TOKEN, .kind = kind };
    r->line_start = false;
    return t->count++;
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_' || c == '$' || (c & 0x80); }

static bool skip_comment(struct reader *r)
{
    const char *text = r->t->text;

    if (peek(r, 0) != '/' || (peek(r, 1) != '/' && peek(r, 1) != '*'))
        return false;
    if (peek(r, 1) == '/') {
        while (r->at < r->t->length && (text[r->at] != '\n' || text[r->at - 1] == '\\'))
            r->at++;
        return true;
    }
    for (r->at += 2; r->at < r->t->length && !(text[r->at] == '*' && peek(r, 1) == '/'); r->at++)
        ;
    r->at += r->at < r->t->length ? 2 : 0;
    return true;
}

static void read_quoted(struct reader *r, char quote)
{
    for (r->at++; r->at < r->t->length && peek(r, 0) != quote && peek(r, 0) != '\n'; r->at++)
        if (peek(r, 0) == '\\' && r->at + 1 < r->t->length)
            r->at++;
    r->at += r->at < r->t->length && peek(r, 0) == quote;
}

/* R"x( ... )x" */
static bool read_raw(struct reader *r, size_t start)
{
    const char *text = r->t->text, *end;
    size_t delimiter = r->at + 1, n = 0;
    char closing[32];

    if (r->at == start || text[r->at - 1] != 'R' || peek(r, 0) != '"')
        return false;
    while (n < 16 && delimiter + n < r->t->length && text[delimiter + n] != '(')
        n++;
    if (n >= 16 || delimiter + n >= r->t->length)
        return false;
    closing[0] = ')';
    memcpy(closing + 1, text + delimiter, n);
    closing[n + 1] = '"';
    end = memmem(text + delimiter, r->t->length - delimiter, closing, n + 2);
    if (!end)
        return false;
    r->at = (size_t)(end - text) + n + 2;
    return true;
}

/* With its continuation lines, up to the line's end; a comment that begins on it is not a part of it. */
static void read_directive(struct reader *r)
{
    size_t start = r->at;

    while (r->at < r->t->length && peek(r, 0) != '\n') {
        if (peek(r, 0) == '\\' && (peek(r, 1) == '\n' || (peek(r, 1) == '\r' && peek(r, 2) == '\n')))
            r->at += peek(r, 1) == '\r' ? 3 : 2;
        else if (peek(r, 0) == '/' && (peek(r, 1) == '/' || peek(r, 1) == '*'))
            break;
        else
            r->at++;
    }
    add(r, NC_TOKEN_DIRECTIVE, start);
}

static void read_word(struct reader *r)
{
    size_t start = r->at;
    bool number = isdigit((unsigned char)peek(r, 0));

    while (r->at < r->t->length &&
           (is_word(peek(r, 0)) ||
            (number && (peek(r, 0) == '.' || peek(r, 0) == '\'' ||
                        ((peek(r, 0) == '+' || peek(r, 0) == '-') && strchr("eEpP", r->t->text[r->at - 1]) &&
                         !(r->t->text[start] == '0' && strchr("xX", r->t->text[start + 1])))))))
        r->at++;
    if (read_raw(r, start)) {
        add(r, NC_TOKEN_TEXT, start);
        return;
    }
    if ((peek(r, 0) == '"' || peek(r, 0) == '\'') && r->at - start <= 2 && !number) { /* L"", u8"" */
        read_quoted(r, peek(r, 0));
        add(r, NC_TOKEN_TEXT, start);
        return;
    }
    add(r, number ? NC_TOKEN_NUMBER : NC_TOKEN_WORD, start);
}

static void open_bracket(struct reader *r, size_t token)
{
    if (r->open_count == r->open_capacity) {
        r->open_capacity = r->open_capacity ? r->open_capacity * 2 : 64;
        r->open = nc_xrealloc(r->open, r->open_capacity * sizeof *r->open);
    }
    r->open[r->open_count++] = token;
}

/* Brackets that were opened in between and never closed (in the other arm of an #if) have no partner. */
static void close_bracket(struct reader *r, size_t token)
{
    struct nc_tokens *t = r->t;
    char closing = t->text[t->items[token].start];
    char opening = (char)(closing == ')' ? '(' : closing == ']' ? '[' : '{');

    for (size_t i = r->open_count; i-- > 0;) {
        size_t other = r->open[i];

        if (t->text[t->items[other].start] == opening) {
            t->items[other].partner = token;
            t->items[token].partner = other;
            r->open_count = i;
            return;
        }
        if (t->text[t->items[other].start] == '{')
            return; /* a block is not closed by a parenthesis */
    }
}

static void read_punctuation(struct reader *r)
{
    static const char *const pairs[] = { "==", "!=", "<=", ">=", "->", "::", "&&", "||", "++",
                                         "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=" };
    size_t start = r->at, token;
    char c = peek(r, 0);

    r->at++;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (c == pairs[i][0] && peek(r, 0) == pairs[i][1]) {
            r->at++;
            break;
        }
    token = add(r, NC_TOKEN_PUNCT, start);
    if (strchr("([{", c))
        open_bracket(r, token);
    else if (strchr(")]}", c))
        close_bracket(r, token);
}

void nc_tokens_read(struct nc_tokens *t, const char *text, size_t length)
{
    struct reader r = { .t = t, .line_start = true };

    *t = (struct nc_tokens){ .text = text, .length = length };
    while (r.at < length) {
        char c = peek(&r, 0);

        if (c == '\n' || c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == '\0') {
            r.line_start = r.line_start || c == '\n';
            r.at++;
        } else if (skip_comment(&r)) {
            continue;
        } else if (c == '#' && r.line_start) {
            read_directive(&r);
        } else if (is_word(c)) {
            read_word(&r);
        } else if (c == '"' || c == '\'') {
            size_t start = r.at;

            read_quoted(&r, c);
            add(&r, NC_TOKEN_TEXT, start);
        } else {
            read_punctuation(&r);
        }
    }
    free(r.open);
}

void nc_tokens_clear(struct nc_tokens *t)
{
    free(t->items);
    *t = (struct nc_tokens){ 0 };
}

size_t nc_token_at(const struct nc_tokens *t, size_t offset)
{
    size_t low = 0, high = t->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (t->items[middle].start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->count && t->items[low].start == offset ? low : NC_NO_TOKEN;
}

bool nc_token_is(const struct nc_tokens *t, size_t i, const char *text)
{
    size_t n = strlen(text);

    return i < t->count && t->items[i].length == n && memcmp(t->text + t->items[i].start, text, n) == 0;
}

bool nc_token_is_one_of(const struct nc_tokens *t, size_t i, const char *const *texts)
{
    for (; *texts; texts++)
        if (nc_token_is(t, i, *texts))
            return true;
    return false;
}

bool nc_token_is_word(const struct nc_tokens *t, size_t i) { return i < t->count && t->items[i].kind == NC_TOKEN_WORD; }

bool nc_tokens_equal(const struct nc_tokens *t, size_t a, size_t a_end, size_t b, size_t b_end)
{
    if (a_end - a != b_end - b)
        return false;
    for (; a < a_end; a++, b++)
        if (t->items[a].length != t->items[b].length ||
            memcmp(t->text + t->items[a].start, t->text + t->items[b].start, t->items[a].length) != 0)
            return false;
    return true;
}
