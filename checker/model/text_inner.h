/*
 * Inside the text reader only. Errors leave by longjmp to nc_module_read_text: whatever needs freeing hangs on the
 * reader.
 */
#ifndef NC_MODEL_TEXT_INNER_H
#define NC_MODEL_TEXT_INNER_H

#include <setjmp.h>

#include "model/builder.h"
#include "model/text_rules.h"
#include "support/intern.h"

struct nc_arena;

enum nc_token_kind { NC_TOK_END, NC_TOK_WORD, NC_TOK_NAME /* 'quoted' */, NC_TOK_STRING, NC_TOK_NUMBER, NC_TOK_PUNCT };

struct nc_token {
    enum nc_token_kind kind;
    const char *text; /* decoded, for PUNCT the characters */
    uint64_t number;
    bool spaced;       /* white space stands before it */
    const char *start; /* in the source */
};

struct nc_reader {
    struct nc_builder *b;
    struct nc_arena *arena;
    const char *text, *name;
    const char *at; /* behind the current token */
    struct nc_token tok;
    jmp_buf failed;
    char *error;

    struct nc_intern plain_types, record_names, function_names, global_names;
    struct nc_text_scope scope;
    struct nc_function function; /* the one at hand; scope.owner points here */
    bool in_function;
    nc_id file;        /* of the declaration at hand */
    nc_id *temp_types; /* of the function at hand; NC_NONE: not known yet */
    size_t temp_capacity;
};

/* text_lex.c */
_Noreturn void nc_read_fail(struct nc_reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
void nc_read_next(struct nc_reader *r);
bool nc_read_is(const struct nc_reader *r, const char *text); /* a word or punctuation */
bool nc_read_accept(struct nc_reader *r, const char *text);
void nc_read_expect(struct nc_reader *r, const char *text);
uint64_t nc_read_number(struct nc_reader *r);
int64_t nc_read_integer(struct nc_reader *r); /* with a sign */
nc_str nc_read_string(struct nc_reader *r);   /* "quoted" */
bool nc_read_at_name(const struct nc_reader *r);
nc_str nc_read_name(struct nc_reader *r);
uint32_t nc_read_ordinal(struct nc_reader *r); /* "#2" attached to a name; else 1 */
nc_id nc_read_loc(struct nc_reader *r);        /* the current token is the "@" or keyword before it */
nc_id nc_read_file(struct nc_reader *r, const char *path, size_t length);
/* 'b', 12 -> b12; 't', ... */
bool nc_read_at_numbered(const struct nc_reader *r, char letter);
uint32_t nc_read_numbered(struct nc_reader *r, char letter);

/* text_types.c */
bool nc_read_at_type(const struct nc_reader *r);
nc_id nc_read_type(struct nc_reader *r);                           /* may be "none": NC_NONE */
nc_id nc_read_plain(struct nc_reader *r, const struct nc_type *t); /* interned */
nc_id nc_read_pointer_to(struct nc_reader *r, nc_id elem, bool is_const);
nc_id nc_read_int_type(struct nc_reader *r, unsigned size, bool is_signed);
nc_id nc_read_declare_record(struct nc_reader *r); /* enters "NAME" behind struct or union */
void nc_read_record(struct nc_reader *r, nc_id id);

/* text_expr.c */
nc_id nc_read_expr(struct nc_reader *r);
nc_id nc_read_callee(struct nc_reader *r);
/* A place; returns its address, and its type (natural or written). */
nc_id nc_read_place(struct nc_reader *r, nc_id *type);
nc_id nc_read_local(struct nc_reader *r); /* a local's name -> its index */
/* The index of the how manyth symbol of a name, or NC_NONE. */
nc_id nc_read_find(const struct nc_reader *r, const struct nc_intern *table, nc_str name, uint32_t ordinal);
void nc_read_enter(struct nc_reader *r, struct nc_intern *table, nc_str name, nc_id index);
nc_id *nc_read_temp(struct nc_reader *r, uint32_t temp); /* the place of its type */

/* text_body.c */
void nc_read_annot(struct nc_reader *r);
void nc_read_body(struct nc_reader *r, nc_id function);

#endif
