/*
 * The shape of contract tables: what contractc emits for the built-in contracts and what the reader builds at run time.
 * Both carry open-addressing indices, so that a lookup is one hash and a few comparisons and nothing is built at
 * start-up.
 */
#ifndef NC_ANALYSIS_CONTRACT_TABLES_H
#define NC_ANALYSIS_CONTRACT_TABLES_H

#include "analysis/contract.h"

/* slots[hash & mask] is an element's index + 1, or 0 for an empty place; collisions go to the next place. */
struct nc_contract_index {
    const uint32_t *slots;
    uint32_t mask; /* number of places - 1; places are a power of two, more than the elements; 0 and no slots: empty */
};

struct nc_contract_tables {
    const struct nc_contract *functions;
    const struct nc_role_contract *roles;
    const struct nc_slot_contract *slots;
    const struct nc_kind *kinds;
    uint32_t function_count, role_count, slot_count, kind_count;
    struct nc_contract_index function_index, role_index, slot_index, kind_index;
};

/* Emitted by contractc from rules/. */
extern const struct nc_contract_tables nc_contract_builtin_tables;

/* FNV-1a, continued from `hash`; begin with NC_CONTRACT_HASH_START. */
#define NC_CONTRACT_HASH_START 2166136261u
uint32_t nc_contract_hash(uint32_t hash, const char *text, size_t length);
/* A record's name without the underscores around it: tags are "_DRIVER_OBJECT" or "FWPS_CALLOUT1_". */
const char *nc_contract_record_name(const char *record, size_t *length);
uint32_t nc_contract_slot_hash(const char *record, const char *field);

/* NULL when there is none. */
const struct nc_contract *nc_tables_function(const struct nc_contract_tables *t, const char *name);
const struct nc_role_contract *nc_tables_role(const struct nc_contract_tables *t, const char *name);
const struct nc_slot_contract *nc_tables_slot(const struct nc_contract_tables *t, const char *record,
                                              const char *field);
const struct nc_kind *nc_tables_kind(const struct nc_contract_tables *t, const char *name);

#endif
