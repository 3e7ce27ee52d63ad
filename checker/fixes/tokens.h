/*
 * Tokens of a C or C++ file as it is written: what a fix looks at to know where a call, a statement or an initialiser
 * begins and ends. No preprocessor: a directive is one token, macros are words.
 */
#ifndef NC_FIXES_TOKENS_H
#define NC_FIXES_TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum nc_token_kind { NC_TOKEN_WORD, NC_TOKEN_NUMBER, NC_TOKEN_TEXT, NC_TOKEN_PUNCT, NC_TOKEN_DIRECTIVE };

#define NC_NO_TOKEN SIZE_MAX

struct nc_token {
    size_t start, length;
    size_t partner; /* of a bracket: the other one; else, and when there is none, NC_NO_TOKEN */
    enum nc_token_kind kind;
};

struct nc_tokens {
    const char *text; /* borrowed */
    size_t length;
    struct nc_token *items;
    size_t count, capacity;
};

/* Comments are left out. Punctuation is one character, except == != -> :: && || ++ -- and assignments such as +=. */
void nc_tokens_read(struct nc_tokens *t, const char *text, size_t length);
void nc_tokens_clear(struct nc_tokens *t);

/* The token that begins at that byte, or NC_NO_TOKEN. */
size_t nc_token_at(const struct nc_tokens *t, size_t offset);
/* False for NC_NO_TOKEN. */
bool nc_token_is(const struct nc_tokens *t, size_t i, const char *text);
bool nc_token_is_one_of(const struct nc_tokens *t, size_t i, const char *const *texts);
bool nc_token_is_word(const struct nc_tokens *t, size_t i);
/* Do both spans have the same tokens? */
bool nc_tokens_equal(const struct nc_tokens *t, size_t a, size_t a_end, size_t b, size_t b_end);

/*
 * A statement that ends in ';', of which `token` is a part (at any depth of parentheses).
 */
struct nc_statement {
    size_t first, last; /* last: the ';' */
    bool in_block; /* other statements may stand before and after it; false: it is the body of an if, else or loop */
};

/* False for what is no such statement: conditions, initialisers, file scope, statements with a directive in them. */
bool nc_statement_of(const struct nc_tokens *t, size_t token, struct nc_statement *s);
/* The last token of the statement (of any kind) that begins at `first`; NC_NO_TOKEN when it is not understood. */
size_t nc_statement_end(const struct nc_tokens *t, size_t first);
/* The innermost '{' of a block around the token; NC_NO_TOKEN: none. */
size_t nc_block_around(const struct nc_tokens *t, size_t token);
/* The '{' of the function's body around the token; NC_NO_TOKEN: none. */
size_t nc_body_around(const struct nc_tokens *t, size_t token);

#endif
