/* nmrcheck's own JSON: small and flat, for scripts. {"version": 1, "findings": [...], "gaps": [...]} */
#include <stdlib.h>

#include "report/json_text.h"
#include "report/paths.h"
#include "report/report.h"

static void set_place(const struct nc_report *r, json_t *object, const struct nc_place *place)
{
    char *shown = nc_path_display(place->file, r->cwd);

    json_object_set_new(object, "file", nc_json_string(shown));
    json_object_set_new(object, "line", json_integer(place->line));
    json_object_set_new(object, "column", json_integer(place->col));
    if (*place->function)
        json_object_set_new(object, "function", nc_json_string(place->function));
    if (*place->macro)
        json_object_set_new(object, "macro", nc_json_string(place->macro));
    free(shown);
}

static json_t *fix_object(const struct nc_report *r, const struct nc_fix *fix)
{
    json_t *object = json_object(), *edits = json_array();

    json_object_set_new(object, "title", nc_json_string(fix->title));
    json_object_set_new(object, "sure", json_boolean(fix->sure));
    for (size_t i = 0; i < fix->edit_count; i++) {
        const struct nc_fix_edit *edit = &fix->edits[i];
        json_t *item = json_object();
        char *shown = nc_path_display(edit->file, r->cwd);

        json_object_set_new(item, "file", nc_json_string(shown));
        json_object_set_new(item, "line", json_integer(edit->line));
        json_object_set_new(item, "column", json_integer(edit->col));
        json_object_set_new(item, "end_line", json_integer(edit->end_line));
        json_object_set_new(item, "end_column", json_integer(edit->end_col));
        json_object_set_new(item, "text", nc_json_string(edit->text));
        json_array_append_new(edits, item);
        free(shown);
    }
    json_object_set_new(object, "edits", edits);
    return object;
}

static json_t *finding_object(const struct nc_report *r, const struct nc_result *result)
{
    static const char *const states[] = { "open", "suppressed", "baseline", "untouched" };
    const struct nc_finding *finding = result->finding;
    json_t *object = json_object(), *path = json_array(), *fixes = json_array();

    json_object_set_new(object, "rule", json_string(finding->rule));
    json_object_set_new(object, "severity", json_string(nc_severity_name(finding->severity)));
    set_place(r, object, &finding->place);
    json_object_set_new(object, "message", nc_json_string(finding->message));
    json_object_set_new(object, "fingerprint", json_string(result->fingerprint));
    json_object_set_new(object, "state", json_string(states[result->state]));
    if (result->justification)
        json_object_set_new(object, "justification", nc_json_string(result->justification));
    for (size_t i = 0; i < finding->step_count; i++) {
        json_t *step = json_object();

        set_place(r, step, &finding->steps[i].place);
        json_object_set_new(step, "text", nc_json_string(finding->steps[i].text));
        json_array_append_new(path, step);
    }
    json_object_set_new(object, "path", path);
    for (size_t i = 0; i < finding->fix_count; i++)
        json_array_append_new(fixes, fix_object(r, &finding->fixes[i]));
    json_object_set_new(object, "fixes", fixes);
    return object;
}

static json_t *gap_object(const struct nc_report *r, const struct nc_gap_note *gap)
{
    json_t *object = json_object();

    set_place(r, object, &gap->place);
    json_object_set_new(object, "what", nc_json_string(gap->what));
    json_object_set_new(object, "reason", nc_json_string(gap->reason));
    return object;
}

void nc_report_json(const struct nc_report *r, FILE *out)
{
    json_t *document = json_object(), *findings = json_array(), *gaps = json_array();

    json_object_set_new(document, "version", json_integer(1));
    json_object_set_new(document, "tool", json_sprintf("nmrcheck %s", nc_version()));
    json_object_set_new(document, "failed", json_boolean(r->failed));
    for (size_t i = 0; i < r->count; i++)
        json_array_append_new(findings, finding_object(r, &r->results[i]));
    json_object_set_new(document, "findings", findings);
    for (size_t i = 0; i < r->findings->gap_count; i++)
        json_array_append_new(gaps, gap_object(r, &r->findings->gaps[i]));
    json_object_set_new(document, "gaps", gaps);
    json_dumpf(document, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(document);
}
