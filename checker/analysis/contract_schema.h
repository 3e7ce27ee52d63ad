/*
 * The effects as they are written in YAML: "- lock: { lock: arg0, saves: arg1, class: spin, raises: DISPATCH }".
 */
#ifndef NC_ANALYSIS_CONTRACT_SCHEMA_H
#define NC_ANALYSIS_CONTRACT_SCHEMA_H

#include "analysis/contract.h"

enum nc_operand_type {
    NC_OPERAND_ARG,        /* argN, return or none -> a[place] */
    NC_OPERAND_TEXT,       /* any word -> text */
    NC_OPERAND_KIND,       /* a kind's name -> text */
    NC_OPERAND_ROLE,       /* a role's name -> text */
    NC_OPERAND_NUMBER,     /* integer -> value */
    NC_OPERAND_INDEX,      /* small integer, a parameter's position -> a[place] */
    NC_OPERAND_IRQL,       /* level -> value */
    NC_OPERAND_FLAG,       /* true or false -> value */
    NC_OPERAND_POOL,       /* nonpaged, paged or unknown -> value */
    NC_OPERAND_POOL_TYPE,  /* argN: the POOL_TYPE -> a[2], value NC_POOL_BY_TYPE */
    NC_OPERAND_POOL_FLAGS, /* argN: the POOL_FLAGS -> a[2], value NC_POOL_BY_FLAGS */
    NC_OPERAND_ARG_OR_IRQL /* argN -> a[place], or a level -> value */
};

struct nc_operand {
    const char *name; /* NULL ends the list */
    uint8_t type;     /* enum nc_operand_type */
    int8_t place;
    bool required;
};

struct nc_effect_schema {
    const char *name; /* as in YAML: "lock_shared" */
    uint8_t op;
    int8_t shorthand; /* operand that "- free: arg0" means; -1: the effect has none */
    int64_t value;    /* what `value` is when no operand says it */
    struct nc_operand operands[7];
};

/* NULL for an unknown name. */
const struct nc_effect_schema *nc_effect_schema_find(const char *name);
/* All of them, for messages and the emitter; in the order of the effect's codes. */
const struct nc_effect_schema *nc_effect_schema_by_op(int op);

#endif
