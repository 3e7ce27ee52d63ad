/*
 * Fingerprints: what tells a finding from another one across versions of the code. A hash over the rule, the function,
 * the text of the finding's line without its white space, and, where several findings share all of these, their
 * number. Neither the line's number nor the file's name is in it: code may move.
 */
#ifndef NC_REPORT_FINGERPRINT_H
#define NC_REPORT_FINGERPRINT_H

struct nc_report;

void nc_fingerprints(struct nc_report *r);

#endif
