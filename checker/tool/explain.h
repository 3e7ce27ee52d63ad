/*
 * --explain and --list-rules.
 */
#ifndef NC_TOOL_EXPLAIN_H
#define NC_TOOL_EXPLAIN_H

/* Prints the rule's page. The exit code: 0, or 2 when there is no such rule. */
int nc_explain(const char *rule);
int nc_list_rules(void);

#endif
