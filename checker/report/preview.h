/*
 * A fix as lines that go and lines that come.
 */
#ifndef NC_REPORT_PREVIEW_H
#define NC_REPORT_PREVIEW_H

#include <stddef.h>
#include <stdint.h>

struct nc_fix;
struct nc_report;

/* sign: '-', or ' ' for a neighbour of lines that only come, with the line's number; '+' with 0. The text is not
 * terminated. */
typedef void nc_preview_fn(void *user, char sign, const char *file, uint32_t line, const char *text, size_t length);

/* Calls f for each line that the fix changes, in the files' order. Nothing for edits that fit no file. */
void nc_fix_preview(const struct nc_report *r, const struct nc_fix *fix, nc_preview_fn *f, void *user);

#endif
