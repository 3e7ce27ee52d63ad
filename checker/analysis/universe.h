/*
 * The things that states speak of: contexts (call chains), objects (pieces of memory), symbols (values that are not
 * known, or not known to be a number or an address), resources and ranges. All are interned: equal things have equal
 * numbers for the whole run, so that states of different paths can be compared and joined.
 */
#ifndef NC_ANALYSIS_UNIVERSE_H
#define NC_ANALYSIS_UNIVERSE_H

#include "analysis/pmap.h"
#include "model/module.h"

struct nc_arena;

/* ---- values ---- */

enum val_kind {
    V_NONE,   /* no value (a void result) */
    V_INT,    /* off: the number */
    V_ADDR,   /* address inside object id, at bit offset off */
    V_SYM,    /* symbol id */
    V_UNINIT, /* indeterminate: never written */
    V_FILL,   /* payload of the fill map: id: enum fill_kind, off: first bit behind the range */
    V_META    /* payload of other maps: id and off as the map says */
};

static inline struct val v_int(int64_t n) { return (struct val){ V_INT, 0, n }; }
static inline struct val v_addr(uint32_t object, int64_t off) { return (struct val){ V_ADDR, object, off }; }
static inline struct val v_none(void) { return (struct val){ V_NONE, 0, 0 }; }
static inline struct val v_uninit(void) { return (struct val){ V_UNINIT, 0, 0 }; }
static inline struct val v_sym(uint32_t id) { return (struct val){ V_SYM, id, 0 }; }
static inline bool v_same(struct val a, struct val b) { return a.kind == b.kind && a.id == b.id && a.off == b.off; }

/* ---- contexts: a call chain ---- */

struct context {
    uint32_t parent; /* 0: none (an entry) */
    nc_id inst;      /* the call; for an entry: a number of its own */
    nc_id fn;
    uint32_t depth;
};

/* ---- objects ---- */

enum obj_kind { OBJ_NONE, OBJ_GLOBAL, OBJ_LOCAL, OBJ_FUNC, OBJ_STRING, OBJ_HEAP, OBJ_SYM, OBJ_ELEM, OBJ_TEMPS };

struct object {
    uint8_t kind;
    uint32_t a, b; /* GLOBAL: id; LOCAL: context, local; FUNC: id; HEAP: context, inst; SYM: symbol; ELEM: object, index
                      symbol; TEMPS: context */
    int64_t
        c; /* HEAP: generation (0 the latest, 1 older ones); ELEM: offset of the array (plus the element size in b2) */
    nc_id record;   /* record type that it was seen to be, NC_NONE if not known */
    int64_t extent; /* ELEM: bits of the array behind offset c, 0: not known */
};

/* ---- symbols ---- */

enum sym_kind {
    SYM_NONE,
    SYM_FRESH,  /* result of instruction b in context a; c: slot and generation */
    SYM_LAZY,   /* content that was there before: of object a, offset c, epoch b */
    SYM_EXPR,   /* operator b on x and y */
    SYM_JOIN,   /* joined at block b of context a: object and offset in x */
    SYM_HANDLE, /* handle of resource a */
    SYM_FAILED  /* handle left by a register call that failed: resource a */
};

struct symbol {
    uint8_t kind;
    uint8_t flags;
    uint32_t a, b;
    int64_t c;
    struct val x, y;
    nc_id type; /* type that it was loaded or returned with, NC_NONE if not known */
};
enum {
    SYMF_IRQL_UNSURE = 1,    /* an IRQL of an entry that nothing visible calls: only its lower end is real */
    SYMF_BINDING_CLIENT = 2, /* the binding handle that a client's attach callback got */
    SYMF_BINDING_PROVIDER = 4,
    SYMF_NONNULL = 8,
    SYMF_STATUS = 16
};

/* ---- ranges: what a path knows of a symbol ---- */

#define RANGE_NE 3
struct range {
    int64_t lo, hi;
    int64_t ne[RANGE_NE]; /* values that it is not; sorted */
    uint32_t ne_count;
};

/* ---- resources: what an ACQUIRE made ---- */

struct resource {
    uint32_t kind; /* index into the engine's kinds */
    uint32_t ctx;
    nc_id inst; /* the call */
    uint32_t gen;
    uint32_t sym; /* != 0: assumed resource behind a handle of unknown origin */
};

struct universe {
    struct nc_arena *arena;
    const struct nc_module *m;
    struct context *contexts;
    struct object *objects;
    struct symbol *symbols;
    struct range *ranges;
    struct resource *resources;
    uint32_t context_count, object_count, symbol_count, range_count, resource_count;
    uint32_t context_cap, object_cap, symbol_cap, range_cap, resource_cap;
    uint32_t *table; /* open addressing: (index + 1) | space in the top bits */
    uint32_t table_size, table_used;
};

void universe_init(struct universe *u, struct nc_arena *arena, const struct nc_module *m);
void universe_free(struct universe *u);

struct universe_mark {
    uint32_t contexts, objects, symbols, ranges, resources;
};
struct universe_mark universe_mark(const struct universe *u);
/* Forgets everything that was interned since the mark. */
void universe_reset(struct universe *u, const struct universe_mark *mark);

uint32_t u_context(struct universe *u, uint32_t parent, nc_id inst, nc_id fn);
uint32_t u_object(struct universe *u, enum obj_kind kind, uint32_t a, uint32_t b, int64_t c);
uint32_t u_symbol(struct universe *u, struct symbol s); /* type and flags are not part of the identity */
uint32_t u_range(struct universe *u, struct range r);
uint32_t u_resource(struct universe *u, struct resource r);

/* Whether the object goes away when the frame of that context does. */
static inline bool object_is_frame(const struct object *o) { return o->kind == OBJ_LOCAL || o->kind == OBJ_TEMPS; }
/* The object that an element object belongs to, at the end of the chain. */
uint32_t object_base(const struct universe *u, uint32_t object);

#endif
