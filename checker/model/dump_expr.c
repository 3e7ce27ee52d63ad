#include "model/dump_inner.h"

#include <inttypes.h>

static const struct nc_expr *expr_at(const struct nc_dump *d, nc_id e) { return &d->scope.m->exprs[e]; }

static bool same_type(const struct nc_dump *d, nc_id a, nc_id b)
{
    return nc_text_canon(&d->scope, a) == nc_text_canon(&d->scope, b);
}

static bool is_int(const struct nc_dump *d, nc_id type, uint64_t size)
{
    const struct nc_type *t = &d->scope.m->types[type];

    return t->kind == NC_TY_INT && t->is_signed && t->size == size;
}

/* ":type", if the type is not the one that the reader presumes. */
static void annotate(struct nc_dump *d, nc_id type, bool usual)
{
    if (usual)
        return;
    fputc(':', d->out);
    nc_dump_type(d, type);
}

/* What goes before a global's or function's name to tell it from a local of that name, or a function's from a
 * global's. */
static void dump_symbol(struct nc_dump *d, const struct nc_expr *e)
{
    const struct nc_module *m = d->scope.m;
    const bool function = e->op == NC_EX_FUNC;
    const nc_str name = function ? m->functions[e->a].name : m->globals[e->a].name;

    if (function && d->globals_named[name])
        fputs("function::", d->out);
    else if (d->locals_named[name])
        fputs("::", d->out);
    nc_dump_name(d, name, function ? d->function_ordinals[e->a] : d->global_ordinals[e->a]);
}

/* An expression in parentheses unless it holds together by itself. */
static void dump_operand(struct nc_dump *d, nc_id e)
{
    const struct nc_expr *x = expr_at(d, e);
    bool alone = false;

    if (x->op == NC_EX_LOAD)
        alone = nc_text_is_plain(&d->scope, x->a) && same_type(d, nc_text_place_type(&d->scope, x->a), x->type) &&
                !x->flags;
    else if (x->op == NC_EX_TEMP)
        alone = d->scope.owner && same_type(d, d->temp_types[x->a], x->type);
    if (!alone)
        fputc('(', d->out);
    nc_dump_expr(d, e);
    if (!alone)
        fputc(')', d->out);
}

static void dump_field(struct nc_dump *d, const struct nc_expr *e)
{
    const struct nc_module *m = d->scope.m;
    const bool plain = nc_text_is_plain(&d->scope, e->a);
    const nc_id record = nc_text_record_of(&d->scope, e->a);

    if (plain)
        nc_dump_place(d, e->a, NC_NONE);
    else
        dump_operand(d, e->a);
    fputs(plain ? "." : "->", d->out);
    if (e->aux != record || record == NC_NONE) {
        fputc('(', d->out);
        nc_dump_type(d, e->aux);
        fputc(')', d->out);
    }
    const struct nc_type *r = e->aux == NC_NONE ? NULL : &m->types[e->aux];
    const bool inside = r && r->kind == NC_TY_RECORD && e->b != NC_NONE && e->b >= r->first_field &&
                        e->b - r->first_field < r->field_count;
    bool named = inside && m->fields[e->b].name;

    if (named) /* the first of its name is meant */
        for (nc_id i = r->first_field; i < e->b; i++)
            named = named && m->fields[i].name != m->fields[e->b].name;
    if (named)
        nc_dump_word(d, m->fields[e->b].name);
    else if (inside)
        fprintf(d->out, "#%u", e->b - r->first_field);
    else
        fputs("#none", d->out);
    if (!inside || e->value != m->fields[e->b].offset)
        fprintf(d->out, "<%" PRId64 ">", e->value);
}

static void dump_index(struct nc_dump *d, nc_id id)
{
    const struct nc_module *m = d->scope.m;
    const struct nc_expr *e = expr_at(d, id);
    const nc_id element = nc_text_place_type(&d->scope, id);

    if (nc_text_is_plain(&d->scope, e->a)) {
        nc_dump_place(d, e->a, NC_NONE);
    } else {
        dump_operand(d, e->a);
        fputs("->", d->out);
    }
    fputc('[', d->out);
    nc_dump_expr(d, e->b);
    if (element == NC_NONE || e->value != (int64_t)m->types[element].size)
        fprintf(d->out, "; %" PRId64, e->value);
    fputc(']', d->out);
}

void nc_dump_place(struct nc_dump *d, nc_id address, nc_id type)
{
    const struct nc_expr *e = expr_at(d, address);
    const bool plain = nc_text_is_plain(&d->scope, address);

    if (!plain) {
        fputc('*', d->out);
        dump_operand(d, address);
    } else if (e->op == NC_EX_LOCAL) {
        const nc_str name = d->scope.m->locals[d->scope.owner->first_local + e->a].name;

        nc_dump_name(d, name, d->local_ordinals[e->a]);
    } else if (e->op == NC_EX_FIELD) {
        dump_field(d, e);
    } else if (e->op == NC_EX_INDEX) {
        dump_index(d, address);
    } else {
        dump_symbol(d, e);
    }
    if (type != NC_NONE) {
        const struct nc_type *t = &d->scope.m->types[e->type];
        const nc_id pointee = t->kind == NC_TY_POINTER ? t->elem : NC_NONE;

        annotate(d, type, same_type(d, type, plain ? nc_text_place_type(&d->scope, address) : pointee));
    }
}

/* An address as a value. */
static void dump_address(struct nc_dump *d, nc_id id)
{
    const struct nc_expr *e = expr_at(d, id);

    fputc('&', d->out);
    if (e->op == NC_EX_LOCAL) {
        if (d->scope.owner)
            nc_dump_name(d, d->scope.m->locals[d->scope.owner->first_local + e->a].name, d->local_ordinals[e->a]);
    } else if (e->op == NC_EX_FIELD) {
        dump_field(d, e);
    } else if (e->op == NC_EX_INDEX) {
        dump_index(d, id);
    } else {
        dump_symbol(d, e);
    }
    annotate(d, e->type, nc_text_is_plain(&d->scope, id));
}

void nc_dump_callee(struct nc_dump *d, nc_id e)
{
    const struct nc_expr *x = expr_at(d, e);

    if (x->op == NC_EX_FUNC && nc_text_is_plain(&d->scope, e)) {
        dump_symbol(d, x);
        return;
    }
    fputc('(', d->out);
    nc_dump_expr(d, e);
    fputc(')', d->out);
}

void nc_dump_expr(struct nc_dump *d, nc_id id)
{
    const struct nc_expr *e = expr_at(d, id);
    const struct nc_module *m = d->scope.m;

    switch ((enum nc_expr_op)e->op) {
    case NC_EX_INT:
        fprintf(d->out, "%" PRId64, e->value);
        annotate(d, e->type, is_int(d, e->type, 4));
        return;
    case NC_EX_STRING:
        nc_dump_quoted(d, nc_string(m, e->a), '"');
        annotate(d, e->type,
                 m->types[e->type].kind == NC_TY_POINTER && m->types[e->type].size == NC_TEXT_POINTER_SIZE &&
                     !m->types[e->type].is_const && m->types[m->types[e->type].elem].kind == NC_TY_VOID);
        return;
    case NC_EX_TEMP:
        fprintf(d->out, "t%u", e->a);
        annotate(d, e->type, d->scope.owner && same_type(d, d->temp_types[e->a], e->type));
        return;
    case NC_EX_GLOBAL:
    case NC_EX_FUNC:
    case NC_EX_LOCAL:
    case NC_EX_FIELD:
    case NC_EX_INDEX:
        dump_address(d, id);
        return;
    case NC_EX_LOAD:
        if (e->flags & NC_EXF_VOLATILE)
            fputs("volatile(", d->out);
        nc_dump_place(d, e->a, e->type);
        if (e->flags & NC_EXF_VOLATILE)
            fputc(')', d->out);
        return;
    case NC_EX_NEG:
    case NC_EX_NOT:
    case NC_EX_LNOT:
        fputs(e->op == NC_EX_NEG ? "-(" : e->op == NC_EX_NOT ? "~(" : "!(", d->out);
        nc_dump_expr(d, e->a);
        fputc(')', d->out);
        annotate(d, e->type,
                 e->op == NC_EX_LNOT ? is_int(d, e->type, 4) : same_type(d, e->type, expr_at(d, e->a)->type));
        return;
    case NC_EX_CAST:
        fputc('(', d->out);
        nc_dump_type(d, e->type);
        fputc(')', d->out);
        dump_operand(d, e->a);
        return;
    case NC_EX_UNKNOWN:
        fputs("unknown", d->out);
        annotate(d, e->type, false);
        return;
    default:
        break;
    }

    /* Binary operators. */
    const nc_id left = expr_at(d, e->a)->type;

    fputc('(', d->out);
    nc_dump_expr(d, e->a);
    fprintf(d->out, " %s", e->op < NC_EX_COUNT && nc_text_binary[e->op] ? nc_text_binary[e->op] : "?");
    if (nc_text_is_comparison(e->op) && !same_type(d, e->aux, left)) {
        fputc('{', d->out);
        nc_dump_type(d, e->aux);
        fputc('}', d->out);
    }
    fputc(' ', d->out);
    nc_dump_expr(d, e->b);
    fputc(')', d->out);
    annotate(d, e->type, nc_text_is_comparison(e->op) ? is_int(d, e->type, 4) : same_type(d, e->type, left));
}
