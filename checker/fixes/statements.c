/* Where statements begin and end, by their tokens. What is not understood is refused: no fix is better than a wrong
 * one.
 */
#include "fixes/tokens.h"

static const char *const heads[] = { "if", "while", "for", "switch", NULL };

/* Is it the ')' of "if (...)" and its like? */
static bool ends_head(const struct nc_tokens *t, size_t token)
{
    size_t open = t->items[token].partner;

    if (!nc_token_is(t, token, ")") || open == NC_NO_TOKEN || open == 0)
        return false;
    if (nc_token_is(t, open - 1, "constexpr"))
        open--;
    return open > 0 && nc_token_is_one_of(t, open - 1, heads);
}

static bool is_block(const struct nc_tokens *t, size_t brace)
{
    static const char *const not_before[] = { "=", ",", "(", "[", "]", "return", "enum", "struct", "union", NULL };

    if (brace == 0 || t->items[brace].partner == NC_NO_TOKEN || nc_token_is_one_of(t, brace - 1, not_before))
        return false;
    /* struct name { */
    return !(brace > 1 && nc_token_is_word(t, brace - 1) &&
             nc_token_is_one_of(t, brace - 2,
                                (const char *const[]){ "struct", "union", "enum", "class", "namespace", NULL }));
}

/* Is the ':' that of a label or a case, not of ?: or of a bit-field? */
static bool ends_label(const struct nc_tokens *t, size_t colon)
{
    for (size_t i = colon; i-- > 0;) {
        if (nc_token_is(t, i, "?") || t->items[i].kind == NC_TOKEN_DIRECTIVE)
            return false;
        if (nc_token_is(t, i, "case") || nc_token_is(t, i, "default"))
            return true;
        if (nc_token_is_one_of(t, i, (const char *const[]){ ";", "{", "}", ":", ")", NULL }))
            return i + 2 == colon && nc_token_is_word(t, i + 1);
    }
    return false;
}

/* The statement's first token and whether it stands in a block; NC_NO_TOKEN when `token` is not in a plain statement.
 */
static size_t find_first(const struct nc_tokens *t, size_t token, bool *in_block)
{
    size_t first = token;

    while (first > 0) {
        size_t before = first - 1;

        /* An attribute or pragma line in front of the statement is not a part of it. */
        while (before > 0 && t->items[before].kind == NC_TOKEN_DIRECTIVE)
            before--;
        *in_block = true;
        if (nc_token_is(t, before, ";") || nc_token_is(t, before, "}"))
            return first;
        if (nc_token_is(t, before, "{"))
            return is_block(t, before) ? first : NC_NO_TOKEN;
        if (nc_token_is(t, before, ":"))
            return ends_label(t, before) ? first : NC_NO_TOKEN;
        if (before != first - 1)
            return NC_NO_TOKEN; /* a directive inside the statement */
        *in_block = false;
        if (nc_token_is(t, before, "else") || nc_token_is(t, before, "do") || ends_head(t, before))
            return first;
        if (nc_token_is(t, before, "(") && before > 0 && nc_token_is_one_of(t, before - 1, heads))
            return NC_NO_TOKEN;
        if (nc_token_is(t, before, ")") || nc_token_is(t, before, "]")) {
            if (t->items[before].partner == NC_NO_TOKEN)
                return NC_NO_TOKEN;
            first = t->items[before].partner;
            continue;
        }
        first = before;
    }
    return NC_NO_TOKEN;
}

/* The ';' at the end; jumps over brackets, and out of those that it begins in. */
static size_t find_semicolon(const struct nc_tokens *t, size_t token)
{
    for (size_t i = token; i < t->count; i++) {
        if (nc_token_is(t, i, ";"))
            return i;
        if (nc_token_is(t, i, "}") || t->items[i].kind == NC_TOKEN_DIRECTIVE)
            return NC_NO_TOKEN;
        if (nc_token_is(t, i, "(") || nc_token_is(t, i, "[") || nc_token_is(t, i, "{")) {
            size_t partner = t->items[i].partner;

            if (partner == NC_NO_TOKEN)
                return NC_NO_TOKEN;
            for (size_t j = i; j < partner; j++)
                if (t->items[j].kind == NC_TOKEN_DIRECTIVE)
                    return NC_NO_TOKEN;
            i = partner;
        }
    }
    return NC_NO_TOKEN;
}

bool nc_statement_of(const struct nc_tokens *t, size_t token, struct nc_statement *s)
{
    if (token >= t->count || nc_block_around(t, token) == NC_NO_TOKEN)
        return false;
    s->first = find_first(t, token, &s->in_block);
    s->last = s->first == NC_NO_TOKEN ? NC_NO_TOKEN : find_semicolon(t, token);
    return s->last != NC_NO_TOKEN;
}

enum { MAX_NESTING = 64 };

static size_t end_of(const struct nc_tokens *t, size_t first, int depth)
{
    size_t at = first, end;

    if (depth > MAX_NESTING || first >= t->count || t->items[first].kind == NC_TOKEN_DIRECTIVE)
        return NC_NO_TOKEN;
    if (nc_token_is(t, first, "{"))
        return t->items[first].partner;
    if (nc_token_is_one_of(t, first, heads)) {
        if (!nc_token_is(t, first + 1, "(") || t->items[first + 1].partner == NC_NO_TOKEN)
            return NC_NO_TOKEN;
        end = end_of(t, t->items[first + 1].partner + 1, depth + 1);
        if (end == NC_NO_TOKEN || !nc_token_is(t, first, "if") || !nc_token_is(t, end + 1, "else"))
            return end;
        return end_of(t, end + 2, depth + 1);
    }
    if (nc_token_is(t, first, "do")) {
        end = end_of(t, first + 1, depth + 1);
        return end == NC_NO_TOKEN ? end : find_semicolon(t, end + 1);
    }
    if (nc_token_is(t, first, "__try") || nc_token_is(t, first, "try")) {
        at = end_of(t, first + 1, depth + 1);
        while (at != NC_NO_TOKEN &&
               nc_token_is_one_of(t, at + 1, (const char *const[]){ "__finally", "__except", "catch", NULL })) {
            at += 2;
            if (nc_token_is(t, at, "("))
                at = t->items[at].partner == NC_NO_TOKEN ? NC_NO_TOKEN : t->items[at].partner + 1;
            at = at == NC_NO_TOKEN ? at : end_of(t, at, depth + 1);
        }
        return at;
    }
    if (nc_token_is_word(t, first) && nc_token_is(t, first + 1, ":"))
        return end_of(t, first + 2, depth + 1);
    return find_semicolon(t, first);
}

size_t nc_statement_end(const struct nc_tokens *t, size_t first) { return end_of(t, first, 0); }

size_t nc_block_around(const struct nc_tokens *t, size_t token)
{
    for (size_t i = token; i-- > 0;) {
        if (nc_token_is(t, i, "}")) {
            if (t->items[i].partner == NC_NO_TOKEN)
                return NC_NO_TOKEN;
            i = t->items[i].partner;
        } else if (nc_token_is(t, i, "{") && t->items[i].partner > token) {
            return i;
        }
    }
    return NC_NO_TOKEN;
}

/* A body follows a parameter list, maybe with qualifiers or annotations in between; so does the block of an if. */
size_t nc_body_around(const struct nc_tokens *t, size_t token)
{
    size_t body = NC_NO_TOKEN;

    for (size_t brace = nc_block_around(t, token); brace != NC_NO_TOKEN; brace = nc_block_around(t, brace)) {
        size_t before = brace;

        while (before > 0 && nc_token_is_word(t, before - 1))
            before--;
        if (before > 0 && nc_token_is(t, before - 1, ")") && !ends_head(t, before - 1))
            body = brace;
    }
    return body;
}
