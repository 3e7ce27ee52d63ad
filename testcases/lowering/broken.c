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
// DUMP: function partly
// DUMP: errors
// DUMP: = call known(1)
// DUMP: store s->second = t0

void traced(void)
{
    DoTraceMessage(FLAG_NOT_THERE, "text %d", 3);
    known(2);
    invalid(4);
}
// DUMP: function traced
// DUMP: call known(2) !void_cast
// SAME: call invalid(4) !void_cast
// NOT: DoTraceMessage
// NOT: gap function "traced"
// DUMP: gap function "partly"
// DUMP: gap header "no_such_header.h"
// DUMP: gap note "generated.tmh"
// DUMP: gap error "" "unknown type name 'Unknown'"

#pragma alloc_text(PAGE, much_later)
int conflicting(int);
long conflicting(int a) { return a; }
int implicit(void) { return not_declared(1); }
int *converted(void) { return known; }
// DUMP: gap note "" "use of undeclared much_later"
// DUMP: gap note "" "conflicting types for 'conflicting'"
// NOT: gap function "implicit"
// NOT: gap function "converted"
