/*
 * The language server, `nmrcheck lsp`: LSP 3.17 on stdin and stdout.
 */
#ifndef NC_TOOL_LSP_H
#define NC_TOOL_LSP_H

struct nc_options;

/* Serves until the client says exit. The exit code that LSP asks for: 0 after a shutdown request, else 1. */
int nc_run_lsp(struct nc_options *options);

#endif
