#include "analysis/contract_set.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *nc_contract_error(const char *file, size_t line, const char *what)
{
    size_t size = strlen(file) + strlen(what) + 32;
    char *error = nc_xmalloc(size);
    snprintf(error, size, "%s:%zu: %s", file, line, what);
    for (char *c = error; *c; c++) {
        if ((unsigned char)*c < ' ') {
            *c = ' ';
        }
    }
    return error;
}

void nc_contract_set_init(struct nc_contract_set *set, struct nc_arena *arena)
{
    memset(set, 0, sizeof *set);
    set->arena = arena;
}

void nc_contract_set_free(struct nc_contract_set *set)
{
    free(set->functions);
    free(set->function_given);
    free(set->function_origins);
    free(set->roles);
    free(set->role_origins);
    free(set->slots);
    free(set->slot_origins);
    free(set->kinds);
    free(set->kind_origins);
    free(set->mentions);
    nc_contract_set_init(set, set->arena);
}

/* Makes room for one more element in `array`; called before the shared capacity is raised. */
#define GROW(array, capacity) (array) = nc_xrealloc((array), (capacity) * sizeof *(array))

static uint32_t more(uint32_t capacity) { return capacity == 0 ? 64 : capacity * 2; }

void nc_contract_set_function(struct nc_contract_set *set, const struct nc_contract *f, uint8_t given,
                              struct nc_contract_origin origin)
{
    if (set->function_count == set->function_capacity) {
        uint32_t capacity = set->function_capacity = more(set->function_capacity);
        GROW(set->functions, capacity);
        GROW(set->function_given, capacity);
        GROW(set->function_origins, capacity);
    }
    set->functions[set->function_count] = *f;
    set->function_given[set->function_count] = given;
    set->function_origins[set->function_count++] = origin;
}

void nc_contract_set_role(struct nc_contract_set *set, const struct nc_role_contract *r,
                          struct nc_contract_origin origin)
{
    if (set->role_count == set->role_capacity) {
        uint32_t capacity = set->role_capacity = more(set->role_capacity);
        GROW(set->roles, capacity);
        GROW(set->role_origins, capacity);
    }
    set->roles[set->role_count] = *r;
    set->role_origins[set->role_count++] = origin;
}

void nc_contract_set_slot(struct nc_contract_set *set, const struct nc_slot_contract *s,
                          struct nc_contract_origin origin)
{
    if (set->slot_count == set->slot_capacity) {
        uint32_t capacity = set->slot_capacity = more(set->slot_capacity);
        GROW(set->slots, capacity);
        GROW(set->slot_origins, capacity);
    }
    set->slots[set->slot_count] = *s;
    set->slot_origins[set->slot_count++] = origin;
}

void nc_contract_set_kind(struct nc_contract_set *set, const struct nc_kind *k, struct nc_contract_origin origin)
{
    if (set->kind_count == set->kind_capacity) {
        uint32_t capacity = set->kind_capacity = more(set->kind_capacity);
        GROW(set->kinds, capacity);
        GROW(set->kind_origins, capacity);
    }
    set->kinds[set->kind_count] = *k;
    set->kind_origins[set->kind_count++] = origin;
}

void nc_contract_set_mention(struct nc_contract_set *set, const char *name, bool is_kind,
                             struct nc_contract_origin origin)
{
    if (set->mention_count == set->mention_capacity) {
        GROW(set->mentions, set->mention_capacity = more(set->mention_capacity));
    }
    set->mentions[set->mention_count++] = (struct nc_contract_mention){ name, origin, is_kind };
}

__attribute__((format(printf, 3, 4))) static bool fail(char **error, struct nc_contract_origin origin,
                                                       const char *format, ...)
{
    char what[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    *error = nc_contract_error(origin.file, origin.line, what);
    return false;
}

static struct nc_contract_index index_new(struct nc_arena *arena, uint32_t count, uint32_t **slots)
{
    uint32_t places = 16;
    while (places < count * 2) {
        places *= 2;
    }
    *slots = nc_arena_alloc(arena, places * sizeof **slots);
    return (struct nc_contract_index){ *slots, places - 1 };
}

static void index_put(struct nc_contract_index index, uint32_t *slots, uint32_t hash, uint32_t element)
{
    uint32_t at = hash & index.mask;
    while (slots[at] != 0) {
        at = (at + 1) & index.mask;
    }
    slots[at] = element + 1;
}

static uint32_t hash_name(const char *name) { return nc_contract_hash(NC_CONTRACT_HASH_START, name, strlen(name)); }

static const void *copy(struct nc_arena *arena, const void *from, size_t size)
{
    void *to = nc_arena_alloc(arena, size ? size : 1);
    if (size) {
        memcpy(to, from, size);
    }
    return to;
}

static void inherit(struct nc_contract *f, uint8_t given, const struct nc_contract_tables *base)
{
    const struct nc_contract *below = base ? nc_tables_function(base, f->name) : NULL;
    if (below == NULL) {
        return;
    }
    if (!(given & NC_GIVEN_PAGE)) {
        f->page = below->page;
    }
    if (!(given & NC_GIVEN_BOUNDS)) {
        f->bounds = below->bounds;
        f->bound_count = below->bound_count;
    }
    if (!(given & NC_GIVEN_EFFECTS)) {
        f->effects = below->effects;
        f->effect_count = below->effect_count;
    }
}

static bool check_mentions(const struct nc_contract_set *set, const struct nc_contract_tables *base,
                           const struct nc_contract_tables *t, char **error)
{
    for (uint32_t i = 0; i < set->mention_count; i++) {
        const struct nc_contract_mention *m = &set->mentions[i];
        bool known = m->is_kind ? nc_tables_kind(t, m->name) || (base && nc_tables_kind(base, m->name))
                                : nc_tables_role(t, m->name) || (base && nc_tables_role(base, m->name));
        if (!known) {
            return fail(error, m->origin, "%s '%s' is not defined (add it under '%s:')", m->is_kind ? "kind" : "role",
                        m->name, m->is_kind ? "kinds" : "roles");
        }
    }
    return true;
}

bool nc_contract_set_finish(struct nc_contract_set *set, const struct nc_contract_tables *base,
                            struct nc_contract_tables *t, char **error)
{
    memset(t, 0, sizeof *t);
    uint32_t *slots;

    for (uint32_t i = 0; i < set->function_count; i++) {
        inherit(&set->functions[i], set->function_given[i], base);
    }
    t->functions = copy(set->arena, set->functions, set->function_count * sizeof *set->functions);
    t->function_index = index_new(set->arena, set->function_count, &slots);
    for (uint32_t i = 0; i < set->function_count; i++) {
        const char *name = set->functions[i].name;
        if (nc_tables_function(t, name)) {
            return fail(error, set->function_origins[i], "function '%s' is defined twice", name);
        }
        index_put(t->function_index, slots, hash_name(name), i);
        t->function_count = i + 1;
    }

    t->roles = copy(set->arena, set->roles, set->role_count * sizeof *set->roles);
    t->role_index = index_new(set->arena, set->role_count, &slots);
    for (uint32_t i = 0; i < set->role_count; i++) {
        const char *name = set->roles[i].name;
        if (nc_tables_role(t, name)) {
            return fail(error, set->role_origins[i], "role '%s' is defined twice", name);
        }
        index_put(t->role_index, slots, hash_name(name), i);
        t->role_count = i + 1;
    }

    t->slots = copy(set->arena, set->slots, set->slot_count * sizeof *set->slots);
    t->slot_index = index_new(set->arena, set->slot_count, &slots);
    for (uint32_t i = 0; i < set->slot_count; i++) {
        const struct nc_slot_contract *s = &set->slots[i];
        if (nc_tables_slot(t, s->record, s->field)) {
            return fail(error, set->slot_origins[i], "slot '%s.%s' is defined twice", s->record, s->field);
        }
        index_put(t->slot_index, slots, nc_contract_slot_hash(s->record, s->field), i);
        t->slot_count = i + 1;
    }

    t->kinds = copy(set->arena, set->kinds, set->kind_count * sizeof *set->kinds);
    t->kind_index = index_new(set->arena, set->kind_count, &slots);
    for (uint32_t i = 0; i < set->kind_count; i++) {
        const char *name = set->kinds[i].name;
        if (nc_tables_kind(t, name)) {
            return fail(error, set->kind_origins[i], "kind '%s' is defined twice", name);
        }
        index_put(t->kind_index, slots, hash_name(name), i);
        t->kind_count = i + 1;
    }
    return check_mentions(set, base, t, error);
}
