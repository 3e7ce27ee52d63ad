/*
 * A growing list of strings that it owns.
 */
#ifndef NC_SUPPORT_STRLIST_H
#define NC_SUPPORT_STRLIST_H

#include <stdbool.h>
#include <stddef.h>

/* Zeroed: an empty list. */
struct nc_strlist {
    char **items;
    size_t count, capacity;
};

void nc_strlist_add(struct nc_strlist *list, const char *text); /* copies */
void nc_strlist_take(struct nc_strlist *list, char *text);      /* malloc'ed */
bool nc_strlist_has(const struct nc_strlist *list, const char *text);
void nc_strlist_sort(struct nc_strlist *list); /* and drops duplicates */
void nc_strlist_clear(struct nc_strlist *list);

char *nc_strcopy(const char *text); /* strdup that never fails */
char *nc_strformat(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
