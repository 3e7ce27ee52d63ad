/*
 * The module: what the front end makes of one translation unit, and what the analysis reads.
 *
 * A module is a set of flat arrays that refer to each other by index (nc_id), never by pointer, so that it is saved
 * and loaded as it lies in memory, and linked by adding offsets. Index NC_NONE means "none". Strings are offsets into
 * the module's string pool; offset 0 is the empty string.
 *
 * Ownership: a module owns all of its arrays (see module_free in builder.h); readers never free or change them.
 * Units: sizes of types are in bytes; offsets inside objects (fields, initialisers) are in BITS, so that a bit-field
 * is a cell like any other.
 */
#ifndef NC_MODEL_MODULE_H
#define NC_MODEL_MODULE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t nc_id;
typedef uint32_t nc_str;
#define NC_NONE UINT32_MAX

/* ---- source positions ---- */

/* Where a thing stands, after macro expansion; `macro` names the outermost macro whose expansion it came from, and
 * spelling_* where the token itself was written (equal to the position outside macros). */
struct nc_loc {
    nc_id file; /* index into files, NC_NONE: unknown */
    uint32_t line, col;
    nc_str macro;
    nc_id spelling_file;
    uint32_t spelling_line, spelling_col;
};

struct nc_file {
    nc_str path;   /* as the compiler opened it; virtual header files begin with "<nmrcheck>/" */
    uint8_t flags; /* NC_FILE_* */
    uint8_t pad[3];
};
enum { NC_FILE_SYSTEM = 1, NC_FILE_MAIN = 2 };

/* ---- types ---- */

enum nc_type_kind {
    NC_TY_VOID,
    NC_TY_INT,
    NC_TY_FLOAT,
    NC_TY_POINTER,
    NC_TY_ARRAY,
    NC_TY_RECORD,
    NC_TY_FUNCTION,
    NC_TY_OPAQUE
};

struct nc_type {
    uint8_t kind;
    uint8_t is_signed; /* integers (enumerations are integers) */
    uint8_t is_union;
    uint8_t is_const; /* pointers: the pointee is const */
    nc_str name;      /* records: the tag, or the typedef's name, or "file.h:LINE" for a nameless one; functions: "" */
    nc_id elem;       /* pointee, element, or a function's return type */
    uint32_t count;   /* array length (0: unknown), or a function's parameter count */
    uint64_t size;    /* bytes; 0: incomplete */
    nc_id first_field, field_count; /* records */
};

struct nc_field {
    nc_str name;
    nc_id type;
    uint32_t offset;    /* bits from the record's start */
    uint32_t bit_width; /* 0: not a bit-field */
    nc_str role;        /* function pointer fields: name of the function typedef that they point at ("" if none) */
};

/* ---- expressions: pure trees. Side effects (calls, assignments, ++) are instructions; their results are temps ---- */

/* clang-format off */
#define NC_EXPR_OPS(X)                                                                                                 \
    X(INT)     /* value: the constant */                                                                               \
    X(STRING)  /* address of a string literal; a: its text (nc_str) */                                                 \
    X(GLOBAL)  /* address of global a */                                                                               \
    X(FUNC)    /* address of function a */                                                                             \
    X(LOCAL)   /* address of local variable a of the current function (parameters come first) */                       \
    X(TEMP)    /* value of temp a of the current function */                                                           \
    X(LOAD)    /* value of type `type` at address a */                                                                 \
    X(FIELD)   /* address: base address a, b: field (index into fields), value: its offset in bits;                    \
                  aux: the record type */                                                                              \
    X(INDEX)   /* address: base address a, element number b (any integer expression), value: element size in bytes */  \
    X(ADD) X(SUB) X(MUL) X(DIV) X(REM) X(AND) X(OR) X(XOR) X(SHL) X(SHR) /* integers a, b */                           \
    X(EQ) X(NE) X(LT) X(LE) X(GT) X(GE) /* 0 or 1; aux: type of the operands after conversion */                       \
    X(NEG) X(NOT) X(LNOT) /* -a, ~a, !a */                                                                             \
    X(CAST)    /* a converted to type */                                                                               \
    X(UNKNOWN) /* a value that the model does not keep (floating point, unsupported): differs each time */
/* clang-format on */

enum nc_expr_op {
#define X(n) NC_EX_##n,
    NC_EXPR_OPS(X)
#undef X
        NC_EX_COUNT
};

struct nc_expr {
    uint8_t op;
    uint8_t flags; /* NC_EXF_* */
    uint16_t pad;
    nc_id type; /* type of the value */
    nc_id a, b;
    nc_id aux;
    uint32_t pad2;
    int64_t value;
};
enum { NC_EXF_VOLATILE = 1 /* LOAD: read again each time */ };

/* ---- instructions and blocks ---- */

#define NC_INST_OPS(X)                                                                                                 \
    X(SET)    /* temp a = expression b */                                                                              \
    X(STORE)  /* *(address a) = b, of type `type` */                                                                   \
    X(COPY)   /* record or array assignment: *(address a) = *(address b), of type `type` */                            \
    X(CALL)   /* temp a (or NC_NONE) = call of b (a FUNC expression for a direct call) with arg_count arguments from   \
                 module.args[c]; a record passed by value is passed as the address of a temporary copy (a local). */   \
    X(ASSUME) /* expression a holds from here on: assertions, __assume, _Analysis_assume_; NC_INF_ASSERT: assertion */ \
    X(SCOPE)  /* local a comes into scope (its content is indeterminate) */                                            \
    X(END)    /* local a leaves its scope */

enum nc_inst_op {
#define X(n) NC_IN_##n,
    NC_INST_OPS(X)
#undef X
        NC_IN_COUNT
};

struct nc_inst {
    uint8_t op;
    uint8_t flags; /* NC_INF_* */
    uint16_t arg_count;
    nc_id loc;
    nc_id a, b, c;
    nc_id type;
};
enum {
    NC_INF_VOID_CAST = 1, /* CALL: the result is cast to void or dropped */
    NC_INF_ASSERT = 2,    /* ASSUME: comes from an assertion macro */
    NC_INF_VOLATILE = 4,
    NC_INF_INIT = 8,    /* STORE/COPY: a declaration's initialiser */
    NC_INF_VIRTUAL = 16 /* CALL: a C++ virtual call; b is the statically known method */
};

#define NC_TERMS(X)                                                                                                    \
    X(JUMP)        /* to succ[0] */                                                                                    \
    X(BRANCH)      /* condition expr != 0: succ[0], else succ[1] */                                                    \
    X(SWITCH)      /* on expr over case_count rows from module.cases[first_case]; default: succ[0] */                  \
    X(RETURN)      /* expr or NC_NONE; a record is returned through the hidden first... see NC_FN_RETURNS_RECORD */    \
    X(UNREACHABLE) /* behind a call that does not return */                                                            \
    X(EXCEPTION)   /* succ[0] goes on, succ[1] is the handler: either may happen (SEH, C++ exceptions) */

enum nc_term {
#define X(n) NC_TERM_##n,
    NC_TERMS(X)
#undef X
        NC_TERM_COUNT
};

struct nc_case {
    int64_t lo, hi; /* inclusive */
    nc_id target;   /* block index, relative to the function's first block, like succ[] */
    uint32_t pad;
};

struct nc_block {
    nc_id first_inst, inst_count;
    uint8_t term;
    uint8_t pad[3];
    nc_id expr;
    nc_id succ[2]; /* relative to the function's first block */
    nc_id first_case, case_count;
    nc_id loc; /* of the terminator: the return statement (or the closing brace), the condition */
};

/* ---- declarations ---- */

/* An annotation that a rule reads. For a function, a parameter of it, a role type, or a field.
 * name is without underscores: "IRQL_requires_max", "IRQL_saves", "IRQL_raises", "Requires_lock_held", "When", ...
 * text holds the arguments as written, value the first argument where it is an integer constant. */
struct nc_annot {
    nc_str name;
    nc_str text;
    int64_t value;
    uint8_t has_value;
    uint8_t pad[3];
    nc_id param; /* which parameter it stands on; NC_NONE: the function (or type) itself */
};

/* A role type: a function typedef such as KDEFERRED_ROUTINE, with its annotations. */
struct nc_role {
    nc_str name;
    nc_id first_annot, annot_count;
};

struct nc_local {
    nc_str name;
    nc_id type;
    nc_id loc;
    uint8_t flags; /* NC_LOCAL_* */
    uint8_t pad[3];
};
enum { NC_LOCAL_PARAM = 1, NC_LOCAL_ADDRESS_TAKEN = 2, NC_LOCAL_TEMPORARY = 4 /* made by the front end */ };

struct nc_function {
    nc_str name;    /* C: as written; C++: the mangled name */
    nc_str display; /* for messages; C++: qualified name */
    nc_id type;
    nc_id loc, end_loc;                          /* the name; the closing brace */
    nc_str section;                              /* "PAGE", "INIT", ...; "" for .text */
    nc_id section_loc;                           /* the pragma or attribute */
    nc_str role;                                 /* role type that it was declared with ("" if none) */
    uint32_t flags;                              /* NC_FN_* */
    nc_id first_local, local_count, param_count; /* locals[first_local ..]; parameters are the first param_count */
    nc_id temp_count;
    nc_id first_block, block_count; /* block_count 0: only declared */
    nc_id first_annot, annot_count;
    nc_id paged_code_loc; /* position of its PAGED_CODE(), or NC_NONE */
};
enum {
    NC_FN_STATIC = 1,
    NC_FN_NORETURN = 2,
    NC_FN_VARIADIC = 4,
    NC_FN_SYSTEM = 8,          /* body comes from a system header */
    NC_FN_PAGED_CODE = 16,     /* its body has PAGED_CODE() */
    NC_FN_HAS_ERRORS = 32,     /* parts of its body were not understood */
    NC_FN_RETURNS_RECORD = 64, /* returns a record: the caller passes the result's address as a hidden last argument,
                                  and the function has it as its last parameter */
    NC_FN_INLINE = 128,
    NC_FN_ADDRESS_TAKEN = 256, /* used other than as the callee of a direct call */
    NC_FN_EXPORT = 512,
    NC_FN_CXX_METHOD = 1024,
    NC_FN_CXX_VIRTUAL = 2048
};

/* One cell of a global's initialiser. What no cell covers is zero (C semantics), if the global is defined here. */
struct nc_init {
    uint64_t offset; /* bits */
    nc_id expr;      /* INT, GLOBAL/FUNC/STRING, FIELD/INDEX over those, or UNKNOWN */
    nc_id type;
    nc_id loc; /* of this element */
    uint32_t pad;
};

struct nc_global {
    nc_str name;
    nc_id type;
    nc_id loc;
    nc_str section;
    nc_id section_loc;
    uint32_t flags; /* NC_GL_* */
    nc_id first_init, init_count;
};
enum {
    NC_GL_STATIC = 1,  /* internal linkage */
    NC_GL_DEFINED = 2, /* else only declared: its content is unknown */
    NC_GL_CONST = 4,   /* declared const */
    NC_GL_STATIC_LOCAL = 8,
    NC_GL_COMPOUND = 16,     /* a file-scope compound literal */
    NC_GL_DYNAMIC_INIT = 32, /* C++: initialised at run time: content unknown */
    NC_GL_SYSTEM = 64
};

/* Something that was not understood; shown by --stats, never silent. */
struct nc_gap {
    nc_str what;   /* a function's name, a header's name, ... */
    nc_str reason; /* one line */
    nc_id loc;
    uint32_t kind; /* NC_GAP_* */
};
enum {
    NC_GAP_FUNCTION = 0 /* function not (wholly) lowered */,
    NC_GAP_HEADER = 1 /* header not found */,
    NC_GAP_ERROR = 2 /* parse error */,
    NC_GAP_NOTE = 3
};

struct nc_module {
    const char *strings; /* pool; strings[0] == '\0' */
    uint32_t strings_size;
#define NC_MODULE_ARRAYS(X)                                                                                            \
    X(struct nc_file, files)                                                                                           \
    X(struct nc_loc, locs)                                                                                             \
    X(struct nc_type, types)                                                                                           \
    X(struct nc_field, fields)                                                                                         \
    X(struct nc_expr, exprs)                                                                                           \
    X(struct nc_inst, insts)                                                                                           \
    X(nc_id, args)                                                                                                     \
    X(struct nc_case, cases)                                                                                           \
    X(struct nc_block, blocks)                                                                                         \
    X(struct nc_annot, annots)                                                                                         \
    X(struct nc_role, roles)                                                                                           \
    X(struct nc_local, locals)                                                                                         \
    X(struct nc_function, functions)                                                                                   \
    X(struct nc_init, inits)                                                                                           \
    X(struct nc_global, globals)                                                                                       \
    X(struct nc_gap, gaps)
#define X(type, name)                                                                                                  \
    type *name;                                                                                                        \
    uint32_t name##_count;
    NC_MODULE_ARRAYS(X)
#undef X
    nc_str main_file; /* the translation unit's own file ("" after linking) */
};

static inline const char *nc_string(const struct nc_module *m, nc_str s) { return m->strings + s; }

#ifdef __cplusplus
}
#endif
#endif
