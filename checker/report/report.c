#include "report/report.h"

#include <stdlib.h>
#include <string.h>

#include "report/findings.h"
#include "report/fingerprint.h"
#include "report/paths.h"
#include "report/picture.h"
#include "support/arena.h"

#ifndef NMRCHECK_VERSION
#define NMRCHECK_VERSION "0.0.0"
#endif

const char *nc_version(void) { return NMRCHECK_VERSION; }

static const struct {
    const char *name;
    nc_reporter_fn *function;
} reporters[] = {
    { "text", nc_report_text },     { "sarif", nc_report_sarif }, { "json", nc_report_json },
    { "github", nc_report_github }, { "msvc", nc_report_msvc },   { "junit", nc_report_junit },
    { "html", nc_report_html },
};

const char *const nc_reporter_names = "text, sarif, json, github, msvc, junit, html";

nc_reporter_fn *nc_reporter_find(const char *format)
{
    for (size_t i = 0; i < sizeof reporters / sizeof *reporters; i++)
        if (strcmp(reporters[i].name, format) == 0)
            return reporters[i].function;
    return NULL;
}

const char *nc_severity_name(enum nc_severity severity)
{
    switch (severity) {
    case NC_SEV_ERROR:
        return "error";
    case NC_SEV_WARNING:
        return "warning";
    case NC_SEV_NOTE:
        break;
    }
    return "note";
}

static void clean_place(struct nc_arena *arena, const char *cwd, struct nc_place *place)
{
    char *absolute;

    if (!place->function)
        place->function = "";
    if (!place->macro)
        place->macro = "";
    if (!place->file)
        place->file = "";
    if (nc_path_is_virtual(place->file))
        return;
    absolute = nc_path_absolute(place->file, cwd);
    if (strcmp(absolute, place->file) != 0)
        place->file = nc_arena_strdup(arena, absolute);
    free(absolute);
}

static void clean_picture(struct nc_arena *arena, const char *cwd, struct nc_picture *p)
{
    for (size_t i = 0; i < p->registration_count; i++)
        for (size_t stage = 0; stage < NC_STAGE_COUNT; stage++)
            for (size_t j = 0; j < p->registrations[i].event_counts[stage]; j++)
                clean_place(arena, cwd, &p->registrations[i].events[stage][j].place);
    for (size_t i = 0; i < p->entry_count; i++) {
        clean_place(arena, cwd, &p->entries[i].place);
        for (size_t j = 0; j < p->entries[i].call_count; j++)
            clean_place(arena, cwd, &p->entries[i].calls[j].place);
    }
}

static void clean_paths(struct nc_findings *set, const char *cwd)
{
    for (size_t i = 0; i < set->count; i++) {
        struct nc_finding *finding = &set->items[i];

        clean_place(set->arena, cwd, &finding->place);
        for (size_t j = 0; j < finding->step_count; j++)
            clean_place(set->arena, cwd, &finding->steps[j].place);
        for (size_t j = 0; j < finding->fix_count; j++)
            for (size_t k = 0; k < finding->fixes[j].edit_count; k++) {
                struct nc_fix_edit *edit = &finding->fixes[j].edits[k];
                struct nc_place place = { .file = edit->file };

                clean_place(set->arena, cwd, &place);
                edit->file = place.file;
            }
    }
    for (size_t i = 0; i < set->gap_count; i++)
        clean_place(set->arena, cwd, &set->gaps[i].place);
    for (size_t i = 0; i < set->picture_count; i++)
        clean_picture(set->arena, cwd, set->pictures[i]);
}

struct nc_report *nc_report_new(struct nc_findings *findings, struct nc_sources *sources)
{
    struct nc_report *r = nc_xmalloc(sizeof *r);
    char *root;

    *r = (struct nc_report){ .findings = findings, .sources = sources };
    r->cwd = nc_path_cwd();
    root = nc_path_find_up(r->cwd, ".git");
    r->root = root ? root : nc_path_absolute(".", r->cwd);
    clean_paths(findings, r->cwd);
    nc_findings_sort_dedup(findings);
    r->count = r->open_count = findings->count;
    r->results = nc_xmalloc((r->count + 1) * sizeof *r->results);
    for (size_t i = 0; i < r->count; i++)
        r->results[i] = (struct nc_result){ .finding = &findings->items[i] };
    nc_fingerprints(r);
    return r;
}

void nc_report_free(struct nc_report *r)
{
    if (!r)
        return;
    free(r->results);
    free(r->cwd);
    free(r->root);
    free(r);
}

void nc_report_recount(struct nc_report *r)
{
    r->open_count = 0;
    for (size_t i = 0; i < r->count; i++)
        r->open_count += r->results[i].state == NC_RESULT_OPEN;
}
