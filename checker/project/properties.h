/*
 * Named values of a project: properties, or an item's metadata. Names' case does not count.
 */
#ifndef NC_PROJECT_PROPERTIES_H
#define NC_PROJECT_PROPERTIES_H

#include <stdbool.h>
#include <stddef.h>

struct nc_property {
    char *name, *value;
    bool fixed; /* given from outside: the project's own settings do not count */
};

/* Zeroed: empty. */
struct nc_properties {
    struct nc_property *items;
    size_t count, capacity;
    size_t *slots; /* hash table: index + 1, or 0 */
    size_t slot_count;
};

/* NULL when there is none. Valid until the next change. */
const char *nc_properties_get(const struct nc_properties *p, const char *name);
void nc_properties_set(struct nc_properties *p, const char *name, const char *value);
void nc_properties_fix(struct nc_properties *p, const char *name, const char *value);
void nc_properties_copy(struct nc_properties *to, const struct nc_properties *from);
void nc_properties_clear(struct nc_properties *p);

#endif
