#include "tool/lsp_documents.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "report/paths.h"
#include "support/arena.h"
#include "support/strlist.h"

struct nc_document *nc_document_by_uri(struct nc_documents *d, const char *uri)
{
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->items[i].uri, uri) == 0)
            return &d->items[i];
    return NULL;
}

struct nc_document *nc_document_by_path(struct nc_documents *d, const char *path)
{
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->items[i].path, path) == 0)
            return &d->items[i];
    return NULL;
}

struct nc_document *nc_document_open(struct nc_documents *d, const char *uri, const char *text)
{
    struct nc_document *document = nc_document_by_uri(d, uri);
    char *raw = nc_path_from_uri(uri);

    if (!raw)
        return NULL;
    if (document)
        nc_document_close(d, document);
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? d->capacity * 2 : 8;
        d->items = nc_xrealloc(d->items, d->capacity * sizeof *d->items);
    }
    document = &d->items[d->count++];
    *document = (struct nc_document){ nc_strcopy(uri), nc_path_absolute(raw, NULL), nc_strcopy(text), strlen(text) };
    free(raw);
    return document;
}

void nc_document_close(struct nc_documents *d, struct nc_document *document)
{
    free(document->uri);
    free(document->path);
    free(document->text);
    *document = d->items[--d->count];
}

size_t nc_document_offset(const struct nc_document *document, size_t line, size_t character)
{
    const char *text = document->text;
    size_t at = 0;

    for (; line > 0; line--) {
        const char *end = memchr(text + at, '\n', document->length - at);

        if (!end)
            return document->length;
        at = (size_t)(end - text) + 1;
    }
    while (character > 0 && at < document->length && text[at] != '\n' && text[at] != '\r') {
        unsigned char c = (unsigned char)text[at];
        size_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        size_t units = bytes == 4 ? 2 : 1;

        if (units > character)
            break;
        character -= units;
        at = at + bytes < document->length ? at + bytes : document->length;
    }
    return at;
}

static bool read_position(const json_t *position, size_t *line, size_t *character)
{
    const json_t *l = json_object_get(position, "line"), *c = json_object_get(position, "character");

    if (!json_is_integer(l) || !json_is_integer(c) || json_integer_value(l) < 0 || json_integer_value(c) < 0)
        return false;
    *line = (size_t)json_integer_value(l);
    *character = (size_t)json_integer_value(c);
    return true;
}

bool nc_document_change(struct nc_document *document, const json_t *change)
{
    const char *text = json_string_value(json_object_get(change, "text"));
    const json_t *range = json_object_get(change, "range");
    size_t line, character, start = 0, end = document->length, n;
    char *changed;

    if (!text)
        return false;
    if (range) {
        if (!read_position(json_object_get(range, "start"), &line, &character))
            return false;
        start = nc_document_offset(document, line, character);
        if (!read_position(json_object_get(range, "end"), &line, &character))
            return false;
        end = nc_document_offset(document, line, character);
        if (end < start)
            return false;
    }
    n = strlen(text);
    changed = nc_xmalloc(start + n + document->length - end + 1);
    memcpy(changed, document->text, start);
    memcpy(changed + start, text, n);
    memcpy(changed + start + n, document->text + end, document->length - end + 1);
    free(document->text);
    document->text = changed;
    document->length = start + n + document->length - end;
    return true;
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_'; }

char *nc_document_word(const struct nc_document *document, size_t line, size_t character)
{
    size_t start = nc_document_offset(document, line, character), end = start;

    while (start > 0 && is_word(document->text[start - 1]))
        start--;
    while (end < document->length && is_word(document->text[end]))
        end++;
    return end > start ? nc_strformat("%.*s", (int)(end - start), document->text + start) : NULL;
}
