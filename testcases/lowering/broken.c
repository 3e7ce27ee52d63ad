// Code with errors: what is understood stays, the rest is named.
#include <no_such_header.h>
#include "generated.tmh"

struct S {
    Unknown first;
    int second;
};
int known(int);
int invalid(Unknown u);

int partly(struct S *s)
{
    s->second = known(1);
    s->missing = 2;
    return s->second;
}
// DUMP: function partly : i32(1) @ broken.c:12:5 ends_at 17:1 {
// DUMP: = call known(1)
// DUMP: store s->second = t0
// SAME: store *(unknown:opaque*) = 2

int lost(int a)
{
    known(7);
    a = known(8) + ;
    return a;
}
// DUMP: function lost
// ALSO: errors
// DUMP: call known(7)

/* What is known of an initialiser is kept, and every call. */
void values(struct S *s, void *v)
{
    struct S some = { .second = 5, .missing = known(11) };
    s->missing = known(12);
    if (v->what == known(13))
        known(1, known(14));
    v->call(some.second);
    return v->nothing;
}
// DUMP: function values
// ALSO: {$
// DUMP: store some.second = 5
// DUMP: = call known(11)
// DUMP: t1 = call known(12)
// SAME: store *(unknown:opaque*) = t1
// DUMP: = call known(13)
// DUMP: t4 = call known(14)
// SAME: call known(1, t4)
// DUMP: return

int annotated(_Unknown_annotation_(1) int *p) { return *p + LATER_UNKNOWN; }
// DUMP: function annotated
// SAME: param p : i32*
// DUMP: return (*p + LATER_UNKNOWN)

void traced(void)
{
    DoTraceMessage(FLAG_NOT_THERE, "text %d", 3);
    known(2);
    invalid(4);
}
// DUMP: function traced
// DUMP: call known(2) !void_cast
// SAME: call invalid(4:i64) !void_cast
// NOT: DoTraceMessage
// NOT: gap function "traced"
// DUMP: gap function "lost"
// DUMP: gap header "no_such_header.h"
// SAME: gap note "generated.tmh"
// SAME: gap note "_Unknown_annotation_"
// SAME: gap note "Unknown" "not declared, first used at broken.c:6; taken as an unknown type"
// SAME: gap note "LATER_UNKNOWN"
// SAME: gap note "FLAG_NOT_THERE" "not declared

#pragma alloc_text(PAGE, much_later)
int conflicting(int);
long conflicting(int a) { return a; }
int implicit(void) { return not_declared(1); }
int *converted(void) { return known; }
// DUMP: gap note "" "conflicting types for 'conflicting'"
// NOT: gap function "conflicting"
// NOT: gap function "implicit"
// NOT: gap function "converted"
