#include "model/text_inner.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

/* A chain such as a.b->c[i] while it is read: a place whose address is still open to another type (a written one), or
 * a value. */
struct chain {
    bool is_place;
    nc_id value;         /* the value; or, of "*value", the address */
    struct nc_expr node; /* the place's address; op NC_EX_COUNT: `value` is the address */
    nc_id type;          /* of the place; NC_NONE: it has none */
};

static nc_id operand(struct nc_reader *r);

static nc_id type_of(const struct nc_reader *r, nc_id e) { return nc_builder_module(r->b)->exprs[e].type; }

static nc_id pointee(const struct nc_reader *r, nc_id e)
{
    const struct nc_type *t = &nc_builder_module(r->b)->types[type_of(r, e)];

    return t->kind == NC_TY_POINTER ? t->elem : NC_NONE;
}

static nc_id leaf(struct nc_reader *r, int op, nc_id a, nc_id type)
{
    const struct nc_expr e = { .op = (uint8_t)op, .type = type, .a = a, .b = NC_NONE, .aux = NC_NONE };

    return nc_builder_expr(r->b, &e);
}

static nc_id chain_address(struct nc_reader *r, const struct chain *c)
{
    return c->node.op == NC_EX_COUNT ? c->value : nc_builder_expr(r->b, &c->node);
}

static nc_id load(struct nc_reader *r, nc_id address, nc_id type, uint8_t flags)
{
    const struct nc_expr e = {
        .op = NC_EX_LOAD, .flags = flags, .type = type, .a = address, .b = NC_NONE, .aux = NC_NONE
    };

    if (type == NC_NONE)
        nc_read_fail(r, "what is read here needs a type (place:type)");
    return nc_builder_expr(r->b, &e);
}

/* Makes `c` the place at the address that `node` makes: its type and the address's default type. */
static void become_place(struct nc_reader *r, struct chain *c, struct nc_expr node)
{
    struct nc_module *m = nc_builder_module(r->b);

    /* The rules look at expressions in the module: put it there for the moment. Its type is not looked at. */
    node.type = 0;
    const nc_id id = nc_builder_add_exprs(r->b, &node);

    c->is_place = true;
    c->node = node;
    c->type = nc_text_place_type(&r->scope, id);
    m->exprs_count--;
    if (c->type == NC_NONE)
        c->node.type = nc_read_pointer_to(
            r, nc_read_plain(r, &(struct nc_type){ .kind = NC_TY_VOID, .elem = NC_NONE, .first_field = NC_NONE }),
            false);
    else
        c->node.type = nc_read_pointer_to(r, c->type, nc_text_default_const(&r->scope, node.op, node.a));
}

/* ---- names ---- */

static nc_id find_local(const struct nc_reader *r, nc_str name, uint32_t ordinal)
{
    const struct nc_module *m = nc_builder_module(r->b);

    for (nc_id i = 0; r->in_function && i < r->function.local_count; i++)
        if (m->locals[r->function.first_local + i].name == name && !--ordinal)
            return i;
    return NC_NONE;
}

nc_id nc_read_local(struct nc_reader *r)
{
    const nc_str name = nc_read_name(r);
    const uint32_t ordinal = nc_read_ordinal(r);
    const nc_id local = find_local(r, name, ordinal);

    if (local == NC_NONE)
        nc_read_fail(r, "no such local: %s", nc_string(nc_builder_module(r->b), name));
    return local;
}

static void symbol(struct nc_reader *r, struct chain *c)
{
    const bool function_only = nc_read_accept(r, "function");
    const bool outer = nc_read_is(r, "::");

    if (outer)
        nc_read_next(r);
    else if (function_only)
        nc_read_fail(r, "'::' expected behind 'function'");
    const nc_str name = nc_read_name(r);
    const uint32_t ordinal = nc_read_ordinal(r);
    struct nc_expr node = { .op = NC_EX_LOCAL, .b = NC_NONE, .aux = NC_NONE };

    node.a = outer ? NC_NONE : find_local(r, name, ordinal);
    if (node.a == NC_NONE) {
        node.op = NC_EX_GLOBAL;
        node.a = function_only ? NC_NONE : nc_read_find(r, &r->global_names, name, ordinal);
    }
    if (node.a == NC_NONE) {
        node.op = NC_EX_FUNC;
        node.a = nc_read_find(r, &r->function_names, name, ordinal);
    }
    if (node.a == NC_NONE)
        nc_read_fail(r, "no such local, global or function: %s", nc_string(nc_builder_module(r->b), name));
    become_place(r, c, node);
}

nc_id *nc_read_temp(struct nc_reader *r, uint32_t temp)
{
    if (!r->in_function)
        nc_read_fail(r, "t%u outside of a function", temp);
    while (temp >= r->temp_capacity) {
        const size_t old = r->temp_capacity;

        r->temp_capacity = old ? old * 2 : 64;
        r->temp_types = nc_xrealloc(r->temp_types, r->temp_capacity * sizeof *r->temp_types);
        memset(r->temp_types + old, 0xff, (r->temp_capacity - old) * sizeof *r->temp_types);
    }
    if (temp >= r->function.temp_count)
        r->function.temp_count = temp + 1;
    return &r->temp_types[temp];
}

/* ---- chains ---- */

static void field(struct nc_reader *r, struct chain *c, nc_id base)
{
    struct nc_module *m = nc_builder_module(r->b);
    struct nc_expr node = { .op = NC_EX_FIELD, .a = base, .b = NC_NONE };

    node.aux = nc_text_record_of(&r->scope, base);
    if (nc_read_is(r, "(")) {
        nc_read_next(r);
        node.aux = nc_read_type(r);
        nc_read_expect(r, ")");
        m = nc_builder_module(r->b);
    }
    const struct nc_type *record = node.aux == NC_NONE ? NULL : &m->types[node.aux];

    if (nc_read_accept(r, "#")) {
        if (!nc_read_accept(r, "none")) {
            const uint64_t k = nc_read_number(r);

            if (!record || record->kind != NC_TY_RECORD || k >= record->field_count)
                nc_read_fail(r, "no such field: #%u", (unsigned)k);
            node.b = record->first_field + (nc_id)k;
        }
    } else {
        const nc_str name = nc_read_name(r);

        m = nc_builder_module(r->b);
        record = node.aux == NC_NONE ? NULL : &m->types[node.aux];
        for (nc_id i = 0; record && record->kind == NC_TY_RECORD && i < record->field_count && node.b == NC_NONE; i++)
            if (m->fields[record->first_field + i].name == name)
                node.b = record->first_field + i;
        if (node.b == NC_NONE)
            nc_read_fail(r, "no such field: %s", nc_string(m, name));
    }
    if (node.b != NC_NONE)
        node.value = m->fields[node.b].offset;
    if (nc_read_is(r, "<") && !r->tok.spaced) {
        nc_read_next(r);
        node.value = nc_read_integer(r);
        nc_read_expect(r, ">");
    }
    become_place(r, c, node);
}

static void element(struct nc_reader *r, struct chain *c, nc_id base)
{
    struct nc_expr node = { .op = NC_EX_INDEX, .a = base, .aux = NC_NONE };

    node.b = nc_read_expr(r);
    become_place(r, c, node);
    if (nc_read_accept(r, ";"))
        c->node.value = nc_read_integer(r);
    else if (c->type != NC_NONE)
        c->node.value = (int64_t)nc_builder_module(r->b)->types[c->type].size;
    nc_read_expect(r, "]");
}

static void suffixes(struct nc_reader *r, struct chain *c)
{
    for (;;) {
        if (nc_read_is(r, "->")) {
            const nc_id base = c->is_place ? load(r, chain_address(r, c), c->type, 0) : c->value;

            nc_read_next(r);
            if (nc_read_accept(r, "["))
                element(r, c, base);
            else
                field(r, c, base);
        } else if (c->is_place && nc_read_is(r, ".")) {
            nc_read_next(r);
            field(r, c, chain_address(r, c));
        } else if (c->is_place && nc_read_is(r, "[")) {
            nc_read_next(r);
            element(r, c, chain_address(r, c));
        } else {
            return;
        }
    }
}

/* NAME..., *value, (value)..., t0... */
static void chain(struct nc_reader *r, struct chain *c)
{
    *c = (struct chain){ .value = NC_NONE, .type = NC_NONE };
    if (nc_read_accept(r, "*")) {
        c->is_place = true;
        c->node.op = NC_EX_COUNT;
        c->value = operand(r);
        c->type = pointee(r, c->value);
        return;
    }
    if (nc_read_accept(r, "(")) {
        c->value = nc_read_expr(r);
        nc_read_expect(r, ")");
    } else if (nc_read_at_numbered(r, 't')) {
        const uint32_t temp = nc_read_numbered(r, 't');
        const nc_id type = *nc_read_temp(r, temp);

        if (type == NC_NONE && !nc_read_is(r, ":"))
            nc_read_fail(r, "t%u has no type yet: declare it (temp t%u : type)", temp, temp);
        c->value = leaf(r, NC_EX_TEMP, temp, type == NC_NONE ? nc_read_int_type(r, 4, true) : type);
    } else {
        symbol(r, c);
    }
    suffixes(r, c);
}

/* What holds together by itself: no written type behind it. */
static nc_id operand(struct nc_reader *r)
{
    struct chain c;

    chain(r, &c);
    return c.is_place ? load(r, chain_address(r, &c), c.type, 0) : c.value;
}

nc_id nc_read_place(struct nc_reader *r, nc_id *type)
{
    struct chain c;

    chain(r, &c);
    if (!c.is_place)
        nc_read_fail(r, "place expected");
    *type = c.type;
    if (nc_read_accept(r, ":"))
        *type = nc_read_type(r);
    return chain_address(r, &c);
}

nc_id nc_read_callee(struct nc_reader *r)
{
    struct chain c = { 0 };

    if (nc_read_accept(r, "(")) {
        const nc_id e = nc_read_expr(r);

        nc_read_expect(r, ")");
        return e;
    }
    symbol(r, &c);
    if (c.node.op == NC_EX_FUNC)
        return chain_address(r, &c);
    nc_read_fail(r, "call of something that is no function: write call (value)(...)");
}

/* ---- expressions ---- */

/* ":type" where it is written. */
static nc_id written_type(struct nc_reader *r, nc_id usual)
{
    if (!nc_read_accept(r, ":"))
        return usual;
    const nc_id type = nc_read_type(r);

    if (type == NC_NONE)
        nc_read_fail(r, "a value needs a type");
    return type;
}

static nc_id unary(struct nc_reader *r, int op)
{
    struct nc_expr e = { .op = (uint8_t)op, .b = NC_NONE, .aux = NC_NONE };

    nc_read_expect(r, "(");
    e.a = nc_read_expr(r);
    nc_read_expect(r, ")");
    e.type = written_type(r, op == NC_EX_LNOT ? nc_read_int_type(r, 4, true) : type_of(r, e.a));
    return nc_builder_expr(r->b, &e);
}

static nc_id integer(struct nc_reader *r, bool negative)
{
    const uint64_t n = nc_read_number(r);
    struct nc_expr e = { .op = NC_EX_INT, .a = NC_NONE, .b = NC_NONE, .aux = NC_NONE };

    e.value = (int64_t)(negative ? 0 - n : n);
    e.type = written_type(r, nc_read_int_type(r, 4, true));
    return nc_builder_expr(r->b, &e);
}

static int binary_operator(const struct nc_reader *r)
{
    if (r->tok.kind == NC_TOK_PUNCT)
        for (int op = 0; op < NC_EX_COUNT; op++)
            if (nc_text_binary[op] && !strcmp(nc_text_binary[op], r->tok.text))
                return op;
    return -1;
}

/* Behind "(": a cast, a binary operation, or a value in parentheses. */
static nc_id parenthesis(struct nc_reader *r)
{
    struct nc_expr e = { .op = NC_EX_CAST, .b = NC_NONE, .aux = NC_NONE };

    if (nc_read_at_type(r)) {
        e.type = nc_read_type(r);
        nc_read_expect(r, ")");
        e.a = operand(r);
        return nc_builder_expr(r->b, &e);
    }
    e.a = nc_read_expr(r);
    const int op = binary_operator(r);

    if (op < 0) {
        struct chain c = { .value = e.a };

        nc_read_expect(r, ")");
        suffixes(r, &c);
        if (!c.is_place)
            return c.value;
        return load(r, chain_address(r, &c), written_type(r, c.type), 0);
    }
    nc_read_next(r);
    e.op = (uint8_t)op;
    if (nc_text_is_comparison(op)) {
        e.aux = type_of(r, e.a);
        if (nc_read_accept(r, "{")) {
            e.aux = nc_read_type(r);
            nc_read_expect(r, "}");
        }
    }
    e.b = nc_read_expr(r);
    nc_read_expect(r, ")");
    e.type = written_type(r, nc_text_is_comparison(op) ? nc_read_int_type(r, 4, true) : type_of(r, e.a));
    return nc_builder_expr(r->b, &e);
}

nc_id nc_read_expr(struct nc_reader *r)
{
    struct chain c;
    nc_id type;

    if (r->tok.kind == NC_TOK_NUMBER)
        return integer(r, false);
    if (r->tok.kind == NC_TOK_STRING) {
        const nc_str s = nc_read_string(r);
        const struct nc_type void_type = { .kind = NC_TY_VOID, .elem = NC_NONE, .first_field = NC_NONE };

        return leaf(r, NC_EX_STRING, s, written_type(r, nc_read_pointer_to(r, nc_read_plain(r, &void_type), false)));
    }
    if (nc_read_accept(r, "-"))
        return r->tok.kind == NC_TOK_NUMBER ? integer(r, true) : unary(r, NC_EX_NEG);
    if (nc_read_accept(r, "~"))
        return unary(r, NC_EX_NOT);
    if (nc_read_accept(r, "!"))
        return unary(r, NC_EX_LNOT);
    if (nc_read_accept(r, "unknown")) {
        nc_read_expect(r, ":");
        return leaf(r, NC_EX_UNKNOWN, NC_NONE, nc_read_type(r));
    }
    if (nc_read_accept(r, "volatile")) {
        nc_read_expect(r, "(");
        const nc_id address = nc_read_place(r, &type);

        nc_read_expect(r, ")");
        return load(r, address, type, NC_EXF_VOLATILE);
    }
    if (nc_read_accept(r, "&")) {
        chain(r, &c);
        if (!c.is_place || c.node.op == NC_EX_COUNT)
            nc_read_fail(r, "'&' needs a place with a name");
        c.node.type = written_type(r, c.node.type);
        return nc_builder_expr(r->b, &c.node);
    }
    if (nc_read_accept(r, "("))
        return parenthesis(r);

    chain(r, &c);
    if (c.is_place)
        return load(r, chain_address(r, &c), written_type(r, c.type), 0);
    const struct nc_expr e = nc_builder_module(r->b)->exprs[c.value];

    return e.op == NC_EX_TEMP ? leaf(r, NC_EX_TEMP, e.a, written_type(r, e.type)) : c.value;
}
