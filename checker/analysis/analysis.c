#include "analysis/analysis.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"
#include "report/findings.h"

static void note_gaps(struct engine *e)
{
    if (!e->stat_cut)
        return;
    struct nc_gap_note g = { .what = nc_arena_strdup(e->out->arena, "paths"),
                             .reason = nc_arena_printf(
                                 e->out->arena, "%llu executions were cut short at a limit of states, depth or work",
                                 (unsigned long long)e->stat_cut),
                             .place = { .file = "", .function = "", .macro = "" },
                             .kind = NC_GAP_NOTE };

    nc_findings_gap(e->out, &g);
}

void nc_analyse(const struct nc_module *driver, const struct nc_contracts *contracts,
                const struct nc_analysis_options *options, struct nc_findings *out)
{
    struct engine e = { .m = driver, .contracts = contracts, .options = options, .out = out, .perm = nc_arena_new() };

    e.arena = e.perm;
    e.memory_limit = (size_t)1200 << 20;
    e.big = driver->insts_count > 8000;

    universe_init(&e.u, e.arena, driver);
    kind_index(&e, "nmr_client");
    kind_index(&e, "nmr_provider");
    engine_prepare(&e);
    entries_collect(&e);
    handle_kinds_collect(&e);
    guarded_collect(&e);
    harness_run(&e);
    candidates_flush(&e);
    note_gaps(&e);
    if (options && options->picture)
        picture_draw(&e);
    for (nc_id f = 0; f < driver->functions_count; f++)
        out->stats.functions_analysed +=
            driver->functions[f].block_count && !(driver->functions[f].flags & NC_FN_SYSTEM) && e.fn_seen[f];
    out->stats.states += e.stat_states;
    out->stats.calls += e.stat_calls;
    out->stats.merges += e.stat_merges;
    out->stats.cut_short += e.stat_cut;
    free(e.entries);
    free(e.fills);
    free(e.end_sites);
    free(e.orders);
    free(e.terminated.items);
    free(e.bindings);
    memo_clear(&e);
    free(e.sym_marks);
    free(e.obj_marks);
    universe_free(&e.u);
    nc_arena_free(e.perm);
    nc_findings_sort(out);
}
