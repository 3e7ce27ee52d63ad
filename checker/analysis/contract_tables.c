#include "analysis/contract_tables.h"

#include <string.h>

uint32_t nc_contract_hash(uint32_t hash, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        hash ^= (unsigned char)text[i];
        hash *= 16777619u;
    }
    return hash;
}

const char *nc_contract_record_name(const char *record, size_t *length)
{
    while (*record == '_') {
        record++;
    }
    *length = strlen(record);
    while (*length > 0 && record[*length - 1] == '_') {
        (*length)--;
    }
    return record;
}

uint32_t nc_contract_slot_hash(const char *record, const char *field)
{
    size_t length;
    record = nc_contract_record_name(record, &length);
    uint32_t hash = nc_contract_hash(NC_CONTRACT_HASH_START, record, length);
    hash = nc_contract_hash(hash, ".", 1);
    return nc_contract_hash(hash, field, strlen(field));
}

static bool slot_is(const struct nc_slot_contract *slot, const char *record, const char *field)
{
    size_t a_length, b_length;
    const char *a = nc_contract_record_name(slot->record, &a_length);
    const char *b = nc_contract_record_name(record, &b_length);
    return a_length == b_length && memcmp(a, b, a_length) == 0 && strcmp(slot->field, field) == 0;
}

/* Walks the places where `key` may be; `found` names the element at hand as `e`. */
#define FIND(table, index, hash, found)                                                                                \
    if ((index).slots == NULL) {                                                                                       \
        return NULL;                                                                                                   \
    }                                                                                                                  \
    for (uint32_t at = (hash) & (index).mask; (index).slots[at] != 0; at = (at + 1) & (index).mask) {                  \
        const __auto_type e = &(table)[(index).slots[at] - 1];                                                         \
        if (found) {                                                                                                   \
            return e;                                                                                                  \
        }                                                                                                              \
    }                                                                                                                  \
    return NULL

const struct nc_contract *nc_tables_function(const struct nc_contract_tables *t, const char *name)
{
    FIND(t->functions, t->function_index, nc_contract_hash(NC_CONTRACT_HASH_START, name, strlen(name)),
         strcmp(e->name, name) == 0);
}

const struct nc_role_contract *nc_tables_role(const struct nc_contract_tables *t, const char *name)
{
    FIND(t->roles, t->role_index, nc_contract_hash(NC_CONTRACT_HASH_START, name, strlen(name)),
         strcmp(e->name, name) == 0);
}

const struct nc_slot_contract *nc_tables_slot(const struct nc_contract_tables *t, const char *record, const char *field)
{
    FIND(t->slots, t->slot_index, nc_contract_slot_hash(record, field), slot_is(e, record, field));
}

const struct nc_kind *nc_tables_kind(const struct nc_contract_tables *t, const char *name)
{
    FIND(t->kinds, t->kind_index, nc_contract_hash(NC_CONTRACT_HASH_START, name, strlen(name)),
         strcmp(e->name, name) == 0);
}
