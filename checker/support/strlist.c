#include "support/strlist.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

char *nc_strcopy(const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(nc_xmalloc(n), text, n);
}

char *nc_strformat(const char *format, ...)
{
    va_list args;
    char *text;
    int n;

    va_start(args, format);
    n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = nc_xmalloc((size_t)(n < 0 ? 0 : n) + 1);
    text[0] = '\0';
    va_start(args, format);
    if (n > 0)
        vsnprintf(text, (size_t)n + 1, format, args);
    va_end(args);
    return text;
}

void nc_strlist_take(struct nc_strlist *list, char *text)
{
    if (list->count == list->capacity) {
        list->capacity = list->capacity ? list->capacity * 2 : 8;
        list->items = nc_xrealloc(list->items, list->capacity * sizeof *list->items);
    }
    list->items[list->count++] = text;
}

void nc_strlist_add(struct nc_strlist *list, const char *text) { nc_strlist_take(list, nc_strcopy(text)); }

bool nc_strlist_has(const struct nc_strlist *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

void nc_strlist_sort(struct nc_strlist *list)
{
    size_t kept = 0;

    if (list->count == 0)
        return;
    qsort(list->items, list->count, sizeof *list->items, compare);
    for (size_t i = 0; i < list->count; i++) {
        if (kept > 0 && strcmp(list->items[kept - 1], list->items[i]) == 0)
            free(list->items[i]);
        else
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

void nc_strlist_clear(struct nc_strlist *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct nc_strlist){ 0 };
}
