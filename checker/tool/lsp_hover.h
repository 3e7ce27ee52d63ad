/*
 * What the editor shows over a name: the contract of an API function, or the IRQL at which a callback type runs.
 */
#ifndef NC_TOOL_LSP_HOVER_H
#define NC_TOOL_LSP_HOVER_H

struct nc_contracts;

/* Markdown (to free), or NULL when nothing is known of the word. */
char *nc_hover_text(const struct nc_contracts *contracts, const char *word);

#endif
