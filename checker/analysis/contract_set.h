/*
 * A contract set in the making: what the YAML reader and the reader of the IRQL table fill, before it becomes tables.
 * Strings and arrays that are added must live in the set's arena (or be literals).
 */
#ifndef NC_ANALYSIS_CONTRACT_SET_H
#define NC_ANALYSIS_CONTRACT_SET_H

#include "analysis/contract_tables.h"
#include "support/arena.h"

/* Which parts of a function's contract were written down. Parts that were not are taken from the layer below. */
enum { NC_GIVEN_PAGE = 1, NC_GIVEN_BOUNDS = 2, NC_GIVEN_EFFECTS = 4 };

struct nc_contract_origin {
    const char *file;
    uint32_t line;
};

/* A kind or role that an entry mentions; checked when all files are read. */
struct nc_contract_mention {
    const char *name;
    struct nc_contract_origin origin;
    bool is_kind;
};

struct nc_contract_set {
    struct nc_arena *arena; /* the caller's */
    struct nc_contract *functions;
    uint8_t *function_given;
    struct nc_contract_origin *function_origins;
    struct nc_role_contract *roles;
    struct nc_contract_origin *role_origins;
    struct nc_slot_contract *slots;
    struct nc_contract_origin *slot_origins;
    struct nc_kind *kinds;
    struct nc_contract_origin *kind_origins;
    struct nc_contract_mention *mentions;
    uint32_t function_count, role_count, slot_count, kind_count, mention_count;
    uint32_t function_capacity, role_capacity, slot_capacity, kind_capacity, mention_capacity;
    uint32_t effect_total; /* to stop a small file from making a large set through aliases */
};

/* "FILE:LINE: what" on one line, whatever `what` quotes; to free. */
char *nc_contract_error(const char *file, size_t line, const char *what);

void nc_contract_set_init(struct nc_contract_set *set, struct nc_arena *arena);
/* Frees the growing arrays; tables that were made stay (they are in the arena). */
void nc_contract_set_free(struct nc_contract_set *set);

void nc_contract_set_function(struct nc_contract_set *set, const struct nc_contract *f, uint8_t given,
                              struct nc_contract_origin origin);
void nc_contract_set_role(struct nc_contract_set *set, const struct nc_role_contract *r,
                          struct nc_contract_origin origin);
void nc_contract_set_slot(struct nc_contract_set *set, const struct nc_slot_contract *s,
                          struct nc_contract_origin origin);
void nc_contract_set_kind(struct nc_contract_set *set, const struct nc_kind *k, struct nc_contract_origin origin);
void nc_contract_set_mention(struct nc_contract_set *set, const char *name, bool is_kind,
                             struct nc_contract_origin origin);

/*
 * Makes tables, in the set's arena. `base` is the layer below, or NULL: parts of a function that were not given come
 * from there, and kinds and roles that are mentioned may be defined there. Something defined twice in the set, or
 * mentioned and not defined, is an error: returns false and puts one line into *error (to free).
 */
bool nc_contract_set_finish(struct nc_contract_set *set, const struct nc_contract_tables *base,
                            struct nc_contract_tables *tables, char **error);

#endif
