/* Bodies of functions: annotations, locals, blocks. */
#include "model/text_inner.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

void nc_read_annot(struct nc_reader *r)
{
    struct nc_annot a = { .param = NC_NONE };

    nc_read_expect(r, "annot");
    a.name = nc_read_name(r);
    a.text = nc_read_string(r);
    if (nc_read_accept(r, "=")) {
        a.has_value = 1;
        a.value = nc_read_integer(r);
    }
    if (nc_read_accept(r, "param"))
        a.param = (nc_id)nc_read_number(r);
    nc_builder_add_annots(r->b, &a);
}

static void local(struct nc_reader *r, bool is_param)
{
    struct nc_local l = { .loc = NC_NONE, .flags = is_param ? NC_LOCAL_PARAM : 0 };

    nc_read_next(r);
    l.name = nc_read_name(r);
    nc_read_ordinal(r); /* declared in their order */
    nc_read_expect(r, ":");
    l.type = nc_read_type(r);
    for (;;) {
        if (nc_read_accept(r, "address_taken"))
            l.flags |= NC_LOCAL_ADDRESS_TAKEN;
        else if (nc_read_accept(r, "temporary"))
            l.flags |= NC_LOCAL_TEMPORARY;
        else if (nc_read_accept(r, "flags"))
            l.flags = (uint8_t)nc_read_number(r);
        else if (nc_read_is(r, "@"))
            l.loc = nc_read_loc(r);
        else
            break;
    }
    if (is_param && r->function.param_count != r->function.local_count)
        nc_read_fail(r, "parameters come before locals");
    nc_builder_add_locals(r->b, &l);
    r->function.local_count++;
    r->function.param_count += is_param;
}

/* What may stand behind an instruction: type, flags, position. */
static void finish_inst(struct nc_reader *r, struct nc_inst *n)
{
    n->loc = NC_NONE;
    if (nc_read_accept(r, "type"))
        n->type = nc_read_type(r);
    while (nc_read_accept(r, "!")) {
        int i = 0;

        while (i < 8 && !(nc_text_inst_flags[i] && nc_read_is(r, nc_text_inst_flags[i])))
            i++;
        if (i == 8)
            nc_read_fail(r, "unknown flag: %.40s", r->tok.text);
        n->flags |= (uint8_t)(1u << i);
        nc_read_next(r);
    }
    if (nc_read_is(r, "@"))
        n->loc = nc_read_loc(r);
    nc_builder_add_insts(r->b, n);
}

static void call(struct nc_reader *r, struct nc_inst *n)
{
    nc_id args[256];
    size_t count = 0;

    n->op = NC_IN_CALL;
    n->b = nc_read_callee(r);
    nc_read_expect(r, "(");
    while (!nc_read_accept(r, ")")) {
        if (count == sizeof args / sizeof args[0])
            nc_read_fail(r, "too many arguments");
        args[count++] = nc_read_expr(r);
        if (!nc_read_is(r, ")"))
            nc_read_expect(r, ",");
    }
    n->arg_count = (uint16_t)count;
    n->c = nc_builder_module(r->b)->args_count;
    for (size_t i = 0; i < count; i++)
        nc_builder_add_args(r->b, &args[i]);
    n->type = nc_text_result_type(&r->scope, n->b);
}

static bool inst(struct nc_reader *r)
{
    struct nc_inst n = { .a = NC_NONE, .b = NC_NONE, .c = NC_NONE, .type = NC_NONE };
    nc_id other;

    if (nc_read_at_numbered(r, 't')) {
        n.a = nc_read_numbered(r, 't');
        nc_read_expect(r, "=");
        if (nc_read_accept(r, "call")) {
            call(r, &n);
            other = n.type;
        } else {
            n.op = NC_IN_SET;
            n.b = nc_read_expr(r);
            n.type = other = nc_builder_module(r->b)->exprs[n.b].type;
        }
        nc_id *type = nc_read_temp(r, n.a);

        if (*type == NC_NONE)
            *type = other;
    } else if (nc_read_accept(r, "call")) {
        call(r, &n);
    } else if (nc_read_accept(r, "store")) {
        n.op = NC_IN_STORE;
        n.a = nc_read_place(r, &n.type);
        nc_read_expect(r, "=");
        n.b = nc_read_expr(r);
    } else if (nc_read_accept(r, "copy")) {
        n.op = NC_IN_COPY;
        n.a = nc_read_place(r, &n.type);
        nc_read_expect(r, "=");
        n.b = nc_read_place(r, &other);
    } else if (nc_read_accept(r, "assume")) {
        n.op = NC_IN_ASSUME;
        n.a = nc_read_expr(r);
    } else if (nc_read_is(r, "scope") || nc_read_is(r, "end")) {
        n.op = nc_read_is(r, "scope") ? NC_IN_SCOPE : NC_IN_END;
        nc_read_next(r);
        n.a = nc_read_local(r);
    } else {
        return false;
    }
    finish_inst(r, &n);
    return true;
}

static void terminator(struct nc_reader *r, struct nc_block *b)
{
    if (nc_read_accept(r, "jump")) {
        b->term = NC_TERM_JUMP;
        b->succ[0] = nc_read_numbered(r, 'b');
    } else if (nc_read_accept(r, "branch")) {
        b->term = NC_TERM_BRANCH;
        b->expr = nc_read_expr(r);
        b->succ[0] = nc_read_numbered(r, 'b');
        b->succ[1] = nc_read_numbered(r, 'b');
    } else if (nc_read_accept(r, "switch")) {
        b->term = NC_TERM_SWITCH;
        b->expr = nc_read_expr(r);
        b->first_case = nc_builder_module(r->b)->cases_count;
        nc_read_expect(r, "{");
        while (!nc_read_accept(r, "}")) {
            struct nc_case c = { .lo = nc_read_integer(r) };

            c.hi = nc_read_accept(r, "..") ? nc_read_integer(r) : c.lo;
            c.target = nc_read_numbered(r, 'b');
            nc_builder_add_cases(r->b, &c);
            b->case_count++;
        }
        b->succ[0] = nc_read_numbered(r, 'b');
    } else if (nc_read_accept(r, "return")) {
        b->term = NC_TERM_RETURN;
        /* "bN:" begins the next block. */
        if (!nc_read_is(r, "}") && !nc_read_is(r, "@") && !nc_read_at_numbered(r, 'b'))
            b->expr = nc_read_expr(r);
    } else if (nc_read_accept(r, "unreachable")) {
        b->term = NC_TERM_UNREACHABLE;
    } else if (nc_read_accept(r, "exception")) {
        b->term = NC_TERM_EXCEPTION;
        b->succ[0] = nc_read_numbered(r, 'b');
        b->succ[1] = nc_read_numbered(r, 'b');
    } else {
        nc_read_fail(r, "instruction expected before '%.40s'", r->tok.text);
    }
    if (nc_read_is(r, "@"))
        b->loc = nc_read_loc(r);
    nc_builder_add_blocks(r->b, b);
}

/* Behind "{", up to "}". */
void nc_read_body(struct nc_reader *r, nc_id function)
{
    struct nc_function *f = &r->function;

    *f = nc_builder_module(r->b)->functions[function];
    f->first_annot = nc_builder_module(r->b)->annots_count;
    f->first_local = nc_builder_module(r->b)->locals_count;
    f->first_block = nc_builder_module(r->b)->blocks_count;
    r->in_function = true;
    r->scope.owner = f;
    r->file = f->loc == NC_NONE ? NC_NONE : nc_builder_module(r->b)->locs[f->loc].file;
    if (r->temp_capacity)
        memset(r->temp_types, 0xff, r->temp_capacity * sizeof *r->temp_types);

    while (nc_read_is(r, "annot")) {
        nc_read_annot(r);
        f->annot_count++;
    }
    for (;;) {
        if (nc_read_is(r, "param") || nc_read_is(r, "local")) {
            local(r, nc_read_is(r, "param"));
        } else if (nc_read_accept(r, "temp")) {
            const uint32_t temp = nc_read_numbered(r, 't');

            nc_read_expect(r, ":");
            const nc_id type = nc_read_type(r);

            *nc_read_temp(r, temp) = type;
        } else {
            break;
        }
    }
    while (!nc_read_accept(r, "}")) {
        struct nc_block b = { .first_inst = nc_builder_module(r->b)->insts_count,
                              .expr = NC_NONE,
                              .succ = { NC_NONE, NC_NONE },
                              .loc = NC_NONE };

        if (nc_read_numbered(r, 'b') != f->block_count)
            nc_read_fail(r, "blocks are numbered in their order, from b0");
        nc_read_expect(r, ":");
        while (inst(r))
            b.inst_count++;
        terminator(r, &b);
        f->block_count++;
    }
    nc_builder_module(r->b)->functions[function] = *f;
    r->in_function = false;
    r->scope.owner = NULL;
    r->file = NC_NONE;
}
