/*
 * Findings as LSP diagnostics and code actions.
 */
#ifndef NC_TOOL_LSP_DIAGNOSTICS_H
#define NC_TOOL_LSP_DIAGNOSTICS_H

#include <jansson.h>

#include "support/strlist.h"
#include "tool/lsp_workspace.h"

/* The diagnostics of one file (absolute path): a new array, empty when it has none or nothing is analysed yet. */
json_t *nc_lsp_diagnostics(const struct nc_workspace *w, const char *path);
/* The files that have open findings, sorted. */
void nc_lsp_files_with_findings(const struct nc_workspace *w, struct nc_strlist *files);
/* The URI that the client uses for a file, or ours (to free). */
char *nc_lsp_uri(const struct nc_workspace *w, const char *path);
/* The code actions for findings of a file on the lines [first, last] (from 0). */
json_t *nc_lsp_code_actions(const struct nc_workspace *w, const char *path, size_t first, size_t last);

#endif
