#include "tool/losses.h"

#include <inttypes.h>
#include <stdio.h>

#include "model/module.h"

static void print_gap(const struct nc_module *m, const struct nc_gap *gap)
{
    static const char *const kinds[] = { "not analysed", "header not found", "not understood", "note" };
    const char *what = nc_string(m, gap->what), *reason = nc_string(m, gap->reason);

    fputs("  ", stderr);
    if (gap->loc != NC_NONE && m->locs[gap->loc].file != NC_NONE) {
        const struct nc_loc *loc = &m->locs[gap->loc];

        fprintf(stderr, "%s:%" PRIu32 ":%" PRIu32 ": ", nc_string(m, m->files[loc->file].path), loc->line, loc->col);
    }
    fprintf(stderr, "%s: %s%s%s\n", kinds[gap->kind < 4 ? gap->kind : 3], what, *what && *reason ? ": " : "", reason);
}

void nc_print_losses(const struct nc_module *m)
{
    uint32_t functions = 0, lost = 0;

    for (uint32_t i = 0; i < m->functions_count; i++) {
        const struct nc_function *f = &m->functions[i];

        if (f->block_count == 0 || (f->flags & NC_FN_SYSTEM))
            continue;
        functions++;
        lost += (f->flags & NC_FN_HAS_ERRORS) != 0;
    }
    fprintf(stderr, "functions              %" PRIu32 "\n", functions);
    fprintf(stderr, "not wholly understood  %" PRIu32 "\n", lost);
    fprintf(stderr, "not analysed           %" PRIu32 "%s\n", m->gaps_count, m->gaps_count ? ":" : "");
    for (uint32_t i = 0; i < m->gaps_count; i++)
        print_gap(m, &m->gaps[i]);
}
