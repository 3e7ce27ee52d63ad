/*
 * Fixes: what would mend a finding, as edits of the source text. A pass after the analysis, over its findings, the
 * driver's model and the text of the files. A fix is sure when it is what the rule's page asks for, cannot break the
 * build, and needs no knowledge of what the author meant; anything else is a suggestion, or is not there.
 */
#ifndef NC_FIXES_FIXES_H
#define NC_FIXES_FIXES_H

struct nc_findings;
struct nc_module;
struct nc_sources;

/* Sets the fixes of the findings (in their arena). Places must still name the files as the driver's model does. */
void nc_fixes_find(const struct nc_module *driver, struct nc_sources *sources, struct nc_findings *findings);

#endif
