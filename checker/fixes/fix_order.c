/* Suggestions that move or repeat a statement: only the author knows whether that is what was meant. */
#include <string.h>

#include "fixes/draft.h"
#include "support/arena.h"

static bool has_word(const struct nc_tokens *t, size_t first, size_t last, const char *const *words)
{
    for (size_t i = first; i <= last && i < t->count; i++)
        if (nc_token_is_one_of(t, i, words))
            return true;
    return false;
}

/* nmr-freed-while-registered: the free, moved behind the wait that follows in the same block. */
void nc_fix_free_order(struct nc_draft *d)
{
    static const char *const waits[] = { "NmrWaitForClientDeregisterComplete", "NmrWaitForProviderDeregisterComplete",
                                         "WskDeregister", NULL };
    static const char *const leaves[] = { "return", "goto", "break", "continue", NULL };
    const struct nc_tokens *t = d->t;
    struct nc_statement s;
    size_t at, end, start, behind;
    const char *statement, *line;

    if (!nc_statement_of(t, d->token, &s) || !s.in_block || s.first != d->token)
        return;
    for (at = s.last + 1; at < t->count; at = end + 1) {
        if (nc_token_is(t, at, "}") || (end = nc_statement_end(t, at)) == NC_NO_TOKEN || has_word(t, at, end, leaves))
            return;
        if (has_word(t, at, end, waits))
            break;
    }
    if (at >= t->count)
        return;
    line = nc_draft_whole_line(d, d->text, s.first, s.last, &start, &behind);
    statement = line ? line : nc_draft_source(d, d->text, s.first, s.last);
    if (strchr(statement, '\n'))
        return;
    if (line)
        nc_draft_edit(d, d->text, start, behind, "%s", "");
    else
        nc_draft_edit(d, d->text, t->items[s.first].start, t->items[s.last].start + 1, "%s", "");
    nc_draft_lines_after(d, d->text, s.first, end, statement);
    nc_draft_finish(d, false, "free it after the wait");
}

static const char *const releases[] = { "KeReleaseSpinLock",
                                        "KeReleaseSpinLockFromDpcLevel",
                                        "KeReleaseInStackQueuedSpinLock",
                                        "ExReleaseFastMutex",
                                        "ExReleaseSpinLockExclusive",
                                        "ExReleaseSpinLockShared",
                                        "KeLowerIrql",
                                        "NdisReleaseSpinLock",
                                        "WdfSpinLockRelease",
                                        NULL };

/* The one statement that releases in this function, however often it stands there. */
static bool find_release(const struct nc_tokens *t, size_t body, struct nc_statement *found)
{
    bool any = false;

    for (size_t i = body; i < t->items[body].partner; i++) {
        struct nc_statement s;

        if (!nc_token_is_one_of(t, i, releases))
            continue;
        if (!nc_statement_of(t, i, &s) || s.first != i ||
            (any && !nc_tokens_equal(t, s.first, s.last, found->first, found->last)))
            return false;
        *found = s;
        any = true;
    }
    return any;
}

/* irql-not-restored: the release that other paths make, in front of an early return. A return at the function's end is
 * shared by all paths; there nobody can say. */
void nc_fix_release(struct nc_draft *d)
{
    const struct nc_tokens *t = d->t;
    struct nc_statement s, release;
    size_t body, block;
    const char *call, *leave;

    if (!nc_token_is(t, d->token, "return") || !nc_statement_of(t, d->token, &s) || s.first != d->token)
        return;
    body = nc_body_around(t, d->token);
    block = nc_block_around(t, d->token);
    if (body == NC_NO_TOKEN || (s.in_block && block == body) || !find_release(t, body, &release))
        return;
    /* "case 1:" and labels may be reached from elsewhere. */
    if (s.in_block && nc_token_is(t, s.first - 1, ":"))
        return;
    call = nc_draft_source(d, d->text, release.first, release.last);
    leave = nc_draft_source(d, d->text, s.first, s.last);
    if (strchr(call, '\n'))
        return;
    if (s.in_block) {
        nc_draft_lines_before(d, d->text, s.first, call);
    } else {
        if (strchr(leave, '\n'))
            return;
        nc_draft_edit(d, d->text, t->items[s.first].start, t->items[s.last].start + 1, "{ %s %s }", call, leave);
    }
    nc_draft_finish(d, false, "undo it before this return too: '%s'", call);
}
