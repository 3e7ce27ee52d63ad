#include "project/properties.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "support/arena.h"
#include "support/strlist.h"

static size_t hash(const char *name)
{
    size_t h = 5381;

    for (; *name; name++)
        h = h * 33 + (size_t)tolower((unsigned char)*name);
    return h;
}

static size_t slot_of(const struct nc_properties *p, const char *name)
{
    size_t slot = hash(name) & (p->slot_count - 1);

    while (p->slots[slot] != 0 && strcasecmp(p->items[p->slots[slot] - 1].name, name) != 0)
        slot = (slot + 1) & (p->slot_count - 1);
    return slot;
}

static void grow(struct nc_properties *p)
{
    p->capacity = p->capacity ? p->capacity * 2 : 16;
    p->items = nc_xrealloc(p->items, p->capacity * sizeof *p->items);
    p->slot_count = p->capacity * 4;
    free(p->slots);
    p->slots = nc_xmalloc(p->slot_count * sizeof *p->slots);
    memset(p->slots, 0, p->slot_count * sizeof *p->slots);
    for (size_t i = 0; i < p->count; i++)
        p->slots[slot_of(p, p->items[i].name)] = i + 1;
}

static struct nc_property *find(const struct nc_properties *p, const char *name)
{
    size_t slot;

    if (p->count == 0)
        return NULL;
    slot = slot_of(p, name);
    return p->slots[slot] ? &p->items[p->slots[slot] - 1] : NULL;
}

const char *nc_properties_get(const struct nc_properties *p, const char *name)
{
    const struct nc_property *item = find(p, name);

    return item ? item->value : NULL;
}

static struct nc_property *set(struct nc_properties *p, const char *name, const char *value)
{
    struct nc_property *item = find(p, name);
    char *copy = nc_strcopy(value); /* it may be the old value */

    if (!item) {
        if (p->count == p->capacity)
            grow(p);
        p->slots[slot_of(p, name)] = p->count + 1;
        item = &p->items[p->count++];
        *item = (struct nc_property){ .name = nc_strcopy(name) };
    }
    free(item->value);
    item->value = copy;
    return item;
}

void nc_properties_set(struct nc_properties *p, const char *name, const char *value)
{
    const struct nc_property *item = find(p, name);

    if (!item || !item->fixed)
        set(p, name, value);
}

void nc_properties_fix(struct nc_properties *p, const char *name, const char *value)
{
    set(p, name, value)->fixed = true;
}

void nc_properties_copy(struct nc_properties *to, const struct nc_properties *from)
{
    for (size_t i = 0; i < from->count; i++)
        nc_properties_set(to, from->items[i].name, from->items[i].value);
}

void nc_properties_clear(struct nc_properties *p)
{
    for (size_t i = 0; i < p->count; i++) {
        free(p->items[i].name);
        free(p->items[i].value);
    }
    free(p->items);
    free(p->slots);
    *p = (struct nc_properties){ 0 };
}
