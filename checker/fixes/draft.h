/*
 * What the fixers share: the finding at hand, the tokens of its file, and the fix in the making.
 */
#ifndef NC_FIXES_DRAFT_H
#define NC_FIXES_DRAFT_H

#include "fixes/tokens.h"
#include "model/module.h"
#include "report/finding.h"

struct nc_sources;

/* A file whose tokens were read. */
struct nc_text {
    const char *path;
    struct nc_tokens tokens;
};

struct nc_fixer {
    const struct nc_module *m;
    struct nc_sources *sources;
    struct nc_arena *arena;
    struct nc_text **texts;
    size_t text_count;
};

struct nc_draft {
    struct nc_fixer *fixer;
    struct nc_finding *finding;
    const struct nc_text *text; /* of the finding's file */
    const struct nc_tokens *t;  /* its tokens */
    size_t token;               /* the finding's */
    struct nc_fix_edit edits[16];
    size_t edit_count;
    bool failed; /* an edit could not be made */
};

/* NULL when it cannot be read. */
const struct nc_text *nc_fixer_text(struct nc_fixer *f, const char *path);
/* The token at a place of the model; NC_NO_TOKEN when it is not there, or comes out of a macro. */
size_t nc_fixer_token(struct nc_fixer *f, nc_id loc, const struct nc_text **text);
/* The same; for what comes out of a macro, the macro's name where it is used. */
size_t nc_fixer_expanded_token(struct nc_fixer *f, nc_id loc, const struct nc_text **text);

/* Replaces the bytes [start, end) of a file. */
void nc_draft_edit(struct nc_draft *d, const struct nc_text *text, size_t start, size_t end, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* New lines below the statement's last line (behind a comment that ends on it): `lines` is cut at '\n', and each line
 * gets the statement's indentation; a leading '\t' stands for one step more. */
void nc_draft_lines_after(struct nc_draft *d, const struct nc_text *text, size_t first, size_t last, const char *lines);
void nc_draft_lines_before(struct nc_draft *d, const struct nc_text *text, size_t first, const char *lines);
/* The tokens' text with the comment behind it, when nothing else stands on their line: then [*start, *behind) is the
 * line with its end. NULL otherwise. */
const char *nc_draft_whole_line(const struct nc_draft *d, const struct nc_text *text, size_t first, size_t last,
                                size_t *start, size_t *behind);
/* Makes the edits so far a fix of the finding, unless one of them failed, and begins anew. */
void nc_draft_finish(struct nc_draft *d, bool sure, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The source text from one token to another one, in the arena. */
const char *nc_draft_source(const struct nc_draft *d, const struct nc_text *text, size_t first, size_t last);

/* A call as it is written: callee, parentheses, arguments. */
struct nc_call {
    size_t callee, open, close;
    size_t args[8], arg_ends[8]; /* [first, end) */
    size_t arg_count;
};
/* False when the token is no name with parentheses behind it, or has more than 8 arguments. */
bool nc_call_at(const struct nc_tokens *t, size_t callee, struct nc_call *call);
/* Can the tokens be evaluated again, with the same result? Names, members, indices; no call, no side effect. */
bool nc_is_plain_expression(const struct nc_tokens *t, size_t first, size_t end);

/* The instruction of the model at the finding's place, with that operation; NC_NONE: none, or several. */
nc_id nc_draft_instruction(const struct nc_draft *d, enum nc_inst_op op, nc_id *function);

/* One for each kind of fix; each looks whether it applies. */
void nc_fix_wait(struct nc_draft *d);       /* the wait that is missing */
void nc_fix_static(struct nc_draft *d);     /* constant characteristics on the stack */
void nc_fix_sizes(struct nc_draft *d);      /* Length and Size fields */
void nc_fix_pool(struct nc_draft *d);       /* paged pool that must be resident */
void nc_fix_address(struct nc_draft *d);    /* the address of a handle instead of the handle */
void nc_fix_wait_flag(struct nc_draft *d);  /* KeSetEvent(..., TRUE) at DISPATCH_LEVEL */
void nc_fix_free_order(struct nc_draft *d); /* a free that comes before the wait */
void nc_fix_release(struct nc_draft *d);    /* a lock that is held at an early return */

#endif
