/*
 * nmr-missing-wait: the wait right behind the deregister call, with the same handle, where the status says that there
 * is something to wait for.
 */
#include <string.h>

#include "fixes/draft.h"
#include "support/arena.h"

static const struct {
    const char *deregister, *wait;
} pairs[] = {
    { "NmrDeregisterClient", "NmrWaitForClientDeregisterComplete" },
    { "NmrDeregisterProvider", "NmrWaitForProviderDeregisterComplete" },
};

/* Somewhere in the function the handle is waited for: then the path that does not is what has to change. */
static bool waits_elsewhere(const struct nc_tokens *t, const struct nc_call *call, const char *wait)
{
    size_t body = nc_body_around(t, call->callee);

    if (body == NC_NO_TOKEN)
        return true;
    for (size_t i = body; i < t->items[body].partner; i++) {
        struct nc_call other;

        if (nc_token_is(t, i, wait) && nc_call_at(t, i, &other) && other.arg_count == 1 &&
            nc_tokens_equal(t, other.args[0], other.arg_ends[0], call->args[0], call->arg_ends[0]))
            return true;
    }
    return false;
}

/* The wait blocks, so it has no place in what runs at DISPATCH_LEVEL. The path says where that is. */
static bool runs_at_dispatch(const struct nc_finding *finding)
{
    for (size_t i = 0; i < finding->step_count; i++)
        if (strstr(finding->steps[i].text, "DISPATCH_LEVEL"))
            return true;
    return false;
}

/* deregister(h);  (void)deregister(h);  ->  if (deregister(h) == STATUS_PENDING) wait(h); */
static bool alone(struct nc_draft *d, const struct nc_call *call, const struct nc_statement *s, const char *lines)
{
    const struct nc_tokens *t = d->t;
    bool cast = s->first + 3 == call->callee && nc_token_is(t, s->first, "(") && nc_token_is(t, s->first + 1, "void") &&
                nc_token_is(t, s->first + 2, ")");

    if ((s->first != call->callee && !cast) || s->last != call->close + 1)
        return false;
    if (!s->in_block && nc_token_is(t, s->last + 1, "else"))
        return false; /* it would belong to another if */
    nc_draft_edit(d, d->text, t->items[s->first].start, t->items[call->callee].start, "if (");
    nc_draft_edit(d, d->text, t->items[call->close].start + 1, t->items[s->last].start + 1, " == STATUS_PENDING)");
    nc_draft_lines_after(d, d->text, s->first, s->last, lines);
    return true;
}

/* status = deregister(h);  NTSTATUS status = deregister(h); */
static bool assigned(struct nc_draft *d, const struct nc_call *call, const struct nc_statement *s, const char *wait)
{
    const struct nc_tokens *t = d->t;
    size_t equals = call->callee - 1, first = s->first;
    const char *lines;

    if (!s->in_block || call->callee <= s->first + 1 || !nc_token_is(t, equals, "=") || s->last != call->close + 1)
        return false;
    /* A declaration: of one variable, whose name stands in front of the '='. */
    if (nc_token_is_word(t, first) && (nc_token_is_word(t, first + 1) || nc_token_is(t, first + 1, "*"))) {
        for (size_t i = first; i < equals; i++)
            if (!nc_token_is_word(t, i))
                return false;
        first = equals - 1;
    }
    if (!nc_is_plain_expression(t, first, equals))
        return false;
    lines = nc_arena_printf(d->fixer->arena, "if (%s == STATUS_PENDING)\n\t%s",
                            nc_draft_source(d, d->text, first, equals - 1), wait);
    nc_draft_lines_after(d, d->text, s->first, s->last, lines);
    return true;
}

/* if (deregister(h) == STATUS_PENDING) { */
static bool tested(struct nc_draft *d, const struct nc_call *call, const char *wait)
{
    const struct nc_tokens *t = d->t;
    size_t open = call->callee - 1, brace = call->close + 4;

    if (call->callee < 2 || !nc_token_is(t, open, "(") || !nc_token_is(t, open - 1, "if") ||
        !nc_token_is(t, call->close + 1, "==") || !nc_token_is(t, call->close + 2, "STATUS_PENDING") ||
        t->items[open].partner != call->close + 3 || !nc_token_is(t, brace, "{"))
        return false;
    nc_draft_lines_after(d, d->text, open - 1, brace, nc_arena_printf(d->fixer->arena, "\t%s", wait));
    return true;
}

void nc_fix_wait(struct nc_draft *d)
{
    const char *function = NULL, *wait, *lines;
    struct nc_statement s;
    struct nc_call call;
    bool done;

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (nc_token_is(d->t, d->token, pairs[i].deregister))
            function = pairs[i].wait;
    if (!function || !nc_call_at(d->t, d->token, &call) || call.arg_count != 1 ||
        !nc_is_plain_expression(d->t, call.args[0], call.arg_ends[0]) || waits_elsewhere(d->t, &call, function) ||
        runs_at_dispatch(d->finding))
        return;
    wait = nc_arena_printf(d->fixer->arena, "%s(%s);", function,
                           nc_draft_source(d, d->text, call.args[0], call.arg_ends[0] - 1));
    lines = nc_arena_printf(d->fixer->arena, "\t%s", wait);
    if (nc_statement_of(d->t, d->token, &s))
        done = alone(d, &call, &s, lines) || assigned(d, &call, &s, wait);
    else
        done = tested(d, &call, wait);
    if (done)
        nc_draft_finish(d, true, "call '%s' when the deregistration is pending", function);
}
