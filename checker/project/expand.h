/*
 * What $(Property), %(Metadata) and @(Item) in a project's text stand for, with the few property functions that driver
 * projects use. What is not known is empty, as in MSBuild; functions that are not known are named in the notes.
 */
#ifndef NC_PROJECT_EXPAND_H
#define NC_PROJECT_EXPAND_H

#include <stdbool.h>
#include <stddef.h>

#include "project/properties.h"
#include "support/strlist.h"

struct nc_item {
    char *type;
    char *identity; /* as the project names it, wildcards resolved */
    struct nc_properties metadata;
};

struct nc_items {
    struct nc_item *list;
    size_t count, capacity;
};

/* Where a text stands. */
struct nc_scope {
    const struct nc_properties *properties;
    const struct nc_properties *metadata; /* what %(Name) reads, or NULL */
    const char *identity;                 /* of the item at hand, or NULL */
    const struct nc_items *items;         /* what @(Type) reads, or NULL */
    const char *file;                     /* the project file that holds the text, absolute */
    const char *folder;                   /* relative paths in conditions and functions begin here */
    struct nc_strlist *notes;
    size_t *budget; /* bytes that may still be produced; at 0 everything is empty */
};

/* The text's meaning (to free). */
char *nc_expand(const struct nc_scope *scope, const char *text);
/* Decodes %XX in place, which is how projects write ; and % themselves. */
void nc_unescape(char *text);
/* Splits at ';', without blanks around and without empty parts. */
void nc_split_list(const char *text, struct nc_strlist *parts);
/* A note, each once. */
void nc_scope_note(const struct nc_scope *scope, const char *format, const char *what);

#endif
