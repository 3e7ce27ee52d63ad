#include <stdlib.h>

#include "analysis/contract.h"
#include "analysis/contract_reader.h"
#include "analysis/contract_set.h"
#include "analysis/contract_tables.h"
#include "support/arena.h"

/* Two layers at most: a file's entries over the built-in ones. */
struct nc_contracts {
    const struct nc_contract_tables *tables;
    const struct nc_contract_tables *base; /* NULL for the built-in layer itself */
    struct nc_arena *arena;
    struct nc_contract_tables own;
};

static const struct nc_contracts builtin = { &nc_contract_builtin_tables, NULL, NULL, { 0 } };

const struct nc_contracts *nc_contracts_builtin(void) { return &builtin; }

/* A layer in the making: its contracts own the arena that the set uses. */
static struct nc_contracts *layer_begin(struct nc_contract_set *set)
{
    struct nc_arena *arena = nc_arena_new();
    nc_contract_set_init(set, arena);
    struct nc_contracts *c = nc_arena_alloc(arena, sizeof *c);
    c->arena = arena;
    c->tables = &c->own;
    c->base = &nc_contract_builtin_tables;
    return c;
}

static struct nc_contracts *layer_end(struct nc_contracts *c, struct nc_contract_set *set, bool ok, char **error)
{
    ok = ok && nc_contract_set_finish(set, c->base, &c->own, error);
    nc_contract_set_free(set);
    if (!ok) {
        nc_arena_free(c->arena);
        return NULL;
    }
    return c;
}

struct nc_contracts *nc_contracts_parse(const char *text, size_t length, const char *name, char **error)
{
    struct nc_contract_set set;
    struct nc_contracts *c = layer_begin(&set);
    bool ok = nc_contract_read(&set, text, length, name, error);
    return layer_end(c, &set, ok, error);
}

struct nc_contracts *nc_contracts_load_all(const char *const *paths, size_t count, char **error)
{
    struct nc_contract_set set;
    struct nc_contracts *c = layer_begin(&set);
    bool ok = true;
    *error = NULL;
    for (size_t i = 0; ok && i < count; i++) {
        size_t length;
        char *text = nc_contract_read_file(paths[i], &length, error);
        ok = text != NULL && nc_contract_read(&set, text, length, paths[i], error);
        free(text);
    }
    return layer_end(c, &set, ok, error);
}

struct nc_contracts *nc_contracts_load(const char *path, char **error)
{
    return nc_contracts_load_all(&path, 1, error);
}

void nc_contracts_free(struct nc_contracts *c)
{
    if (c != NULL && c->arena != NULL) {
        nc_arena_free(c->arena); /* holds c itself */
    }
}

const struct nc_contract *nc_contract_find(const struct nc_contracts *c, const char *name)
{
    const struct nc_contract *f = nc_tables_function(c->tables, name);
    return f || !c->base ? f : nc_tables_function(c->base, name);
}

const struct nc_role_contract *nc_role_find(const struct nc_contracts *c, const char *name)
{
    const struct nc_role_contract *r = nc_tables_role(c->tables, name);
    return r || !c->base ? r : nc_tables_role(c->base, name);
}

const struct nc_slot_contract *nc_slot_find(const struct nc_contracts *c, const char *record, const char *field)
{
    const struct nc_slot_contract *s = nc_tables_slot(c->tables, record, field);
    return s || !c->base ? s : nc_tables_slot(c->base, record, field);
}

const struct nc_kind *nc_kind_find(const struct nc_contracts *c, const char *name)
{
    const struct nc_kind *k = nc_tables_kind(c->tables, name);
    return k || !c->base ? k : nc_tables_kind(c->base, name);
}

uint64_t nc_contract_ops(const struct nc_contract *contract)
{
    uint64_t ops = 0;

    for (uint32_t i = 0; contract != NULL && i < contract->effect_count; i++) {
        ops |= UINT64_C(1) << contract->effects[i].op;
    }
    return ops;
}
