#include "model/dump_inner.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"
#include "support/intern.h"

static uint32_t *zeroed(size_t count)
{
    uint32_t *p = nc_xmalloc(count * sizeof *p);

    memset(p, 0, count * sizeof *p);
    return p;
}

static bool has_elem(const struct nc_type *t)
{
    return t->kind == NC_TY_POINTER || t->kind == NC_TY_ARRAY || t->kind == NC_TY_FUNCTION;
}

static nc_id canon_type(struct nc_dump *d, struct nc_intern *shapes, nc_id *shape_elem, nc_id id)
{
    const struct nc_type *t = &d->scope.m->types[id];

    if (d->canon[id] != NC_NONE)
        return d->canon[id];
    if (t->kind == NC_TY_RECORD)
        return d->canon[id] = id;

    struct nc_type key = *t;
    size_t at = SIZE_MAX;
    uint32_t found;

    key.elem = has_elem(t) ? canon_type(d, shapes, shape_elem, t->elem) : NC_NONE;
    if (t->kind != NC_TY_OPAQUE)
        key.name = 0;
    key.first_field = key.field_count = 0;
    const uint32_t hash = nc_intern_hash(&key, sizeof key);

    nc_intern_reserve(shapes);
    while (nc_intern_next(shapes, hash, &at, &found)) {
        struct nc_type other = d->scope.m->types[found];

        other.elem = shape_elem[found];
        if (other.kind != NC_TY_OPAQUE)
            other.name = 0;
        other.first_field = other.field_count = 0;
        if (!memcmp(&other, &key, sizeof key))
            return d->canon[id] = found;
    }
    nc_intern_put(shapes, at, hash, id);
    shape_elem[id] = key.elem;
    return d->canon[id] = id;
}

void nc_dump_open(struct nc_dump *d, const struct nc_module *m, FILE *out)
{
    struct nc_intern shapes = { 0 };
    uint32_t *records_named = zeroed(m->strings_size);
    nc_id *shape_elem = zeroed(m->types_count);

    *d = (struct nc_dump){ .out = out, .scope.m = m, .file = NC_NONE };
    d->canon = nc_xmalloc(m->types_count * sizeof *d->canon);
    memset(d->canon, 0xff, m->types_count * sizeof *d->canon);
    for (nc_id i = 0; i < m->types_count; i++)
        canon_type(d, &shapes, shape_elem, i);
    d->scope.canon = d->canon;
    nc_intern_free(&shapes);
    free(shape_elem);

    d->type_ordinals = zeroed(m->types_count);
    for (nc_id i = 0; i < m->types_count; i++)
        if (m->types[i].kind == NC_TY_RECORD)
            d->type_ordinals[i] = ++records_named[m->types[i].name];
    free(records_named);
    d->function_ordinals = zeroed(m->functions_count);
    d->functions_named = zeroed(m->strings_size);
    for (nc_id i = 0; i < m->functions_count; i++)
        d->function_ordinals[i] = ++d->functions_named[m->functions[i].name];
    d->global_ordinals = zeroed(m->globals_count);
    d->globals_named = zeroed(m->strings_size);
    for (nc_id i = 0; i < m->globals_count; i++)
        d->global_ordinals[i] = ++d->globals_named[m->globals[i].name];
    d->locals_named = zeroed(m->strings_size);
}

void nc_dump_close(struct nc_dump *d)
{
    free(d->canon);
    free(d->temp_types);
    free(d->type_ordinals);
    free(d->function_ordinals);
    free(d->global_ordinals);
    free(d->local_ordinals);
    free(d->functions_named);
    free(d->globals_named);
    free(d->locals_named);
}

static void note_temps(struct nc_dump *d, nc_id e)
{
    const struct nc_expr *x = &d->scope.m->exprs[e];

    switch ((enum nc_expr_op)x->op) {
    case NC_EX_TEMP:
        if (d->temp_types[x->a] == NC_NONE)
            d->temp_types[x->a] = x->type;
        return;
    case NC_EX_INT:
    case NC_EX_STRING:
    case NC_EX_GLOBAL:
    case NC_EX_FUNC:
    case NC_EX_LOCAL:
    case NC_EX_UNKNOWN:
    case NC_EX_COUNT:
        return;
    case NC_EX_LOAD:
    case NC_EX_FIELD:
    case NC_EX_NEG:
    case NC_EX_NOT:
    case NC_EX_LNOT:
    case NC_EX_CAST:
        note_temps(d, x->a);
        return;
    default:
        note_temps(d, x->a);
        note_temps(d, x->b);
    }
}

static void note_inst(struct nc_dump *d, const struct nc_inst *n)
{
    switch ((enum nc_inst_op)n->op) {
    case NC_IN_SET:
        if (d->temp_types[n->a] == NC_NONE)
            d->temp_types[n->a] = d->scope.m->exprs[n->b].type;
        note_temps(d, n->b);
        break;
    case NC_IN_STORE:
    case NC_IN_COPY:
        note_temps(d, n->a);
        note_temps(d, n->b);
        break;
    case NC_IN_CALL:
        note_temps(d, n->b);
        for (uint32_t i = 0; i < n->arg_count; i++)
            note_temps(d, d->scope.m->args[n->c + i]);
        if (n->a != NC_NONE && d->temp_types[n->a] == NC_NONE && n->type != NC_NONE)
            d->temp_types[n->a] = n->type;
        break;
    case NC_IN_ASSUME:
        note_temps(d, n->a);
        break;
    default:
        break;
    }
}

void nc_dump_enter(struct nc_dump *d, const struct nc_function *f)
{
    const struct nc_module *m = d->scope.m;

    d->scope.owner = f;
    d->file = f->loc == NC_NONE ? NC_NONE : m->locs[f->loc].file;
    if (f->local_count > d->local_capacity) {
        d->local_capacity = f->local_count;
        d->local_ordinals = nc_xrealloc(d->local_ordinals, d->local_capacity * sizeof *d->local_ordinals);
    }
    for (nc_id i = 0; i < f->local_count; i++)
        d->local_ordinals[i] = ++d->locals_named[m->locals[f->first_local + i].name];
    if (f->temp_count > d->temp_capacity) {
        d->temp_capacity = f->temp_count;
        d->temp_types = nc_xrealloc(d->temp_types, d->temp_capacity * sizeof *d->temp_types);
    }
    if (f->temp_count)
        memset(d->temp_types, 0xff, f->temp_count * sizeof *d->temp_types);
    for (nc_id i = 0; i < f->block_count; i++) {
        const struct nc_block *b = &m->blocks[f->first_block + i];

        for (nc_id k = 0; k < b->inst_count; k++)
            note_inst(d, &m->insts[b->first_inst + k]);
        if (b->term == NC_TERM_BRANCH || b->term == NC_TERM_SWITCH || (b->term == NC_TERM_RETURN && b->expr != NC_NONE))
            note_temps(d, b->expr);
    }
}

void nc_dump_leave(struct nc_dump *d)
{
    const struct nc_function *f = d->scope.owner;

    for (nc_id i = 0; i < f->local_count; i++)
        d->locals_named[d->scope.m->locals[f->first_local + i].name] = 0;
    d->scope.owner = NULL;
    d->file = NC_NONE;
}

void nc_dump_quoted(struct nc_dump *d, const char *text, char quote)
{
    fputc(quote, d->out);
    for (; *text; text++) {
        const unsigned char c = (unsigned char)*text;

        if (c == '\n')
            fputs("\\n", d->out);
        else if (c == (unsigned char)quote || c == '\\')
            fprintf(d->out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            fprintf(d->out, "\\x%02x", c);
        else
            fputc(c, d->out);
    }
    fputc(quote, d->out);
}

void nc_dump_word(struct nc_dump *d, nc_str name)
{
    const char *text = nc_string(d->scope.m, name);
    const char *p = text;

    if (isalpha((unsigned char)*p) || *p == '_')
        while (isalnum((unsigned char)*p) || *p == '_')
            p++;
    if (p == text || *p || nc_text_is_reserved(text))
        nc_dump_quoted(d, text, '\'');
    else
        fputs(text, d->out);
}

void nc_dump_name(struct nc_dump *d, nc_str name, uint32_t ordinal)
{
    nc_dump_word(d, name);
    if (ordinal > 1)
        fprintf(d->out, "#%u", ordinal);
}

void nc_dump_type(struct nc_dump *d, nc_id type)
{
    if (type == NC_NONE) {
        fputs("none", d->out);
        return;
    }
    const struct nc_type *t = &d->scope.m->types[type];
    uint64_t usual = 0; /* size that is not written */

    switch ((enum nc_type_kind)t->kind) {
    case NC_TY_VOID:
        fputs("void", d->out);
        break;
    case NC_TY_INT:
        fprintf(d->out, "%c%" PRIu64, t->is_signed ? 'i' : 'u', t->size * 8);
        return;
    case NC_TY_FLOAT:
        fprintf(d->out, "f%" PRIu64, t->size * 8);
        return;
    case NC_TY_OPAQUE:
        fputs("opaque", d->out);
        if (t->name) {
            fputc(' ', d->out);
            nc_dump_word(d, t->name);
        }
        break;
    case NC_TY_RECORD:
        fputs(t->is_union ? "union " : "struct ", d->out);
        nc_dump_name(d, t->name, d->type_ordinals[type]);
        return;
    case NC_TY_POINTER:
        nc_dump_type(d, t->elem);
        fputs(t->is_const ? " const*" : "*", d->out);
        usual = NC_TEXT_POINTER_SIZE;
        break;
    case NC_TY_ARRAY:
        nc_dump_type(d, t->elem);
        fprintf(d->out, "[%u]", t->count);
        usual = t->count * d->scope.m->types[t->elem].size;
        break;
    case NC_TY_FUNCTION:
        nc_dump_type(d, t->elem);
        fprintf(d->out, "(%u)", t->count);
        break;
    }
    if (t->size != usual)
        fprintf(d->out, "/%" PRIu64, t->size);
}

static void dump_path(struct nc_dump *d, nc_id file)
{
    if (file == NC_NONE) {
        fputc('?', d->out);
        return;
    }
    const char *path = nc_string(d->scope.m, d->scope.m->files[file].path);
    bool plain = *path && !isdigit((unsigned char)*path) && *path != '"' && *path != '?';

    for (const char *p = path; plain && *p; p++)
        plain = (unsigned char)*p > ' ' && (unsigned char)*p < 0x7f && !strchr("\"'\\;{}", *p);
    if (plain)
        fputs(path, d->out);
    else
        nc_dump_quoted(d, path, '"');
}

static void dump_position(struct nc_dump *d, nc_id file, uint32_t line, uint32_t col)
{
    fputc(' ', d->out);
    if (file != d->file || file == NC_NONE) {
        dump_path(d, file);
        fputc(':', d->out);
    }
    fprintf(d->out, "%u:%u", line, col);
}

void nc_dump_loc(struct nc_dump *d, const char *before, nc_id loc)
{
    if (loc == NC_NONE)
        return;
    const struct nc_loc *l = &d->scope.m->locs[loc];

    fputs(before, d->out);
    dump_position(d, l->file, l->line, l->col);
    if (l->macro) {
        fputs(" in ", d->out);
        nc_dump_word(d, l->macro);
    }
    if (l->spelling_file != l->file || l->spelling_line != l->line || l->spelling_col != l->col) {
        fputs(" spelled", d->out);
        dump_position(d, l->spelling_file, l->spelling_line, l->spelling_col);
    }
}
