/*
 * The rules' pages (rules/pages/<id>.md), embedded at build time. Immutable.
 */
#ifndef NC_REPORT_RULE_PAGES_H
#define NC_REPORT_RULE_PAGES_H

/* The page's Markdown text, or NULL when the rule has no page. */
const char *nc_rule_page(const char *id);

#endif
