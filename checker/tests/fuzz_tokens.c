/* Fuzz target: tokens and statements of source text. Spans lie in the text, partners pair, statements end behind where
 * they begin. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fixes/draft.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_token(const struct nc_tokens *t, size_t i)
{
    const struct nc_token *token = &t->items[i];
    struct nc_statement s;
    struct nc_call call;
    size_t end;

    check(token->length > 0 && token->start + token->length <= t->length);
    check(i == 0 || token->start >= t->items[i - 1].start + t->items[i - 1].length);
    check(token->partner == NC_NO_TOKEN || (token->partner < t->count && t->items[token->partner].partner == i));
    check(nc_token_at(t, token->start) == i);
    if (nc_statement_of(t, i, &s))
        check(s.first <= i && i <= s.last && s.last < t->count);
    end = nc_statement_end(t, i);
    check(end == NC_NO_TOKEN || (end >= i && end < t->count));
    if (nc_call_at(t, i, &call))
        check(call.close < t->count && call.arg_count <= 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    struct nc_tokens t;

    if (!text || size > 4096) { /* what is checked for each token is linear itself */
        free(text);
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    nc_tokens_read(&t, text, size);
    for (size_t i = 0; i < t.count; i++)
        check_token(&t, i);
    nc_tokens_clear(&t);
    free(text);
    return 0;
}
