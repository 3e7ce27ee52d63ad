#include "tool/lsp_diagnostics.h"

#include <stdlib.h>
#include <string.h>

#include "report/json_text.h"
#include "report/paths.h"
#include "report/sources.h"

char *nc_lsp_uri(const struct nc_workspace *w, const char *path)
{
    for (size_t i = 0; i < w->documents.count; i++)
        if (strcmp(w->documents.items[i].path, path) == 0)
            return nc_strcopy(w->documents.items[i].uri);
    return nc_path_uri(path);
}

/* Byte positions from 1 become UTF-16 positions from 0. */
static json_t *position(const struct nc_workspace *w, const char *path, uint32_t line, uint32_t col)
{
    size_t length;
    const char *text = nc_sources_line(w->sources, path, line, &length);
    uint32_t character = text ? nc_source_utf16_col(text, length, col) - 1 : col > 0 ? col - 1 : 0;

    return json_pack("{s:i, s:i}", "line", line > 0 ? (int)line - 1 : 0, "character", (int)character);
}

static json_t *range_of(const struct nc_workspace *w, const struct nc_place *place)
{
    size_t length, token = 0;
    const char *text = nc_sources_line(w->sources, place->file, place->line, &length);
    uint32_t col = place->col > 0 ? place->col : 1;

    if (text)
        token = nc_source_token_length(text, length, col);
    return json_pack("{s:o, s:o}", "start", position(w, place->file, place->line, col), "end",
                     position(w, place->file, place->line, col + (uint32_t)token));
}

static json_t *location_of(const struct nc_workspace *w, const struct nc_place *place)
{
    char *uri = nc_lsp_uri(w, place->file);
    json_t *location = json_pack("{s:s, s:o}", "uri", uri, "range", range_of(w, place));

    free(uri);
    return location;
}

static json_t *diagnostic(const struct nc_workspace *w, const struct nc_result *result)
{
    const struct nc_finding *finding = result->finding;
    json_t *object = json_object(), *related = json_array();

    json_object_set_new(object, "range", range_of(w, &finding->place));
    json_object_set_new(object, "severity", json_integer((json_int_t)finding->severity + 1));
    json_object_set_new(object, "code", json_string(finding->rule));
    json_object_set_new(object, "source", json_string("nmrcheck"));
    json_object_set_new(object, "message", nc_json_string(finding->message));
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct nc_step *step = &finding->steps[i];
        json_t *item;

        if (nc_path_is_virtual(step->place.file))
            continue;
        item = json_object();
        json_object_set_new(item, "location", location_of(w, &step->place));
        json_object_set_new(item, "message", nc_json_string(step->text));
        json_array_append_new(related, item);
    }
    json_object_set_new(object, "relatedInformation", related);
    json_object_set_new(object, "data", json_pack("{s:s}", "fingerprint", result->fingerprint));
    return object;
}

static bool shows(const struct nc_result *result, const char *path)
{
    return result->state == NC_RESULT_OPEN && strcmp(result->finding->place.file, path) == 0;
}

json_t *nc_lsp_diagnostics(const struct nc_workspace *w, const char *path)
{
    json_t *list = json_array();

    for (size_t i = 0; w->report && i < w->report->count; i++)
        if (shows(&w->report->results[i], path))
            json_array_append_new(list, diagnostic(w, &w->report->results[i]));
    return list;
}

void nc_lsp_files_with_findings(const struct nc_workspace *w, struct nc_strlist *files)
{
    for (size_t i = 0; w->report && i < w->report->count; i++) {
        const char *file = w->report->results[i].finding->place.file;

        if (w->report->results[i].state == NC_RESULT_OPEN && !nc_path_is_virtual(file))
            nc_strlist_add(files, file);
    }
    nc_strlist_sort(files);
}

static json_t *action(const struct nc_workspace *w, const struct nc_result *result, const char *title, json_t *changes,
                      bool preferred)
{
    json_t *object = json_object(), *diagnostics = json_array();

    json_array_append_new(diagnostics, diagnostic(w, result));
    json_object_set_new(object, "title", nc_json_string(title));
    json_object_set_new(object, "kind", json_string("quickfix"));
    json_object_set_new(object, "diagnostics", diagnostics);
    if (preferred)
        json_object_set_new(object, "isPreferred", json_true());
    json_object_set_new(object, "edit", json_pack("{s:o}", "changes", changes));
    return object;
}

static void add_edit(json_t *changes, const char *uri, json_t *start, json_t *end, const char *text)
{
    json_t *edits = json_object_get(changes, uri), *edit;

    if (!edits) {
        edits = json_array();
        json_object_set_new(changes, uri, edits);
    }
    edit = json_pack("{s:{s:o, s:o}}", "range", "start", start, "end", end);
    json_object_set_new(edit, "newText", nc_json_string(text));
    json_array_append_new(edits, edit);
}

static json_t *fix_changes(const struct nc_workspace *w, const struct nc_fix *fix)
{
    json_t *changes = json_object();

    for (size_t i = 0; i < fix->edit_count; i++) {
        const struct nc_fix_edit *edit = &fix->edits[i];
        char *uri = nc_lsp_uri(w, edit->file);

        add_edit(changes, uri, position(w, edit->file, edit->line, edit->col),
                 position(w, edit->file, edit->end_line, edit->end_col), edit->text);
        free(uri);
    }
    return changes;
}

/* A comment above the line; its reason is left to the author, and without one it has no effect. */
static json_t *allow_changes(const struct nc_workspace *w, const struct nc_finding *finding)
{
    json_t *changes = json_object();
    char *uri = nc_lsp_uri(w, finding->place.file), *text;
    size_t length, blanks = 0;
    const char *line = nc_sources_line(w->sources, finding->place.file, finding->place.line, &length);

    while (line && blanks < length && (line[blanks] == ' ' || line[blanks] == '\t'))
        blanks++;
    text = nc_strformat("%.*s// nmrcheck: allow(%s) \n", (int)blanks, line ? line : "", finding->rule);
    add_edit(changes, uri, position(w, finding->place.file, finding->place.line, 1),
             position(w, finding->place.file, finding->place.line, 1), text);
    free(text);
    free(uri);
    return changes;
}

json_t *nc_lsp_code_actions(const struct nc_workspace *w, const char *path, size_t first, size_t last)
{
    json_t *list = json_array();

    for (size_t i = 0; w->report && i < w->report->count; i++) {
        const struct nc_result *result = &w->report->results[i];
        const struct nc_finding *finding = result->finding;
        char *title;

        if (!shows(result, path) || finding->place.line < first + 1 || finding->place.line > last + 1)
            continue;
        for (size_t j = 0; j < finding->fix_count; j++)
            if (finding->fixes[j].edit_count > 0)
                json_array_append_new(list, action(w, result, finding->fixes[j].title,
                                                   fix_changes(w, &finding->fixes[j]), finding->fixes[j].sure));
        title = nc_strformat("Allow %s here (give a reason)", finding->rule);
        json_array_append_new(list, action(w, result, title, allow_changes(w, finding), false));
        free(title);
    }
    return list;
}
