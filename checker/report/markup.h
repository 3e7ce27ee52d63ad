/*
 * Text inside XML and HTML: escaped, and without the control characters and broken UTF-8 that XML forbids.
 */
#ifndef NC_REPORT_MARKUP_H
#define NC_REPORT_MARKUP_H

#include <stddef.h>
#include <stdio.h>

void nc_markup_text(const char *text, FILE *out);
void nc_markup_text_n(const char *text, size_t length, FILE *out);

#endif
