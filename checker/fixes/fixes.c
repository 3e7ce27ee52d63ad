#include "fixes/fixes.h"

#include <stdlib.h>
#include <string.h>

#include "fixes/draft.h"
#include "report/findings.h"
#include "report/sources.h"

static const struct {
    const char *rule;
    void (*fix)(struct nc_draft *d);
} fixers[] = {
    { "nmr-missing-wait", nc_fix_wait },
    { "nmr-stack-characteristics", nc_fix_static },
    { "nmr-stack-registration-data", nc_fix_static },
    { "nmr-stack-binding-context", nc_fix_static },
    { "nmr-bad-characteristics", nc_fix_sizes },
    { "nmr-nonresident-memory", nc_fix_pool },
    { "nmr-wrong-handle", nc_fix_address },
    { "irql-too-high", nc_fix_wait_flag },
    { "nmr-freed-while-registered", nc_fix_free_order },
    { "irql-not-restored", nc_fix_release },
};

/* A macro may stand for something else elsewhere, and its text is not where the finding is. */
static void fix_finding(struct nc_fixer *f, struct nc_finding *finding)
{
    struct nc_draft d = { .fixer = f, .finding = finding };

    for (size_t i = 0; i < sizeof fixers / sizeof *fixers; i++) {
        const char *line;
        size_t length;

        if (strcmp(finding->rule, fixers[i].rule) != 0)
            continue;
        if (!d.text) {
            if (finding->place.macro && *finding->place.macro)
                return;
            d.text = nc_fixer_text(f, finding->place.file);
            line = d.text ? nc_sources_line(f->sources, finding->place.file, finding->place.line, &length) : NULL;
            if (!line || finding->place.col == 0 || finding->place.col - 1 > length)
                return;
            d.t = &d.text->tokens;
            d.token = nc_token_at(d.t, (size_t)(line - d.t->text) + finding->place.col - 1);
            if (d.token == NC_NO_TOKEN)
                return;
        }
        fixers[i].fix(&d);
        d.edit_count = 0;
        d.failed = false;
    }
}

void nc_fixes_find(const struct nc_module *driver, struct nc_sources *sources, struct nc_findings *findings)
{
    struct nc_fixer f = { .m = driver, .sources = sources, .arena = findings->arena };

    for (size_t i = 0; i < findings->count; i++)
        fix_finding(&f, &findings->items[i]);
    for (size_t i = 0; i < f.text_count; i++) {
        nc_tokens_clear(&f.texts[i]->tokens);
        free(f.texts[i]);
    }
    free(f.texts);
}
