/*
 * The driver (or drivers) that the language server watches: its sources, each lowered when it has changed, and the
 * findings of the last analysis. Work is done in small steps, so that messages are answered in between.
 */
#ifndef NC_TOOL_LSP_WORKSPACE_H
#define NC_TOOL_LSP_WORKSPACE_H

#include <stdbool.h>
#include <stddef.h>

#include "report/report.h"
#include "tool/inputs.h"
#include "tool/lsp_documents.h"

struct nc_contracts;
struct nc_module;
struct nc_options;

struct nc_workspace {
    const struct nc_options *options; /* borrowed */
    const struct nc_contracts *contracts;
    struct nc_documents documents;
    struct nc_inputs inputs;
    struct nc_module **modules; /* of each input; NULL: not read yet, or unreadable */
    bool *dirty;
    size_t dirty_count;
    bool analysed; /* the report is of what the modules say now */
    unsigned generation;
    struct nc_findings **sets, *all;
    size_t set_count;
    struct nc_sources *sources;
    struct nc_report *report; /* of the last analysis, or NULL */
    struct nc_suppressions *suppressions;
};

void nc_workspace_init(struct nc_workspace *w, const struct nc_options *options, const struct nc_contracts *contracts);
/* Adds what lies below a folder: what its compile_commands.json names, else its sources. */
void nc_workspace_add_folder(struct nc_workspace *w, const char *folder);
/* The file's text may have changed, in the editor or on disk: it, or what includes it, is to be read again. A source
 * that is not known yet is added. */
void nc_workspace_touch(struct nc_workspace *w, const char *path);
/* Reads a few of the changed units. Analyses when none is left. False when there was nothing to do. */
bool nc_workspace_step(struct nc_workspace *w);
void nc_workspace_clear(struct nc_workspace *w);

#endif
