#include "model/module_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

/* What is known of an expression and everything below it. The counts are one more than the largest index used. */
struct expr_facts {
    uint32_t locals, temps, depth;
};

struct check {
    const struct nc_module *m;
    char *why;
    size_t why_size;
    struct expr_facts *facts; /* by expression */
    uint8_t *colour;          /* by type: 0 not seen, 1 on the way, 2 done */
    nc_id *stack, *next;      /* by type: the walk's stack, and the next field to look at */
};

static bool bad(struct check *c, const char *array, size_t index, const char *what)
{
    snprintf(c->why, c->why_size, "%s %zu: %s", array, index, what);
    return false;
}

#define NEED(condition, array, index, what)                                                                            \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            return bad(c, array, index, what);                                                                         \
    } while (0)

static bool range(nc_id first, nc_id count, uint32_t size) { return !count || (uint64_t)first + count <= size; }
static bool none_or(nc_id id, uint32_t size) { return id == NC_NONE || id < size; }
static bool str(const struct check *c, nc_str s) { return s < c->m->strings_size; }

static bool check_positions(struct check *c)
{
    const struct nc_module *m = c->m;

    for (uint32_t i = 0; i < m->files_count; i++)
        NEED(str(c, m->files[i].path), "file", i, "path out of range");
    for (uint32_t i = 0; i < m->locs_count; i++) {
        const struct nc_loc *l = &m->locs[i];

        NEED(none_or(l->file, m->files_count) && none_or(l->spelling_file, m->files_count), "location", i,
             "file out of range");
        NEED(str(c, l->macro), "location", i, "macro out of range");
    }
    for (uint32_t i = 0; i < m->gaps_count; i++) {
        const struct nc_gap *g = &m->gaps[i];

        NEED(str(c, g->what) && str(c, g->reason), "gap", i, "text out of range");
        NEED(none_or(g->loc, m->locs_count), "gap", i, "location out of range");
    }
    return true;
}

/* Types that t is made of by value: walks with its own stack, so that a crafted file can't exhaust the program's. */
static bool check_containment(struct check *c, nc_id root)
{
    const struct nc_module *m = c->m;
    size_t depth = 0;

    if (c->colour[root])
        return true;
    c->stack[depth++] = root;
    c->colour[root] = 1;
    c->next[root] = 0;
    while (depth) {
        const nc_id t = c->stack[depth - 1];
        const struct nc_type *type = &m->types[t];
        nc_id child = NC_NONE;

        if (type->kind == NC_TY_ARRAY && c->next[t] == 0)
            child = type->elem;
        else if (type->kind == NC_TY_RECORD && c->next[t] < type->field_count)
            child = m->fields[type->first_field + c->next[t]].type;
        c->next[t]++;
        if (child == NC_NONE) {
            c->colour[t] = 2;
            depth--;
        } else if (c->colour[child] == 1) {
            return bad(c, "type", child, "contains itself");
        } else if (!c->colour[child]) {
            c->colour[child] = 1;
            c->next[child] = 0;
            c->stack[depth++] = child;
        }
    }
    return true;
}

static bool has_elem(const struct nc_type *t)
{
    return t->kind == NC_TY_POINTER || t->kind == NC_TY_ARRAY || t->kind == NC_TY_FUNCTION;
}

/* Pointers, arrays and functions must lead to something else in the end. Each has one successor: follow it, marking. */
static bool check_chain(struct check *c, nc_id root)
{
    const struct nc_module *m = c->m;

    for (nc_id t = root;; t = m->types[t].elem) {
        if (c->colour[t] == 2 || !has_elem(&m->types[t]))
            break;
        if (c->colour[t] == 1)
            return bad(c, "type", t, "refers to itself");
        c->colour[t] = 1;
    }
    for (nc_id t = root; c->colour[t] == 1; t = m->types[t].elem)
        c->colour[t] = 2;
    return true;
}

static bool check_types(struct check *c)
{
    const struct nc_module *m = c->m;

    for (uint32_t i = 0; i < m->fields_count; i++) {
        const struct nc_field *f = &m->fields[i];

        NEED(str(c, f->name) && str(c, f->role), "field", i, "name or role out of range");
        NEED(f->type < m->types_count, "field", i, "type out of range");
    }
    for (uint32_t i = 0; i < m->types_count; i++) {
        const struct nc_type *t = &m->types[i];

        NEED(t->kind <= NC_TY_OPAQUE, "type", i, "unknown kind");
        NEED(str(c, t->name), "type", i, "name out of range");
        NEED(!has_elem(t) || t->elem < m->types_count, "type", i, "element type out of range");
        NEED(t->kind != NC_TY_RECORD || range(t->first_field, t->field_count, m->fields_count), "type", i,
             "fields out of range");
    }
    memset(c->colour, 0, m->types_count);
    for (uint32_t i = 0; i < m->types_count; i++)
        if (!check_chain(c, i))
            return false;
    memset(c->colour, 0, m->types_count);
    for (uint32_t i = 0; i < m->types_count; i++)
        if (!check_containment(c, i))
            return false;
    return true;
}

static bool operand(struct check *c, uint32_t i, nc_id child)
{
    struct expr_facts *f = &c->facts[i];

    NEED(child < i, "expression", i, "operand out of order");
    const struct expr_facts *o = &c->facts[child];

    f->locals = o->locals > f->locals ? o->locals : f->locals;
    f->temps = o->temps > f->temps ? o->temps : f->temps;
    f->depth = o->depth + 1 > f->depth ? o->depth + 1 : f->depth;
    NEED(f->depth <= NC_EXPR_DEPTH_MAX, "expression", i, "nested too deeply");
    return true;
}

static bool check_expr(struct check *c, uint32_t i)
{
    const struct nc_module *m = c->m;
    const struct nc_expr *e = &m->exprs[i];

    c->facts[i] = (struct expr_facts){ 0 };
    NEED(e->type < m->types_count, "expression", i, "type out of range");
    switch ((enum nc_expr_op)e->op) {
    case NC_EX_INT:
    case NC_EX_UNKNOWN:
        return true;
    case NC_EX_STRING:
        NEED(str(c, e->a), "expression", i, "string out of range");
        return true;
    case NC_EX_GLOBAL:
        NEED(e->a < m->globals_count, "expression", i, "global out of range");
        return true;
    case NC_EX_FUNC:
        NEED(e->a < m->functions_count, "expression", i, "function out of range");
        return true;
    case NC_EX_LOCAL:
        NEED(e->a < m->locals_count, "expression", i, "local out of range");
        c->facts[i].locals = e->a + 1;
        return true;
    case NC_EX_TEMP:
        NEED(e->a < NC_NONE - 1, "expression", i, "temp out of range");
        c->facts[i].temps = e->a + 1;
        return true;
    case NC_EX_FIELD:
        NEED(none_or(e->b, m->fields_count), "expression", i, "field out of range");
        NEED(none_or(e->aux, m->types_count), "expression", i, "record type out of range");
        return operand(c, i, e->a);
    case NC_EX_LOAD:
    case NC_EX_NEG:
    case NC_EX_NOT:
    case NC_EX_LNOT:
    case NC_EX_CAST:
        return operand(c, i, e->a);
    case NC_EX_EQ:
    case NC_EX_NE:
    case NC_EX_LT:
    case NC_EX_LE:
    case NC_EX_GT:
    case NC_EX_GE:
        NEED(e->aux < m->types_count, "expression", i, "operand type out of range");
        return operand(c, i, e->a) && operand(c, i, e->b);
    case NC_EX_INDEX:
    case NC_EX_ADD:
    case NC_EX_SUB:
    case NC_EX_MUL:
    case NC_EX_DIV:
    case NC_EX_REM:
    case NC_EX_AND:
    case NC_EX_OR:
    case NC_EX_XOR:
    case NC_EX_SHL:
    case NC_EX_SHR:
        return operand(c, i, e->a) && operand(c, i, e->b);
    case NC_EX_COUNT:
        break;
    }
    return bad(c, "expression", i, "unknown operator");
}

/* An expression that function f uses; f NULL: none (initialisers). */
static bool usable(const struct check *c, nc_id e, const struct nc_function *f)
{
    if (e >= c->m->exprs_count)
        return false;
    return c->facts[e].locals <= (f ? f->local_count : 0) && c->facts[e].temps <= (f ? f->temp_count : 0);
}

static bool check_inst(struct check *c, uint32_t i, const struct nc_function *f)
{
    const struct nc_module *m = c->m;
    const struct nc_inst *n = &m->insts[i];
    bool ok = false;

    NEED(n->op < NC_IN_COUNT, "instruction", i, "unknown operator");
    NEED(none_or(n->loc, m->locs_count), "instruction", i, "location out of range");
    NEED(none_or(n->type, m->types_count), "instruction", i, "type out of range");
    switch ((enum nc_inst_op)n->op) {
    case NC_IN_SET:
        ok = n->a < f->temp_count && usable(c, n->b, f);
        break;
    case NC_IN_STORE:
    case NC_IN_COPY:
        ok = usable(c, n->a, f) && usable(c, n->b, f) && n->type != NC_NONE;
        break;
    case NC_IN_CALL:
        ok = none_or(n->a, f->temp_count) && usable(c, n->b, f);
        NEED(range(n->c, n->arg_count, m->args_count), "instruction", i, "arguments out of range");
        for (uint32_t k = 0; ok && k < n->arg_count; k++)
            ok = usable(c, m->args[n->c + k], f);
        break;
    case NC_IN_ASSUME:
        ok = usable(c, n->a, f);
        break;
    case NC_IN_SCOPE:
    case NC_IN_END:
        ok = n->a < f->local_count;
        break;
    case NC_IN_COUNT:
        break;
    }
    NEED(ok, "instruction", i, "operand out of range");
    return true;
}

static bool check_block(struct check *c, uint32_t i, const struct nc_function *f)
{
    const struct nc_module *m = c->m;
    const struct nc_block *b = &m->blocks[i];
    uint32_t successors = 0;
    bool needs_expr = false;

    NEED(range(b->first_inst, b->inst_count, m->insts_count), "block", i, "instructions out of range");
    NEED(none_or(b->loc, m->locs_count), "block", i, "location out of range");
    for (uint32_t k = 0; k < b->inst_count; k++)
        if (!check_inst(c, b->first_inst + k, f))
            return false;
    switch ((enum nc_term)b->term) {
    case NC_TERM_JUMP:
        successors = 1;
        break;
    case NC_TERM_BRANCH:
        successors = 2;
        needs_expr = true;
        break;
    case NC_TERM_SWITCH:
        successors = 1;
        needs_expr = true;
        NEED(range(b->first_case, b->case_count, m->cases_count), "block", i, "cases out of range");
        for (uint32_t k = 0; k < b->case_count; k++)
            NEED(m->cases[b->first_case + k].target < f->block_count, "block", i, "case's target out of range");
        break;
    case NC_TERM_RETURN:
        needs_expr = b->expr != NC_NONE;
        break;
    case NC_TERM_UNREACHABLE:
        break;
    case NC_TERM_EXCEPTION:
        successors = 2;
        break;
    case NC_TERM_COUNT:
    default:
        return bad(c, "block", i, "unknown terminator");
    }
    for (uint32_t k = 0; k < successors; k++)
        NEED(b->succ[k] < f->block_count, "block", i, "successor out of range");
    NEED(!needs_expr || usable(c, b->expr, f), "block", i, "condition or value out of range");
    return true;
}

static bool check_function(struct check *c, uint32_t i)
{
    const struct nc_module *m = c->m;
    const struct nc_function *f = &m->functions[i];

    NEED(str(c, f->name) && str(c, f->display) && str(c, f->section) && str(c, f->role), "function", i,
         "text out of range");
    NEED(f->type < m->types_count, "function", i, "type out of range");
    NEED(none_or(f->loc, m->locs_count) && none_or(f->end_loc, m->locs_count) &&
             none_or(f->section_loc, m->locs_count) && none_or(f->paged_code_loc, m->locs_count),
         "function", i, "location out of range");
    NEED(range(f->first_local, f->local_count, m->locals_count), "function", i, "locals out of range");
    NEED(f->param_count <= f->local_count, "function", i, "more parameters than locals");
    NEED(!(f->flags & NC_FN_RETURNS_RECORD) || !f->block_count || f->param_count, "function", i,
         "no parameter for the returned record");
    /* Readers allocate by this number; a few temps may be left over from instructions that were dropped. */
    NEED(f->temp_count <= (uint64_t)m->insts_count + 4096, "function", i, "more temps than instructions");
    NEED(range(f->first_annot, f->annot_count, m->annots_count), "function", i, "annotations out of range");
    NEED(range(f->first_block, f->block_count, m->blocks_count), "function", i, "blocks out of range");
    for (uint32_t k = 0; k < f->block_count; k++)
        if (!check_block(c, f->first_block + k, f))
            return false;
    return true;
}

static bool check_declarations(struct check *c)
{
    const struct nc_module *m = c->m;

    for (uint32_t i = 0; i < m->annots_count; i++)
        NEED(str(c, m->annots[i].name) && str(c, m->annots[i].text), "annotation", i, "text out of range");
    for (uint32_t i = 0; i < m->roles_count; i++) {
        NEED(str(c, m->roles[i].name), "role", i, "name out of range");
        NEED(range(m->roles[i].first_annot, m->roles[i].annot_count, m->annots_count), "role", i,
             "annotations out of range");
    }
    for (uint32_t i = 0; i < m->locals_count; i++) {
        const struct nc_local *l = &m->locals[i];

        NEED(str(c, l->name), "local", i, "name out of range");
        NEED(l->type < m->types_count, "local", i, "type out of range");
        NEED(none_or(l->loc, m->locs_count), "local", i, "location out of range");
    }
    for (uint32_t i = 0; i < m->inits_count; i++) {
        const struct nc_init *n = &m->inits[i];

        NEED(usable(c, n->expr, NULL), "initialiser", i, "expression out of range");
        NEED(n->type < m->types_count, "initialiser", i, "type out of range");
        NEED(none_or(n->loc, m->locs_count), "initialiser", i, "location out of range");
    }
    for (uint32_t i = 0; i < m->globals_count; i++) {
        const struct nc_global *g = &m->globals[i];

        NEED(str(c, g->name) && str(c, g->section), "global", i, "text out of range");
        NEED(g->type < m->types_count, "global", i, "type out of range");
        NEED(none_or(g->loc, m->locs_count) && none_or(g->section_loc, m->locs_count), "global", i,
             "location out of range");
        NEED(range(g->first_init, g->init_count, m->inits_count), "global", i, "initialisers out of range");
    }
    for (uint32_t i = 0; i < m->functions_count; i++)
        if (!check_function(c, i))
            return false;
    return true;
}

bool nc_module_check(const struct nc_module *m, char *why, size_t why_size)
{
    struct check check = { .m = m, .why = why, .why_size = why_size };
    struct check *c = &check;

    NEED(m->strings_size && m->strings && !m->strings[0] && !m->strings[m->strings_size - 1], "string", 0,
         "pool is not terminated");
    NEED(str(c, m->main_file), "string", m->main_file, "main file out of range");

    c->facts = nc_xmalloc(m->exprs_count * sizeof *c->facts);
    c->colour = nc_xmalloc(m->types_count);
    c->stack = nc_xmalloc(m->types_count * sizeof *c->stack);
    c->next = nc_xmalloc(m->types_count * sizeof *c->next);
    bool ok = check_positions(c) && check_types(c);

    for (uint32_t i = 0; ok && i < m->exprs_count; i++)
        ok = check_expr(c, i);
    ok = ok && check_declarations(c);
    free(c->facts);
    free(c->colour);
    free(c->stack);
    free(c->next);
    return ok;
}
