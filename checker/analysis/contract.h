/*
 * Contracts: what the analysis knows of functions whose bodies it does not see, and of callback roles. They are data
 * (rules/contracts/ *.yaml), compiled into the program; --contracts FILE adds more at run time through the same reader.
 *
 * Arguments are named by position, from 0. NC_ARG_RETURN is the returned value, NC_ARG_NONE is "none".
 * Everything here is immutable after loading and may be shared by any number of analyses.
 */
#ifndef NC_ANALYSIS_CONTRACT_H
#define NC_ANALYSIS_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NC_ARG_NONE   (-1)
#define NC_ARG_RETURN (-2)

/* IRQLs of the x64 kernel. Interval ends; DIRQL stands for "some device level". */
enum nc_irql { NC_PASSIVE = 0, NC_APC = 1, NC_DISPATCH = 2, NC_DIRQL = 3, NC_CLOCK = 13, NC_HIGH = 15 };

/* A condition on one argument's value at the call: (arg OP value). A condition on a value that is not known is
 * "possible", which is not enough for a report (bounds) and enough for an effect. */
enum nc_cond_op {
    NC_COND_ALWAYS,
    NC_COND_EQ,
    NC_COND_NE,
    NC_COND_MASK /* (arg & value) != 0 */,
    NC_COND_NOMASK,
    NC_COND_NULL,
    NC_COND_NOT_NULL,
    NC_COND_POINTS_TO_ZERO /* arg points at an integer that is 0 */,
    NC_COND_NOT_POINTS_TO_ZERO
};
struct nc_cond {
    uint8_t op;
    int8_t arg;
    int64_t value;
};

/*
 * What a call does. a0..a5 are argument positions; the meaning of each is given in this order.
 *
 *   op             text            a0..                      value
 */
/* clang-format off */
#define NC_EFFECTS(X)                                                                                                  \
    /* resource contracts; text: the kind ("nmr_client", "nmr_provider", "wsk", "wsk_npi", "client_binding") */        \
    X(ACQUIRE)      /* a0 handle (out pointer, or the address that is the handle itself), a1 characteristics/NPI,      \
                       a2 context; succeeds when the returned NTSTATUS >= 0 */                                         \
    X(END)          /* a0 handle: starts (or is) the end; returns STATUS_PENDING when the kind has a wait */           \
    X(COMPLETE)     /* a0 handle: waits until the end is complete */                                                   \
    X(BIND)         /* NmrClientAttachProvider: a0 binding handle, a1 context, a2 dispatch, a3, a4 out pointers */     \
    X(DETACH_DONE)  /* Nmr*Detach*Complete: a0 binding handle */                                                       \
    /* memory */                                                                                                       \
    X(ALLOC)        /* a0 where the pointer goes (NC_ARG_RETURN or an out pointer), a1 size; may be NULL.              \
                       value: NC_POOL_*; text "object": comes initialised by the system */                             \
    X(ALLOC_SURE)   /* the same, but never NULL (raises instead, or cannot fail) */                                    \
    X(FREE)         /* a0 the memory */                                                                                \
    X(FREE_OBJECT)  /* a0 an object that owns memory (device, lookaside list, workitem, WDF object) */                 \
    X(OWNED)        /* the returned / *a0 memory belongs to object a1 (device extension, WDF context) */               \
    X(ZERO)         /* memory at a0, a1 bytes, becomes 0 */                                                            \
    X(FILL)         /* memory at a0, a1 bytes, is filled with byte a2 */                                               \
    X(COPY)         /* memory at a0 = memory at a1, a2 bytes */                                                        \
    X(COMPARE)      /* reads a0 and a1, a2 bytes */                                                                    \
    X(WRITES)       /* *a0 gets a value that is not known (an out parameter); value: size in bytes, 0: the pointee */  \
    X(READS)        /* *a0 is read (a1: bytes) */                                                                      \
    X(INIT)         /* the object at a0 is initialised (lock, list, event, timer): a write of its meaningful value */  \
    X(KEEPS)        /* a0 is remembered by the callee beyond the call: it escapes; text: by what */                    \
    /* interlocked; a0 the target address, a1 operand, a2 comparand. The old or new value is returned as documented */ \
    X(ATOMIC_INC) X(ATOMIC_DEC) X(ATOMIC_XCHG) X(ATOMIC_CMPXCHG) X(ATOMIC_ADD) X(ATOMIC_XADD) X(ATOMIC_OR)             \
    X(ATOMIC_AND) X(ATOMIC_XOR) X(ATOMIC_BTS) X(ATOMIC_BTR)                                                            \
    /* locks and IRQL */                                                                                               \
    X(LOCK)         /* a0 the lock, a1 where the old IRQL is saved (out pointer, NC_ARG_RETURN, or lock handle);       \
                       text: lock class ("spin", "queued", "push", "fast_mutex", "resource", "rw_spin", "mutex",       \
                       "ndis_rw", "wdf_spin", "cancel", ...); value: IRQL that it raises to, or -1: unchanged */       \
    X(LOCK_SHARED)  /* the same, shared */                                                                             \
    X(TRY_LOCK)     /* the same; taken when the returned value is not 0 */                                             \
    X(UNLOCK)       /* a0 the lock, a1 the IRQL to restore (value, or lock handle, or NC_ARG_NONE);                    \
                       value: 1 lowers the IRQL, 0 does not; text: lock class */                                       \
    X(RAISE)        /* a0 the new IRQL (NC_ARG_NONE: `value`), a1 where the old one goes */                            \
    X(LOWER)        /* a0 the IRQL to lower to */                                                                      \
    X(GET_IRQL)     /* returns the current IRQL */                                                                     \
    X(BLOCKS)       /* may wait for something: a0 the object (or none), a1 timeout pointer (NULL: forever) or none */  \
    /* control */                                                                                                      \
    X(CALLS)        /* calls a0 with context a1 before it returns (a2: which parameter of it gets the context).        \
                       text: role of the callback; value: IRQL at which it runs, -1: as the caller */                  \
    X(CALLS_LATER)  /* remembers a0 as a callback with context a1, run later; text: role */                            \
    X(QUEUES)       /* the callback in the object a0 runs once, later: its field with the role `text`, with the        \
                       context in the field after it; of a handle, the one callback that the driver has of that role */ \
    X(SIGNALS)      /* a0 is set: who waits for it goes on */                                                                \
    X(NORETURN)     /* does not return */                                                                              \
    X(THROWS)       /* may raise a structured exception */                                                             \
    X(RETURNS)      /* a0: the argument that is returned; else text: "status" (any NTSTATUS), "success" (always >= 0), \
                       "failure", "nonnull", "pending", "bool", "field" (some value); else value: the constant */                       \
    X(ASSUMES)      /* argument a0 is not 0 from here on (assertion functions) */
/* clang-format on */

enum nc_effect_op {
#define X(n) NC_EFF_##n,
    NC_EFFECTS(X)
#undef X
        NC_EFF_COUNT
};

enum nc_pool {
    NC_POOL_NONPAGED,
    NC_POOL_PAGED,
    NC_POOL_BY_TYPE /* POOL_TYPE in a2 */,
    NC_POOL_BY_FLAGS /* POOL_FLAGS in a2 */,
    NC_POOL_UNKNOWN
};

struct nc_effect {
    uint8_t op; /* enum nc_effect_op */
    int8_t a[6];
    const char *text; /* "" if none */
    int64_t value;
    struct nc_cond when;
};

struct nc_bound { /* the call is allowed at min <= IRQL <= max, when `when` holds; the first row that applies counts */
    int8_t min, max;
    struct nc_cond when;
};

struct nc_contract {
    const char *name;
    const char *page; /* reference page, e.g. "NmrRegisterClient (netioddk.h)" */
    const struct nc_bound *bounds;
    const struct nc_effect *effects;
    uint16_t bound_count, effect_count;
};

/* A role: a callback type, by the name of its function typedef ("KDEFERRED_ROUTINE") or of a role of ours
 * ("DPC", "WORK_ITEM"): at which IRQLs it really runs, and what it is to the life of the driver. */
enum nc_phase { NC_PHASE_RUNNING, NC_PHASE_ENTRY, NC_PHASE_UNLOAD };
struct nc_role_contract {
    const char *name;
    const char *page;
    int8_t min, max; /* IRQLs at which it really is called */
    uint8_t phase;
    bool once; /* runs once for each time that it is queued */
    bool half; /* takes for its caller what another callback gives back: it may return with a lock held, the IRQL raised
                */
    const char *display; /* "DPC routine", "detach callback" */
};

/* A slot: a structure field (or array of fields) that holds callbacks: "DRIVER_OBJECT.MajorFunction" -> DRIVER_DISPATCH
 */
struct nc_slot_contract {
    const char *record, *field;
    const char *role;
};

/* A kind of resource. */
struct nc_kind {
    const char *name;       /* "nmr_client" */
    const char *display;    /* "client registration" */
    bool handle_is_address; /* the handle is the address that was passed (WSK_REGISTRATION), not a value stored there */
    bool has_wait;          /* END returns STATUS_PENDING and COMPLETE must follow */
    const char *characteristics; /* record name of the characteristics: "NPI_CLIENT_CHARACTERISTICS", or "" */
    const char *instance;        /* field with the NPI_REGISTRATION_INSTANCE, or "" */
    const char *end_function, *wait_function; /* for messages: "NmrDeregisterClient" */
};

struct nc_contracts;

/* The built-in contracts. Never fails. */
const struct nc_contracts *nc_contracts_builtin(void);
/* Built-in ones plus those of the file, which win. On an error returns NULL and puts one line into *error (to free). */
struct nc_contracts *nc_contracts_load(const char *path, char **error);
/* The same from several files, which may refer to each other; what two of them define is an error. */
struct nc_contracts *nc_contracts_load_all(const char *const *paths, size_t count, char **error);
/* The same from text (name is for messages): what the fuzzer and the tests call. */
struct nc_contracts *nc_contracts_parse(const char *text, size_t length, const char *name, char **error);
void nc_contracts_free(struct nc_contracts *c);

/* NULL when there is none. Looked up in constant time. Exact name; for functions, names of the DDI's IRQL table that
 * have no contract of their own are found too (with bounds only). */
const struct nc_contract *nc_contract_find(const struct nc_contracts *c, const char *name);
/* Which effects a contract has, as a set of NC_OP(name). NULL: none. */
#define NC_OP(name) (UINT64_C(1) << NC_EFF_##name)
_Static_assert(NC_EFF_COUNT <= 64, "a set of effects is one number");
uint64_t nc_contract_ops(const struct nc_contract *contract);
const struct nc_role_contract *nc_role_find(const struct nc_contracts *c, const char *name);
const struct nc_slot_contract *nc_slot_find(const struct nc_contracts *c, const char *record, const char *field);
const struct nc_kind *nc_kind_find(const struct nc_contracts *c, const char *name);

#endif
