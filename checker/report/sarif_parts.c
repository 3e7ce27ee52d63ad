#include "report/sarif_parts.h"

#include <stdlib.h>
#include <string.h>

#include "report/json_text.h"
#include "report/paths.h"
#include "report/report.h"
#include "report/sources.h"
#include "support/arena.h"

json_t *nc_sarif_artifact(const struct nc_report *r, const char *path)
{
    json_t *object = json_object();
    char *relative = nc_path_display(path, r->root);
    char *uri = nc_path_uri(relative);

    json_object_set_new(object, "uri", json_string(uri));
    if (uri[0] != '\0' && strncmp(uri, "file:", 5) != 0)
        json_object_set_new(object, "uriBaseId", json_string("SRCROOT"));
    free(uri);
    free(relative);
    return object;
}

static uint32_t utf16_col(const struct nc_report *r, const char *file, uint32_t line, uint32_t col)
{
    size_t length;
    const char *text = nc_sources_line(r->sources, file, line, &length);

    return text ? nc_source_utf16_col(text, length, col) : col;
}

json_t *nc_sarif_edit_region(const struct nc_report *r, const struct nc_fix_edit *edit)
{
    json_t *region = json_object();

    json_object_set_new(region, "startLine", json_integer(edit->line));
    json_object_set_new(region, "startColumn", json_integer(utf16_col(r, edit->file, edit->line, edit->col)));
    json_object_set_new(region, "endLine", json_integer(edit->end_line));
    json_object_set_new(region, "endColumn", json_integer(utf16_col(r, edit->file, edit->end_line, edit->end_col)));
    return region;
}

static json_t *region_of(const struct nc_report *r, const struct nc_place *place)
{
    json_t *region = json_object();
    size_t length;
    const char *line = nc_sources_line(r->sources, place->file, place->line, &length);

    json_object_set_new(region, "startLine", json_integer(place->line));
    if (place->col > 0 && line) {
        size_t token = nc_source_token_length(line, length, place->col);
        size_t start = place->col - 1 < length ? place->col - 1 : length;
        json_t *snippet = json_object();

        json_object_set_new(region, "startColumn", json_integer(nc_source_utf16_col(line, length, place->col)));
        json_object_set_new(region, "endLine", json_integer(place->line));
        json_object_set_new(region, "endColumn",
                            json_integer(nc_source_utf16_col(line, length, place->col + (uint32_t)token)));
        json_object_set_new(snippet, "text", nc_json_string_n(line + start, token));
        json_object_set_new(region, "snippet", snippet);
    } else if (place->col > 0) {
        json_object_set_new(region, "startColumn", json_integer(place->col));
    }
    return region;
}

/* The whole line, so that a viewer without the sources can show something. */
static json_t *context_of(const struct nc_report *r, const struct nc_place *place)
{
    size_t length;
    const char *line = nc_sources_line(r->sources, place->file, place->line, &length);
    json_t *region, *snippet;

    if (!line)
        return NULL;
    region = json_object();
    snippet = json_object();
    json_object_set_new(region, "startLine", json_integer(place->line));
    json_object_set_new(region, "endLine", json_integer(place->line));
    json_object_set_new(snippet, "text", nc_json_string_n(line, length));
    json_object_set_new(region, "snippet", snippet);
    return region;
}

json_t *nc_sarif_location(const struct nc_report *r, const struct nc_place *place)
{
    json_t *object = json_object(), *physical = json_object();

    if (*place->file) {
        json_object_set_new(physical, "artifactLocation", nc_sarif_artifact(r, place->file));
        if (place->line > 0) {
            json_t *context = context_of(r, place);

            json_object_set_new(physical, "region", region_of(r, place));
            if (context && place->col > 0)
                json_object_set_new(physical, "contextRegion", context);
            else
                json_decref(context);
        }
        json_object_set_new(object, "physicalLocation", physical);
    } else {
        json_decref(physical);
    }
    if (*place->function) {
        json_t *logical = json_array(), *function = json_object();

        json_object_set_new(function, "name", nc_json_string(place->function));
        json_object_set_new(function, "fullyQualifiedName", nc_json_string(place->function));
        json_object_set_new(function, "kind", json_string("function"));
        json_array_append_new(logical, function);
        json_object_set_new(object, "logicalLocations", logical);
    }
    return object;
}
