#include "analysis/contract_schema.h"

#include <string.h>

#define ARG(name, place)  { name, NC_OPERAND_ARG, place, false }
#define NEED(name, place) { name, NC_OPERAND_ARG, place, true }
#define MAYBE(name, kind) { name, NC_OPERAND_##kind, 0, false }
#define MUST(name, kind)  { name, NC_OPERAND_##kind, 0, true }
#define ATOMIC(name, op)                                                                                               \
    {                                                                                                                  \
        name, NC_EFF_##op, 0, 0, { NEED("at", 0), ARG("operand", 1), ARG("comparand", 2) }                             \
    }
#define LOCKING(name, op)                                                                                              \
    {                                                                                                                  \
        name, NC_EFF_##op, -1, -1, { NEED("lock", 0), ARG("saves", 1), MUST("class", TEXT), MAYBE("raises", IRQL) }    \
    }

static const struct nc_effect_schema schema[] = {
    { "acquire",
      NC_EFF_ACQUIRE,
      -1,
      0,
      { MUST("kind", KIND), NEED("handle", 0), ARG("characteristics", 1), ARG("context", 2) } },
    { "end", NC_EFF_END, -1, 0, { MUST("kind", KIND), NEED("handle", 0) } },
    { "complete", NC_EFF_COMPLETE, -1, 0, { MUST("kind", KIND), NEED("handle", 0) } },
    { "bind",
      NC_EFF_BIND,
      -1,
      0,
      { MUST("kind", KIND), NEED("handle", 0), NEED("context", 1), ARG("dispatch", 2), ARG("out_context", 3),
        ARG("out_dispatch", 4) } },
    { "detach_done", NC_EFF_DETACH_DONE, -1, 0, { MUST("kind", KIND), NEED("handle", 0) } },
    { "alloc",
      NC_EFF_ALLOC,
      -1,
      NC_POOL_UNKNOWN,
      { NEED("to", 0), ARG("size", 1), MAYBE("pool", POOL), MAYBE("pool_type", POOL_TYPE),
        MAYBE("pool_flags", POOL_FLAGS), MAYBE("as", TEXT) } },
    { "alloc_sure",
      NC_EFF_ALLOC_SURE,
      -1,
      NC_POOL_UNKNOWN,
      { NEED("to", 0), ARG("size", 1), MAYBE("pool", POOL), MAYBE("pool_type", POOL_TYPE),
        MAYBE("pool_flags", POOL_FLAGS), MAYBE("as", TEXT) } },
    { "free", NC_EFF_FREE, 0, 0, { NEED("memory", 0) } },
    { "free_object", NC_EFF_FREE_OBJECT, 0, 0, { NEED("object", 0) } },
    { "owned", NC_EFF_OWNED, -1, 0, { NEED("memory", 0), NEED("by", 1) } },
    { "zero", NC_EFF_ZERO, 0, 0, { NEED("at", 0), ARG("size", 1) } },
    { "fill", NC_EFF_FILL, -1, 0, { NEED("at", 0), ARG("size", 1), ARG("byte", 2) } },
    { "copy", NC_EFF_COPY, -1, 0, { NEED("to", 0), NEED("from", 1), ARG("size", 2) } },
    { "compare", NC_EFF_COMPARE, -1, 0, { NEED("left", 0), NEED("right", 1), ARG("size", 2) } },
    { "writes", NC_EFF_WRITES, 0, 0, { NEED("at", 0), MAYBE("bytes", NUMBER) } },
    { "reads", NC_EFF_READS, 0, 0, { NEED("at", 0), ARG("size", 1) } },
    { "init", NC_EFF_INIT, 0, 0, { NEED("at", 0) } },
    { "keeps", NC_EFF_KEEPS, 0, 0, { NEED("what", 0), MAYBE("by", TEXT) } },
    ATOMIC("atomic_inc", ATOMIC_INC),
    ATOMIC("atomic_dec", ATOMIC_DEC),
    ATOMIC("atomic_xchg", ATOMIC_XCHG),
    ATOMIC("atomic_cmpxchg", ATOMIC_CMPXCHG),
    ATOMIC("atomic_add", ATOMIC_ADD),
    ATOMIC("atomic_xadd", ATOMIC_XADD),
    ATOMIC("atomic_or", ATOMIC_OR),
    ATOMIC("atomic_and", ATOMIC_AND),
    ATOMIC("atomic_xor", ATOMIC_XOR),
    ATOMIC("atomic_bts", ATOMIC_BTS),
    ATOMIC("atomic_btr", ATOMIC_BTR),
    LOCKING("lock", LOCK),
    LOCKING("lock_shared", LOCK_SHARED),
    LOCKING("try_lock", TRY_LOCK),
    { "unlock",
      NC_EFF_UNLOCK,
      -1,
      0,
      { NEED("lock", 0), ARG("restores", 1), MUST("class", TEXT), MAYBE("lowers", FLAG) } },
    { "raise", NC_EFF_RAISE, -1, 0, { { "to", NC_OPERAND_ARG_OR_IRQL, 0, true }, ARG("saves", 1) } },
    { "lower", NC_EFF_LOWER, 0, 0, { NEED("to", 0) } },
    { "get_irql", NC_EFF_GET_IRQL, -1, 0, { { NULL, 0, 0, false } } },
    { "blocks", NC_EFF_BLOCKS, -1, 0, { ARG("on", 0), ARG("timeout", 1) } },
    { "calls",
      NC_EFF_CALLS,
      -1,
      -1,
      { NEED("function", 0),
        ARG("context", 1),
        { "parameter", NC_OPERAND_INDEX, 2, false },
        MAYBE("role", ROLE),
        MAYBE("irql", IRQL) } },
    { "calls_later",
      NC_EFF_CALLS_LATER,
      -1,
      -1,
      { NEED("function", 0), ARG("context", 1), { "parameter", NC_OPERAND_INDEX, 2, false }, MUST("role", ROLE) } },
    { "queues", NC_EFF_QUEUES, -1, 0, { NEED("item", 0), MUST("role", ROLE) } },
    { "signals", NC_EFF_SIGNALS, 0, 0, { NEED("object", 0) } },
    { "noreturn", NC_EFF_NORETURN, -1, 0, { { NULL, 0, 0, false } } },
    { "throws", NC_EFF_THROWS, -1, 0, { { NULL, 0, 0, false } } },
    { "returns", NC_EFF_RETURNS, -1, 0, { ARG("arg", 0), MAYBE("word", TEXT), MAYBE("value", NUMBER) } },
    { "assumes", NC_EFF_ASSUMES, 0, 0, { NEED("arg", 0) } },
};

const struct nc_effect_schema *nc_effect_schema_find(const char *name)
{
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++) {
        if (strcmp(schema[i].name, name) == 0) {
            return &schema[i];
        }
    }
    return NULL;
}

const struct nc_effect_schema *nc_effect_schema_by_op(int op)
{
    for (size_t i = 0; i < sizeof schema / sizeof *schema; i++) {
        if (schema[i].op == op) {
            return &schema[i];
        }
    }
    return NULL;
}
