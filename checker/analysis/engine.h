/*
 * The engine: symbolic execution of a linked driver. This header is what the parts of the analysis share; each part's
 * purpose stands above its functions.
 *
 * Ownership: everything lives in the engine's arena or its universe and is freed with the engine. A state is a small
 * value made of persistent maps: copying the struct copies the state.
 */
#ifndef NC_ANALYSIS_ENGINE_H
#define NC_ANALYSIS_ENGINE_H

#include "analysis/analysis.h"
#include "analysis/contract.h"
#include "analysis/universe.h"
#include "support/arena.h"

/* ---- states ---- */

/* One step of the path so far, newest first. Not part of a state's identity. */
struct trace {
    const struct trace *parent;
    nc_id loc;
    nc_id fn;     /* function that holds the place */
    uint32_t res; /* resource that it is about, 0: none */
    uint8_t kind; /* enum trace_kind */
    uint32_t depth;
    const char *text;
};
enum trace_kind { TR_EVENT, TR_CALL, TR_RETURN, TR_BRANCH, TR_PHASE, TR_IRQL };

struct state {
    const struct pmap *mem;   /* cells: (object, bit offset) -> value, size in bits */
    const struct pmap *fill;  /* ranges: (object, first bit) -> V_FILL, end in val.off; below the cells */
    const struct pmap *facts; /* (symbol, 0) -> V_META range number */
    const struct pmap *res;   /* (resource, enum res_slot) -> V_META or a value */
    const struct pmap *objs;  /* (object, enum obj_slot) -> V_META */
    const struct pmap *soft;  /* the same as objs for objects of unknown origin: merging does not keep it apart */
    const struct pmap *locks; /* (object, offset) -> V_META: held locks */
    struct val irql;          /* the current IRQL: a number or a symbol */
    const struct trace *trace;
    uint32_t flags; /* STATE_* */
};
enum {
    STATE_JOINED = 1 /* facts were lost in a merge */,
    STATE_SHAKY = 2 /* took a branch on something only guessed */,
    STATE_TOO_LOW = 4 /* the call in progress was reported as too low */,
    STATE_TOO_HIGH = 8, /* ... as too high */
    STATE_GUARDED =
        16 /* after a registration a flag of unknown history was asked: what handles are bad is not told by this path */
};

enum fill_kind { FILL_ZERO, FILL_UNINIT, FILL_UNKNOWN /* from here on: the epoch is the number minus FILL_UNKNOWN */ };

enum obj_slot {
    OS_FREED,   /* off: the instruction that freed it; id: context */
    OS_POOL,    /* id: enum nc_pool of a heap object; off: the allocating instruction */
    OS_OWNER,   /* a value: the object that it belongs to */
    OS_ESCAPED, /* reachable for code that is not seen */
    OS_BINDING  /* id: enum binding_status of a binding context object */
};

/* Typestate of a resource; slots of the res map. */
enum res_slot {
    RS_STATE,
    RS_CHARS,
    RS_CONTEXT,
    RS_HANDLE_AT,
    RS_DATA0,
    RS_DATA1,
    RS_DATA2,
    RS_DATA3,
    RS_FREED_EARLY,
    RS_ESCAPED,
    RS_ENDED_AT,
    RS_COUNT
};
enum res_state {
    RES_NONE,
    RES_LIVE,   /* registered */
    RES_ENDING, /* deregister was called: pending until the wait has returned */
    RES_ENDED,
    RES_FAILED, /* the register call failed */
    RES_WAITED, /* assumed resource: waited for, and not seen to be deregistered */
    RES_SILENT  /* reported, or not known any more: nothing is said of it on this path */
};

/* What else the res map holds, by keys that no resource has and offsets that are no res_slot. From KEY_OF_RUN on it is
 * forgotten when the run of an entry is over. */
enum res_key {
    OPEN_KEY = 0x7ffffb00,           /* the file object is open: file_object.c */
    DRIVER_CLEANUP_KEY = 0x7ffffc00, /* the KMDF driver object's cleanup routine */
    TOKEN_KEY = 0x7ffffd00,          /* routines that are queued to run once: queued.c */
    KEY_OF_RUN = 0x7fffff00,
    BIND_KEY = KEY_OF_RUN,      /* the binding that the running attach callback makes: binding.c */
    BAD_HANDLE_KEY = 0x7ffffff0 /* handles of unknown origin that were reported: resource.c */
};

struct exit_state { /* of a function activation */
    struct state s;
    struct val ret;
    nc_id loc;
};

struct exits {
    struct exit_state *items;
    uint32_t count, cap;
};

/* ---- what is known of each function before any execution ---- */

struct fn_info {
    bool ready;
    bool has_body;
    const struct nc_contract *contract; /* of its name, or NULL */
    uint32_t *rpo;                      /* block -> position; UINT32_MAX: not reachable */
    uint32_t *order;                    /* position -> block */
    uint32_t *rank;                     /* block -> place in the order of execution */
    uint32_t *schedule;                 /* place -> block */
    uint32_t reachable;
    uint8_t *block_flags; /* BF_* */
    uint64_t *live_in;    /* bit set for each block: temps first, then locals */
    uint32_t live_words;
    uint32_t size;                            /* instructions */
    int8_t irql_max, irql_min;                /* from annotations; -1: none */
    bool irql_same, irql_raises, irql_effect; /* annotated with IRQL effects */
    const char *irql_max_text;
    uint32_t paged; /* the function is pageable: 1 section, 2 PAGED_CODE, 0 not */
};
enum { BF_LOOP_HEAD = 1, BF_IN_LOOP = 2 };

/* ---- entries ---- */

struct entry {
    nc_id fn;
    const struct nc_role_contract *role; /* NULL: not known */
    nc_id loc;                           /* where it was put into its slot or passed, NC_NONE: by declaration only */
    const char *how;                     /* role name for messages */
    struct val context;                  /* value that it will get as context, V_NONE if not known */
    uint8_t context_param;
    uint32_t res;       /* NMR callbacks: the registration that it belongs to, 0 if not known */
    bool slot;          /* put into a slot or registered (not only declared with a role) */
    uint8_t configured; /* KMDF_*: what was seen where its objects were created */
    uint8_t major;      /* IRP_MJ_* of the IRP that it gets, plus 1; 0: not known */
};
enum { KMDF_PASSIVE = 1, KMDF_DEFAULT = 2, KMDF_UNKNOWN = 4 };

struct slot_fill {
    nc_id fn, field, global; /* global: an array of functions; else NC_NONE */
};

/* ---- findings in the making ---- */

struct candidate {
    const char *rule;
    nc_id loc;
    nc_id fn;      /* function that holds the primary location */
    nc_id acquire; /* the register call that it is about, NC_NONE */
    uint32_t ctx;
    uint32_t res;
    const char *message;
    const struct trace *trace;
    const char *last; /* text of the last step */
    bool shaky, dropped;
    /* Dropped at the end if handles of that kind, from that field or global, are waited for somewhere. */
    nc_id unless_freed; /* dropped if objects of that record are freed somewhere; NC_NONE: no such condition */
    nc_id pool_field;   /* only if nothing but paged pool is ever stored there; NC_NONE: no such condition */
    nc_id pool_param;   /* the same of a parameter (a local) that the system fills in */
    bool unless_waited, unless_ended;
    bool unless_any_freed; /* dropped if objects of unknown type are freed somewhere */
    uint32_t kind;
    nc_id field, global;
};

struct frame { /* an activation that is being executed */
    struct frame *up;
    uint32_t ctx;
    nc_id fn;
    nc_id call_inst;
    struct state *caller;
    const struct entry *entry; /* of the outermost frame */
    struct val irql_at_entry;
    const struct pmap *locks_at_entry;
    uint32_t callback_of;  /* registration whose callback this is, 0: none */
    uint8_t callback_kind; /* enum callback_kind */
};
enum callback_kind { CB_NONE, CB_ATTACH, CB_DETACH, CB_CLEANUP, CB_OTHER };

/* One side of an NPI: the callbacks that one registration's characteristics name. */
struct binding_info {
    bool provider;
    nc_id attach, detach, cleanup; /* NC_NONE: NULL or not known */
    bool cleanup_known;            /* the slot was seen: it is NULL if cleanup is NC_NONE */
    struct val context;            /* registration context, V_NONE if not known */
    /* learned by running the callbacks */
    nc_id record; /* type of the binding context */
    bool frees;   /* cleanup frees the context on some path */
    bool frees_always;
    bool attached;    /* the attach callback was seen to succeed */
    struct val bound; /* what the attach callback gave as binding context */
    nc_id alloc_sites[8];
    uint32_t alloc_site_count;
    int64_t owned[8]; /* offsets of pointers in the context whose memory cleanup frees */
    uint32_t owned_count;
};

struct order; /* what the callbacks of a registration read (callbacks.c) */
struct watch; /* recording of what an execution reads, writes and locks (initorder.c, deadlock.c) */

struct engine {
    const struct nc_module *m;
    const struct nc_contracts *contracts;
    const struct nc_analysis_options *options;
    struct nc_findings *out;
    struct nc_arena *perm;  /* lives as long as the engine */
    struct nc_arena *arena; /* states: each run of an entry has an arena of its own */
    struct universe u;
    bool big;           /* calls whose effect is known already are not executed again */
    struct memo *memos; /* summaries of neutral calls: see memo.c */
    uint32_t memo_count, memo_cap;
    uint32_t *sym_marks, *obj_marks, mark_stamp; /* scratch of state.c */
    uint32_t sym_mark_cap, obj_mark_cap;
    uint8_t *inst_loops; /* per instruction: 0 not asked, 1 not in a loop, 2 in one */
    const char *record_names[24];
    nc_id record_ids[24];
    uint32_t record_count;
    size_t memory_limit;
    struct fn_info *fns;
    uint8_t *global_mutable; /* may be written after initialisation */
    uint8_t *fn_relevant;    /* reaches something that the lifetime rules speak of */
    uint8_t *fn_frees;       /* leads to a free of memory */
    uint8_t *fn_ends;        /* leads to the end of a registration */
    uint8_t *fn_signals;     /* leads to the setting of an event or the like */
    uint8_t *fn_touches;     /* may change what a relevant function looks at */
    bool any_relevant;
    nc_id entry_fn;        /* DriverEntry, or NC_NONE */
    nc_id remove_entry_fn; /* RemoveEntryList, or NC_NONE */
    bool whole;
    bool never_unloads;

    struct entry *entries;
    uint32_t entry_count, entry_cap;
    const struct nc_role_contract *own_roles[64]; /* made of the driver's annotated function types */
    uint32_t own_role_count;
    struct slot_fill *fills; /* functions seen to be put into fields and tables */
    uint32_t fill_count, fill_cap;

    struct candidate *cands;
    uint32_t cand_count, cand_cap;

    const struct nc_kind *kinds[16];
    uint32_t kind_count;

    /* the run in progress */
    struct frame *frame;
    bool generic;        /* globals and parameters are unknown */
    bool lifetime_rules; /* report lifetime findings */
    bool irql_rules;
    bool quiet;      /* nothing is reported: execution only to learn what code does */
    bool part_rules; /* what escapes is presumed well kept */
    bool repeat;     /* entries may run again in the same context: symbols are checked for reuse */
    uint64_t work, work_limit, alone_work;
    uint32_t depth;
    nc_id current_inst, current_loc; /* what is being executed: expressions have no position of their own */
    bool cut;
    struct watch *watch;
    uint32_t nested; /* depth of callback executions inside a call */
    uint32_t fresh_epoch;

    /* what was seen over the whole analysis */
    struct end_site *end_sites; /* where handles are ended: see resource.c */
    uint32_t end_site_count, end_site_cap;
    struct binding_info *bindings;
    uint32_t binding_count, binding_cap;
    struct exits terminated; /* states in which a thread has ended itself */
    uint8_t *record_freed;   /* per type: an object of it is freed outside of an attach callback */
    bool unknown_freed;      /* so was one whose type is not known */
    uint8_t *field_pools;    /* per field: pools that were stored into it, as bits of enum nc_pool */
    uint8_t
        *context_pools; /* per parameter (a local): pools of what the system passes there, as bits of enum nc_pool */
    uint8_t *field_guarded; /* per field: FIELD_* (guarded.c) */
    struct order *orders;
    uint32_t order_count, order_cap;
    bool binding_rules;
    struct binding_info *side;            /* the side whose callbacks run now, NULL outside bindings_run */
    uint32_t out_objects[2];              /* the out parameters of a provider's attach callback */
    bool raisers_known, unseen_raisers;   /* see irql.c */
    uint32_t acquire_sites[16];           /* per kind: register calls in the whole module */
    uint32_t *field_kinds, *global_kinds; /* HK_* of the handles kept there: handle_kinds.c */
    uint8_t *npi_fn;                      /* functions in dispatch tables given to the other side */
    uint8_t *acquire_unchecked;           /* per instruction: 0 not asked, 1 checked, 2 unchecked */
    uint8_t *fn_executed;                 /* in the runs so far; cleared between phases */
    uint8_t *fn_seen;                     /* at any time */
    uint64_t stat_states, stat_calls, stat_merges, stat_cut;
};

/* ---- ranges and values (value.c) ---- */

struct range range_of(struct engine *e, const struct state *s, struct val v);
/* -1: not known, else whether the comparison holds. op is an nc_expr_op from EQ to GE. */
int compare_vals(struct engine *e, const struct state *s, uint32_t op, struct val a, struct val b);
struct val binary(struct engine *e, const struct state *s, uint32_t op, struct val a, struct val b, nc_id type);
struct val cast_val(struct engine *e, const struct state *s, struct val v, nc_id type);
/* Restricts s to what makes v (un)true; false: no such state. */
bool assume(struct engine *e, struct state *s, struct val v, bool truth);
bool assume_compare(struct engine *e, struct state *s, uint32_t op, struct val a, struct val b);
/* The values of r without n. */
void range_exclude(struct range *r, int64_t n);
void set_range(struct engine *e, struct state *s, uint32_t symbol, struct range r);
/* 1: certainly not zero, 0: certainly zero, -1: not known */
int truth_of(struct engine *e, const struct state *s, struct val v);
bool const_of(struct engine *e, const struct state *s, struct val v, int64_t *n);

/* ---- memory (memory.c) ---- */

struct val normal_addr(struct engine *e, uint32_t object, int64_t off);
/* The object and offset that a value points at; false: NULL or nothing that can be followed. */
bool point_at(struct engine *e, struct val v, uint32_t *object, int64_t *off);
struct val mem_load(struct engine *e, struct state *s, uint32_t object, int64_t off, uint64_t bits, nc_id type);
void mem_store(struct engine *e, struct state *s, uint32_t object, int64_t off, uint64_t bits, struct val v);
void mem_fill(struct engine *e, struct state *s, uint32_t object, int64_t lo, int64_t hi, uint32_t fill);
void mem_copy(struct engine *e, struct state *s, uint32_t to, int64_t to_off, uint32_t from, int64_t from_off,
              int64_t bits);
/* Content becomes unknown; cells that hold handles keep them when keep_handles. */
void mem_havoc(struct engine *e, struct state *s, uint32_t object, int64_t lo, int64_t hi, bool keep_handles);
void mem_drop_object(struct engine *e, struct state *s, uint32_t object);
uint32_t new_epoch(struct engine *e);
/* Size of an object in bits, 0 if not known. */
int64_t object_bits(struct engine *e, uint32_t object);
const char *object_name(struct engine *e, uint32_t object);

/* ---- states as a whole (state.c) ---- */

bool state_equal(const struct state *a, const struct state *b);
uint64_t state_hash(const struct state *s);
uint64_t state_key(const struct state *s); /* typestates, locks, IRQL: what merging keeps apart */
/* The key, and which locals and globals the local pointers point at: a loop does not mix these up. */
uint64_t state_targets_key(struct engine *e, const struct state *s);
/* The key, and the flags in memory: states that agree in it are joined before others are. */
uint64_t state_flags_key(struct engine *e, const struct state *s);
bool state_mentions(struct engine *e, const struct state *s, uint32_t symbol, uint32_t object);
void state_collect(struct engine *e, struct state *s); /* drops facts about symbols that are gone */
struct state state_join(struct engine *e, const struct state *a, const struct state *b, uint32_t ctx, uint32_t where,
                        bool widen);
void trace_add(struct engine *e, struct state *s, uint8_t kind, nc_id loc, uint32_t ctx, uint32_t res,
               const char *text);
/* The same path, or state, without anything in `from`: what was made there is copied to `to`. */
const struct trace *trace_keep(struct nc_arena *to, const struct nc_arena *from, const struct trace *t);
struct state state_keep(struct nc_arena *to, const struct nc_arena *from, const struct state *s);
struct val fresh(struct engine *e, struct state *s, uint32_t ctx, nc_id inst, uint32_t slot, nc_id type);
uint32_t fresh_heap(struct engine *e, struct state *s, uint32_t ctx, nc_id inst);

/* ---- expressions (eval.c) ---- */

struct val eval(struct engine *e, struct state *s, uint32_t ctx, nc_id expr);
/* Bits that an access of that type at an address expression covers: of a bit-field its width. */
uint64_t access_bits(struct engine *e, nc_id addr, nc_id type);
struct val eval_condition(struct engine *e, struct state *s, uint32_t ctx, nc_id expr);
/* The object at that address was seen to be of this record type. */
void learn_record(struct engine *e, struct val base, nc_id record);
struct val eval_const(struct engine *e, nc_id expr); /* initialisers */
struct val temp_get(struct engine *e, const struct state *s, uint32_t ctx, uint32_t temp);
void temp_set(struct engine *e, struct state *s, uint32_t ctx, uint32_t temp, struct val v);
int64_t type_bits(struct engine *e, nc_id type);

/* ---- execution (exec.c, call.c, effects.c) ---- */

/* Executes fn from s with the arguments already stored in its parameters. Exits are appended. */
void exec_function(struct engine *e, uint32_t ctx, nc_id fn, const struct state *s, struct exits *out);
void exits_add(struct engine *e, struct exits *x, const struct state *s, struct val ret, nc_id loc);
/* Calls a value: every possible continuation is appended. */
void call_value(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, struct val callee,
                const struct val *args, uint32_t arg_count, struct exits *out);
/* Inlines fn with these arguments; ctx is the caller's. */
/* A call of a function that was executed before in the same circumstances and left everything as it was. */
uint64_t memo_key(struct engine *e, const struct state *s, nc_id fn, const struct val *args, uint32_t arg_count);
bool memo_use(struct engine *e, uint64_t key, uint32_t ctx, nc_id inst, const struct state *s, nc_id fn,
              const struct val *args, uint32_t arg_count, struct exits *out);
void memo_learn(struct engine *e, uint64_t key, const struct state *before, const struct exits *x, uint32_t start);
void memo_clear(struct engine *e);
void call_havoc(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn, const struct val *args,
                uint32_t arg_count);
void call_body(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, nc_id fn, const struct val *args,
               uint32_t arg_count, struct exits *out);
void apply_contract(struct engine *e, uint32_t ctx, nc_id inst, const struct state *s, const struct nc_contract *c,
                    nc_id fn, const struct val *args, uint32_t arg_count, struct exits *out);
bool cond_holds(struct engine *e, struct state *s, const struct nc_cond *c, const struct val *args, uint32_t arg_count,
                bool *known);

/* Bits of what argument a points at, by the declared parameter or the argument's own type (*type: NC_NONE if not
 * known). */
int64_t pointee_bits(struct engine *e, nc_id fn, nc_id inst, int a, nc_id *type);
/* Locals that the argument leads to may be written by the callee. */
void havoc_locals_behind(struct engine *e, struct state *s, struct val v);

/* ---- function facts (fninfo.c, blocks.c) ---- */

/* Successors of a block of f, at most cap of a switch's; returns their number. */
uint32_t block_successors(const struct nc_module *m, const struct nc_function *f, uint32_t block, uint32_t *out,
                          uint32_t cap);
void blocks_order(struct engine *e, const struct nc_function *f, struct fn_info *info);

const struct fn_info *fn_info(struct engine *e, nc_id fn);
static inline nc_id inst_loc(const struct engine *e, nc_id inst)
{
    return inst == NC_NONE ? NC_NONE : e->m->insts[inst].loc;
}
/* Every instruction of fn, until visit says false; false then. */
bool each_inst(const struct nc_module *m, nc_id fn, bool (*visit)(void *user, const struct nc_inst *in), void *user);
/* The function that an instruction calls by its name; NC_NONE: it does not. */
static inline nc_id direct_callee(const struct nc_module *m, const struct nc_inst *in)
{
    return in->op == NC_IN_CALL && m->exprs[in->b].op == NC_EX_FUNC ? m->exprs[in->b].a : NC_NONE;
}
void engine_prepare(struct engine *e);
bool inst_in_loop(struct engine *e, uint32_t ctx, nc_id inst);
nc_id inst_function(struct engine *e, nc_id inst);

/* ---- entries and the driver's life (entries.c, harness.c) ---- */

void entries_collect(struct engine *e);
/* fn was put into a slot, or passed as a callback. Returns its entry. */
struct entry *entry_note(struct engine *e, nc_id fn, const struct nc_role_contract *role, nc_id loc, struct val context,
                         uint8_t context_param, bool slot);
void note_slot_store(struct engine *e, struct state *s, nc_id addr_expr, nc_id loc, struct val v);
void harness_run(struct engine *e);
/* Does something that the driver's life is followed for. */
bool runs_in_life(struct engine *e, nc_id fn);
/* Its role says that it runs once for each time that it is queued. */
bool runs_once(const struct entry *en);
bool token_take(struct engine *e, struct state *s, struct entry *en);
/* A routine is queued; it gets the context as that parameter (255: it gets none). */
void token_put(struct engine *e, struct state *s, nc_id fn, struct val context, uint8_t param);
/* The next routine that is queued, as an entry; false: none. */
bool token_next(struct engine *e, struct state *s, struct entry *en);
void run_pending(struct engine *e, struct exits *x);
/* A call that creates a framework object (kmdf.c): takes note of what its attributes say of callbacks. */
void kmdf_created(struct engine *e, nc_id inst, struct state *s, const struct val *args, uint32_t n);
/* The levels of that role depend on how the object was created: such entries are looked at after the others. */
bool kmdf_configured(const struct nc_role_contract *role);
/* Corrects the levels of an entry by what was seen; unsure: only the lower one is real. */
void kmdf_levels(const struct entry *en, int *lo, int *hi, bool *unsure);
/* The role that a field of a record has as a slot, or NULL. */
const struct nc_role_contract *slot_role(struct engine *e, nc_id record, nc_id field);
/* The innermost field at a bit offset of a record; NC_NONE if there is none. */
nc_id field_at(struct engine *e, nc_id record, int64_t off, nc_id *owner);
/* The life of a whole driver (life.c). */
void life_run(struct engine *e);
/* The next run may do that much work. */
void fresh_work(struct engine *e, uint64_t limit);
void drop_arguments(struct engine *e, struct state *s, uint32_t ctx, const struct nc_function *f);
/* The driver object and the file object that every routine of the driver's life gets (file_object.c). */
struct val driver_object(struct engine *e);
struct val file_object(struct engine *e);
enum { MAJOR_CREATE = 0x00, MAJOR_CLOSE = 0x02, MAJOR_CLEANUP = 0x12 }; /* IRP_MJ_* */
/* The major functions that the driver object has fn for, as bits; 0: not known. */
uint32_t dispatched_majors(struct engine *e, const struct state *s, nc_id fn);
void file_begin(struct engine *e, struct state *s);
bool file_is_open(const struct state *s);
void file_opened(struct engine *e, struct state *s, struct val status);
void file_closed(struct engine *e, struct state *s);
struct state initial_state(struct engine *e);
void push_entry_args(struct engine *e, struct state *s, uint32_t ctx, const struct entry *en, struct val irql);
/* The symbol that stands for what the system passes as an entry's argument, and back: -1 for any other symbol. */
enum { ENTRY_ARGUMENT = 2000, ENTRY_ARGUMENTS = 50 };
static inline int entry_argument(const struct symbol *y)
{
    bool is =
        y->kind == SYM_FRESH && y->b == NC_NONE && y->c >= ENTRY_ARGUMENT && y->c < ENTRY_ARGUMENT + ENTRY_ARGUMENTS;

    return is ? (int)(y->c - ENTRY_ARGUMENT) : -1;
}
/* Runs an entry from s; exits are appended. */
void run_entry(struct engine *e, const struct entry *en, const struct state *s, struct val irql, struct exits *out);
nc_id find_function(struct engine *e, const char *name);

/* ---- kinds of handles by place (handle_kinds.c) ---- */

enum {
    HK_KINDS = 16 /* bits of kinds */,
    HK_BINDING_CLIENT = 1 << 16,
    HK_BINDING_PROVIDER = 1 << 17,
    HK_OTHER = 1 << 18
};
void handle_kinds_collect(struct engine *e);
/* HK_* of what an address, or of where a value was read from; 0: not known. */
uint32_t handle_kinds_at(struct engine *e, nc_id addr);
uint32_t handle_kinds_read(struct engine *e, nc_id value);
const char *handle_kinds_text(struct engine *e, uint32_t kinds);
/* What a part of a driver tells of registrations out of sight (part.c): the wait runs in a callback of what it waits
 * for; an object holds what a registration uses. */
bool waits_for_itself(struct engine *e, uint32_t res, nc_id arg);
bool embeds_registration(struct engine *e, uint32_t object);
/* The field of a record that holds the handle of an NMR registration; NC_NONE: none does. */
nc_id registration_field(struct engine *e, nc_id record);

/* ---- resources (resource.c, leaks.c) ---- */

/* Where handles of a kind are ended: the field or global that the handle was found in. */
struct end_site {
    uint32_t kind;
    nc_id field, global; /* NC_NONE: not that */
    nc_id inst;
    bool wait;
};
uint32_t kind_index(struct engine *e, const char *name);
/* The field and the global that a place in memory is; NC_NONE: not one. */
void handle_place(struct engine *e, uint32_t object, int64_t off, nc_id *field, nc_id *global);
nc_id find_record(struct engine *e, const char *name);
nc_id find_field(struct engine *e, nc_id record, const char *name);
/* Where a free is reported: the call of the driver's own wrapper, or the free. */
nc_id free_place(struct engine *e, nc_id inst, uint32_t *ctx);
bool res_each_live(struct engine *e, const struct state *s, bool (*f)(void *user, uint32_t res, enum res_state st),
                   void *user);
uint32_t owner_of(struct engine *e, const struct state *s, uint32_t object);
const struct nc_kind *res_kind(struct engine *e, uint32_t res);
enum res_state res_get(const struct state *s, uint32_t res);
void res_set(struct engine *e, struct state *s, uint32_t res, enum res_state st);
struct val res_slot(const struct state *s, uint32_t res, uint32_t slot);
void res_slot_set(struct engine *e, struct state *s, uint32_t res, uint32_t slot, struct val v);
void do_acquire(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                const struct val *args, uint32_t arg_count, struct exits *out);
void do_end(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
            const struct val *args, uint32_t arg_count, struct exits *out);
void do_complete(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t arg_count);
void on_free(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, struct val v);
/* A cell that may hold a handle is about to be overwritten. */
void before_overwrite(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object, int64_t off,
                      uint64_t bits, struct val v);
void frame_leave(struct engine *e, uint32_t ctx, nc_id fn, struct state *s, struct val ret, nc_id loc);
/* The driver is left in this state (entry failed, or unload returned). */
void driver_left(struct engine *e, struct state *s, const char *how, nc_id loc);
/* An entry has returned: deregistrations that it started behind handles of unknown origin. */
void entry_left(struct engine *e, struct state *s, nc_id loc);
/* What was assumed behind handles of unknown origin holds for one run of an entry. */
void forget_assumed(struct engine *e, struct state *s);
void escape_value(struct engine *e, struct state *s, struct val v);
bool status_is_checked(struct engine *e, nc_id inst);
void check_characteristics(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res);
void check_residence(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res);
void check_stack(struct engine *e, uint32_t ctx, nc_id fn, struct state *s, nc_id loc);
bool handle_reachable(struct engine *e, const struct state *s, uint32_t res, struct val ret);
uint32_t res_of_handle(struct engine *e, const struct state *s, struct val v);
const char *res_text(struct engine *e, uint32_t res);

/* ---- IRQL (irql.c) ---- */

void irql_check_call(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_contract *c, nc_id fn,
                     const struct val *args, uint32_t arg_count);
void irql_check_body(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn);
void irql_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t arg_count, struct val *ret, struct exits *out);
/* The function takes a lock where its caller asks for it, and leaves the release to another: of exits i of n that hold
 * it and were told apart from the balanced ones by the arguments (chosen_exits.c). */
bool exit_chosen(struct engine *e, uint32_t ctx, nc_id fn, const struct exits *x, uint32_t i, const bool *raised);
void irql_check_exits(struct engine *e, uint32_t ctx, nc_id fn, const struct frame *fr, struct exits *x);
struct val irql_interval(struct engine *e, struct state *s, uint32_t ctx, int lo, int hi, bool unsure);
const char *irql_name(int64_t level);
/* What the annotations of a function that can't be seen say of the IRQL. */
void irql_annotated_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, nc_id fn,
                           const struct val *args, uint32_t arg_count, struct val *ret);
/* The callback will get that context as its parameter: what pool it is of. */
void context_pool_note(struct engine *e, const struct state *s, nc_id fn, uint32_t param, struct val context);
void irql_check_free(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, struct val v, uint32_t object);
void irql_check_entries(struct engine *e);

/* Whether a function calls what takes a lock, and what gives one back or lowers the IRQL: itself or by a wrapper of one
 * level (guarded.c). */
void lock_use(struct engine *e, nc_id fn, bool *takes, bool *releases);
/* What other threads may have done to flags since they were read (guarded.c): called where a lock is taken. */
void guarded_collect(struct engine *e);
void guarded_may_change(struct engine *e, uint32_t ctx, nc_id inst, struct state *s);
enum {
    FIELD_GUARDED = 1 /* stored into by a function that takes a lock */,
    FIELD_CHANGES = 2 /* ... by several functions */
};
/* Unseen code got [lo, hi) of the object: what was asked of its settled fields before is still so. */
void settled_fields_stay(struct engine *e, uint32_t ctx, nc_id inst, const struct state *before, struct state *s,
                         uint32_t object, int64_t lo, int64_t hi);

/* ---- bindings, deadlocks, initialisation order ---- */

void bind_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                 const struct val *args, uint32_t arg_count, struct exits *out);
void detach_done_effect(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, const struct nc_effect *f,
                        const struct val *args, uint32_t arg_count);
void binding_on_free(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object, nc_id loc);
void binding_on_access(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object);
void bindings_run(struct engine *e);
/* Every side that the driver's code names, beside those that note_side has seen (sides.c). */
void sides_collect(struct engine *e);
void note_side(struct engine *e, struct state *s, struct val chars, bool provider, struct val context);
struct val binding_handle(struct engine *e, bool provider);
/* The context that the running attach callback has bound; V_NONE: none. */
struct val bound_context(const struct state *s);
/* Runs a callback with these arguments from s; the frame is marked as a callback of res. */
void run_callback(struct engine *e, nc_id fn, const struct state *s, const struct val *args, uint32_t n, uint32_t res,
                  enum callback_kind kind, struct exits *out);
/* client: what a WSK client gave as its context. */
void callbacks_at_acquire(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res, struct val client);
/* The callbacks of a live registration as the system may run them: states after them are appended. */
void callbacks_in_life(struct engine *e, const struct state *s, uint32_t res, struct exits *out);
/* An object of unknown origin has the type of some binding's context, in a call that the other side makes: the binding
 * lives. */
bool is_binding_context(struct engine *e, uint32_t object);
/* Whether it is the context of the binding that the side's attach callback has made. */
bool binding_holds(struct engine *e, const struct state *s, struct val context);
/* Unseen code got the binding handle. */
void binding_handle_escapes(struct engine *e, struct state *s);
void bind_forget(struct engine *e, struct state *s);
/* What was learned of the registrations' callbacks since there were `first` such records outlives the run's arena. */
void orders_keep(struct engine *e, uint32_t first, struct nc_arena *from);
void callbacks_at_wait(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res);
void watch_read(struct engine *e, uint32_t object, int64_t off, uint64_t bits);
void watch_lock(struct engine *e, struct state *s, uint32_t object, int64_t off, const char *cls);
void late_write(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t object, int64_t off,
                uint64_t bits, struct val v);

/* ---- the driver's picture (picture.c) ---- */

void picture_draw(struct engine *e);

/* ---- reports (candidates.c) ---- */

struct candidate *report(struct engine *e, const struct state *s, const char *rule, nc_id loc, uint32_t ctx,
                         uint32_t res, const char *last, const char *format, ...) __attribute__((format(printf, 8, 9)));
/* There is such a report that depends on nothing else: one with conditions must not take its place. */
bool reported_for_sure(struct engine *e, const char *rule, nc_id loc);
void candidates_flush(struct engine *e);
const char *loc_text(struct engine *e, nc_id loc);
const char *fn_name(struct engine *e, nc_id fn);

#define MAX_ARGS 32

#endif
