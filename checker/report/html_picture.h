/*
 * The part of the HTML page that shows the driver: each registration's life from left to right, and the entries over
 * the IRQLs that they run at.
 */
#ifndef NC_REPORT_HTML_PICTURE_H
#define NC_REPORT_HTML_PICTURE_H

#include <stdio.h>

struct nc_report;

/* Nothing for a report without pictures. */
void nc_html_pictures(const struct nc_report *r, FILE *out);

#endif
