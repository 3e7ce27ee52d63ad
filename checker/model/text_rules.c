#include "model/text_rules.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

const char *const nc_text_binary[NC_EX_COUNT] = {
    [NC_EX_ADD] = "+", [NC_EX_SUB] = "-", [NC_EX_MUL] = "*",  [NC_EX_DIV] = "/",  [NC_EX_REM] = "%", [NC_EX_AND] = "&",
    [NC_EX_OR] = "|",  [NC_EX_XOR] = "^", [NC_EX_SHL] = "<<", [NC_EX_SHR] = ">>", [NC_EX_EQ] = "==", [NC_EX_NE] = "!=",
    [NC_EX_LT] = "<",  [NC_EX_LE] = "<=", [NC_EX_GT] = ">",   [NC_EX_GE] = ">=",
};

const char *const nc_text_function_flags[32] = { "static",        "noreturn", "variadic",       "system",
                                                 "paged_code",    "errors",   "returns_record", "inline",
                                                 "address_taken", "export",   "method",         "virtual" };
const char *const nc_text_global_flags[32] = { "static",   "defined",      "const", "static_local",
                                               "compound", "dynamic_init", "system" };
const char *const nc_text_inst_flags[8] = { "void_cast", "assert", "volatile", "init", "virtual" };

bool nc_text_is_comparison(int op) { return op >= NC_EX_EQ && op <= NC_EX_GE; }

bool nc_text_is_reserved(const char *word)
{
    static const char *const words[] = {
        "void",   "struct",  "union",      "opaque",      "const",     "volatile", "unknown",  "none",  "type",
        "in",     "spelled", "store",      "copy",        "call",      "assume",   "scope",    "end",   "jump",
        "branch", "switch",  "return",     "unreachable", "exception", "function", "param",    "local", "temp",
        "annot",  "section", "section_at", "role",        "display",   "ends_at",  "paged_at", "bits",  "flags",
    };

    if (strchr("iuftb", word[0]) && word[0] && isdigit((unsigned char)word[1])) {
        const char *p = word + 1;

        while (isdigit((unsigned char)*p))
            p++;
        if (!*p)
            return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!strcmp(word, words[i]))
            return true;
    for (size_t i = 0; i < 32; i++)
        if ((nc_text_function_flags[i] && !strcmp(word, nc_text_function_flags[i])) ||
            (nc_text_global_flags[i] && !strcmp(word, nc_text_global_flags[i])))
            return true;
    return false;
}

nc_id nc_text_canon(const struct nc_text_scope *s, nc_id type)
{
    return type == NC_NONE || !s->canon ? type : s->canon[type];
}

static const struct nc_type *type_of(const struct nc_text_scope *s, nc_id expr)
{
    return &s->m->types[s->m->exprs[expr].type];
}

static nc_id pointee(const struct nc_text_scope *s, nc_id expr)
{
    const struct nc_type *t = type_of(s, expr);

    return t->kind == NC_TY_POINTER ? t->elem : NC_NONE;
}

nc_id nc_text_place_type(const struct nc_text_scope *s, nc_id address)
{
    const struct nc_expr *e = &s->m->exprs[address];
    nc_id t;

    switch (e->op) {
    case NC_EX_LOCAL:
        return s->owner && e->a < s->owner->local_count ? s->m->locals[s->owner->first_local + e->a].type : NC_NONE;
    case NC_EX_GLOBAL:
        return s->m->globals[e->a].type;
    case NC_EX_FUNC:
        return s->m->functions[e->a].type;
    case NC_EX_FIELD:
        return e->b == NC_NONE ? NC_NONE : s->m->fields[e->b].type;
    case NC_EX_INDEX:
        if (!nc_text_is_plain(s, e->a))
            return pointee(s, e->a);
        t = nc_text_place_type(s, e->a);
        return t != NC_NONE && s->m->types[t].kind == NC_TY_ARRAY ? s->m->types[t].elem : t;
    default:
        return pointee(s, address);
    }
}

bool nc_text_default_const(const struct nc_text_scope *s, int op, nc_id a)
{
    if (op == NC_EX_GLOBAL)
        return s->m->globals[a].flags & NC_GL_CONST;
    if (op == NC_EX_INDEX)
        return type_of(s, a)->kind == NC_TY_POINTER && type_of(s, a)->is_const;
    return false;
}

static bool has_default_type(const struct nc_text_scope *s, nc_id address)
{
    const struct nc_expr *e = &s->m->exprs[address];
    const struct nc_type *t = type_of(s, address);
    const nc_id natural = nc_text_place_type(s, address);

    return t->kind == NC_TY_POINTER && t->size == NC_TEXT_POINTER_SIZE && natural != NC_NONE &&
           nc_text_canon(s, t->elem) == nc_text_canon(s, natural) &&
           !t->is_const == !nc_text_default_const(s, e->op, e->a);
}

bool nc_text_is_plain(const struct nc_text_scope *s, nc_id address)
{
    switch (s->m->exprs[address].op) {
    case NC_EX_LOCAL:
    case NC_EX_GLOBAL:
    case NC_EX_FUNC:
    case NC_EX_FIELD:
    case NC_EX_INDEX:
        return has_default_type(s, address);
    default:
        return false;
    }
}

nc_id nc_text_record_of(const struct nc_text_scope *s, nc_id base)
{
    const nc_id t = nc_text_is_plain(s, base) ? nc_text_place_type(s, base) : pointee(s, base);

    return t != NC_NONE && s->m->types[t].kind == NC_TY_RECORD ? t : NC_NONE;
}

nc_id nc_text_result_type(const struct nc_text_scope *s, nc_id callee)
{
    const struct nc_expr *e = &s->m->exprs[callee];
    const nc_id t = e->op == NC_EX_FUNC ? s->m->functions[e->a].type : pointee(s, callee);

    return t != NC_NONE && s->m->types[t].kind == NC_TY_FUNCTION ? s->m->types[t].elem : NC_NONE;
}
