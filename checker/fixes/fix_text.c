/* Fixes of a word or two inside a call. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixes/draft.h"

/* nmr-wrong-handle: deregister(&handle). */
void nc_fix_address(struct nc_draft *d)
{
    const struct nc_tokens *t = d->t;
    struct nc_call call;
    size_t at;

    if (!nc_call_at(t, d->token, &call) || call.arg_count != 1)
        return;
    at = call.args[0];
    if (nc_token_is(t, at, "(") && nc_token_is(t, at + 1, "HANDLE") && nc_token_is(t, at + 2, ")"))
        at += 3;
    if (!nc_token_is(t, at, "&") || !nc_is_plain_expression(t, at + 1, call.arg_ends[0]))
        return;
    nc_draft_edit(d, d->text, t->items[at].start, t->items[at + 1].start, "%s", "");
    nc_draft_finish(d, true, "pass the handle, not its address");
}

/* Wait == TRUE promises a wait at once, which cannot be at DISPATCH_LEVEL; FALSE does the same otherwise. */
void nc_fix_wait_flag(struct nc_draft *d)
{
    static const char *const functions[] = { "KeSetEvent", "KePulseEvent", "KeReleaseMutex", "KeReleaseSemaphore",
                                             NULL };
    const struct nc_tokens *t = d->t;
    struct nc_call call;
    size_t last;

    if (!nc_token_is_one_of(t, d->token, functions) || !nc_call_at(t, d->token, &call) || call.arg_count < 2)
        return;
    last = call.args[call.arg_count - 1];
    if (call.arg_ends[call.arg_count - 1] != last + 1 || !nc_token_is(t, last, "TRUE"))
        return;
    nc_draft_edit(d, d->text, t->items[last].start, t->items[last].start + t->items[last].length, "FALSE");
    nc_draft_finish(d, true, "pass FALSE for Wait: at this IRQL nothing can wait");
}

/* "(allocated at FILE:LINE)" in the message: the allocation on that line, when there is one such file. */
static size_t find_allocation(struct nc_draft *d, const struct nc_text **text)
{
    static const char start[] = "(allocated at ";
    const struct nc_module *m = d->fixer->m;
    const char *name = strstr(d->finding->message, start), *colon, *end;
    size_t found = NC_NO_TOKEN;
    unsigned long line;

    if (!name || strstr(name + 1, start) || !(end = strchr(name, ')')))
        return NC_NO_TOKEN;
    name += sizeof start - 1;
    for (colon = end; colon > name && *colon != ':'; colon--)
        ;
    line = strtoul(colon + 1, NULL, 10);
    for (nc_id i = 0; i < m->insts_count; i++) {
        const struct nc_loc *l =
            m->insts[i].op == NC_IN_CALL && m->insts[i].loc != NC_NONE ? &m->locs[m->insts[i].loc] : NULL;
        const struct nc_text *its;
        const char *path;
        size_t n, token;

        if (!l || l->line != line || l->file == NC_NONE)
            continue;
        path = nc_string(m, m->files[l->file].path);
        n = strlen(path);
        if (n < (size_t)(colon - name) || strncmp(path + n - (colon - name), name, (size_t)(colon - name)) != 0 ||
            (n > (size_t)(colon - name) && path[n - (size_t)(colon - name) - 1] != '/'))
            continue;
        token = nc_fixer_token(d->fixer, m->insts[i].loc, &its);
        if (token == NC_NO_TOKEN ||
            strncmp(its->tokens.text + its->tokens.items[token].start, "ExAllocatePool", 14) != 0)
            continue;
        if (found != NC_NO_TOKEN && (found != token || *text != its))
            return NC_NO_TOKEN;
        found = token;
        *text = its;
    }
    return found;
}

/* nmr-nonresident-memory: PagedPool -> NonPagedPoolNx, POOL_FLAG_PAGED -> POOL_FLAG_NON_PAGED. */
void nc_fix_pool(struct nc_draft *d)
{
    static const struct {
        const char *paged, *resident;
    } pools[] = { { "PagedPool", "NonPagedPoolNx" }, { "POOL_FLAG_PAGED", "POOL_FLAG_NON_PAGED" } };
    const struct nc_text *text = NULL;
    size_t token = find_allocation(d, &text), edits = 0;
    struct nc_call call;
    const char *resident = "";

    if (token == NC_NO_TOKEN || !nc_call_at(&text->tokens, token, &call) || call.arg_count == 0)
        return;
    for (size_t i = call.args[0]; i < call.arg_ends[0]; i++)
        for (size_t j = 0; j < sizeof pools / sizeof *pools; j++)
            if (nc_token_is(&text->tokens, i, pools[j].paged)) {
                const struct nc_token *word = &text->tokens.items[i];

                resident = pools[j].resident;
                nc_draft_edit(d, text, word->start, word->start + word->length, "%s", resident);
                edits++;
            }
    if (edits == 1)
        nc_draft_finish(d, true, "allocate it with %s", resident);
}
