#include "report/sources.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

struct source {
    char *path;
    char *text; /* NULL: cannot be read */
    size_t length;
    size_t *starts; /* of each line; one more at the end */
    size_t line_count;
};

struct nc_sources {
    struct source *items;
    size_t count, capacity;
};

struct nc_sources *nc_sources_new(void)
{
    struct nc_sources *s = nc_xmalloc(sizeof *s);

    *s = (struct nc_sources){ 0 };
    return s;
}

static void clear(struct source *source)
{
    free(source->text);
    free(source->starts);
    source->text = NULL;
    source->starts = NULL;
    source->length = source->line_count = 0;
}

void nc_sources_free(struct nc_sources *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->count; i++) {
        clear(&s->items[i]);
        free(s->items[i].path);
    }
    free(s->items);
    free(s);
}

static struct source *lookup(struct nc_sources *s, const char *path, bool *fresh)
{
    size_t n = strlen(path) + 1;

    *fresh = false;
    for (size_t i = s->count; i-- > 0;)
        if (strcmp(s->items[i].path, path) == 0)
            return &s->items[i];
    if (s->count == s->capacity) {
        s->capacity = s->capacity ? s->capacity * 2 : 16;
        s->items = nc_xrealloc(s->items, s->capacity * sizeof *s->items);
    }
    s->items[s->count] = (struct source){ .path = nc_xmalloc(n) };
    memcpy(s->items[s->count].path, path, n);
    *fresh = true;
    return &s->items[s->count++];
}

static void index_lines(struct source *source)
{
    size_t lines = 1;

    for (size_t i = 0; i < source->length; i++)
        lines += source->text[i] == '\n';
    source->starts = nc_xmalloc((lines + 1) * sizeof *source->starts);
    source->starts[0] = 0;
    source->line_count = 1;
    for (size_t i = 0; i < source->length; i++)
        if (source->text[i] == '\n')
            source->starts[source->line_count++] = i + 1;
    source->starts[source->line_count] = source->length + 1;
}

static void read_file(struct source *source)
{
    FILE *file = fopen(source->path, "rb");
    size_t capacity = 1 << 14, used = 0, got;
    char *text;

    if (!file)
        return;
    text = nc_xmalloc(capacity + 1);
    while ((got = fread(text + used, 1, capacity - used, file)) > 0) {
        used += got;
        if (used == capacity) {
            capacity *= 2;
            text = nc_xrealloc(text, capacity + 1);
        }
    }
    if (ferror(file)) { /* a folder, for example */
        free(text);
    } else {
        text[used] = '\0';
        source->text = text;
        source->length = used;
    }
    fclose(file);
}

void nc_sources_set(struct nc_sources *s, const char *path, const char *text, size_t length)
{
    bool fresh;
    struct source *source = lookup(s, path, &fresh);

    clear(source);
    source->text = nc_xmalloc(length + 1);
    memcpy(source->text, text, length);
    source->text[length] = '\0';
    source->length = length;
    index_lines(source);
}

static struct source *get(struct nc_sources *s, const char *path)
{
    bool fresh;
    struct source *source = lookup(s, path, &fresh);

    if (fresh) {
        read_file(source);
        if (source->text)
            index_lines(source);
    }
    return source;
}

const char *nc_sources_text(struct nc_sources *s, const char *path, size_t *length)
{
    struct source *source = get(s, path);

    if (length)
        *length = source->length;
    return source->text;
}

size_t nc_sources_line_count(struct nc_sources *s, const char *path) { return get(s, path)->line_count; }

const char *nc_sources_line(struct nc_sources *s, const char *path, uint32_t line, size_t *length)
{
    struct source *source = get(s, path);
    const char *text;
    size_t n;

    if (!source->text || line == 0 || line > source->line_count)
        return NULL;
    text = source->text + source->starts[line - 1];
    n = source->starts[line] - source->starts[line - 1] - 1;
    if (n > 0 && text[n - 1] == '\r')
        n--;
    *length = n;
    return text;
}

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

size_t nc_source_token_length(const char *line, size_t length, uint32_t col)
{
    size_t start = col ? col - 1 : 0, end = start;

    if (start >= length)
        return 0;
    while (end < length && is_word(line[end]))
        end++;
    return end > start ? end - start : 1;
}

uint32_t nc_source_utf16_col(const char *line, size_t length, uint32_t col)
{
    uint32_t units = 1;

    for (size_t i = 0; i + 1 < col; i++) {
        unsigned char c = i < length ? (unsigned char)line[i] : ' ';

        if ((c & 0xC0) == 0x80)
            continue;
        units += c >= 0xF0 ? 2 : 1;
    }
    return units;
}
