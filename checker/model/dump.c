#include "model/dump.h"

#include <inttypes.h>

#include "model/dump_inner.h"

static const char *const gap_kinds[] = { "function", "header", "error", "note" };

static void dump_flags(struct nc_dump *d, uint32_t flags, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if ((flags >> i & 1) && words[i])
            fprintf(d->out, " %s", words[i]);
}

/* ---- what stands outside of functions ---- */

static void dump_record(struct nc_dump *d, nc_id type)
{
    const struct nc_module *m = d->scope.m;
    const struct nc_type *t = &m->types[type];

    fputs(t->is_union ? "union " : "struct ", d->out);
    nc_dump_name(d, t->name, d->type_ordinals[type]);
    if (!t->size && !t->field_count) {
        fputs(";\n", d->out);
        return;
    }
    fprintf(d->out, " : %" PRIu64 " {\n", t->size);
    for (nc_id i = 0; i < t->field_count; i++) {
        const struct nc_field *f = &m->fields[t->first_field + i];

        fprintf(d->out, "    %u ", f->offset);
        nc_dump_word(d, f->name);
        fputs(" : ", d->out);
        nc_dump_type(d, f->type);
        if (f->bit_width)
            fprintf(d->out, " bits %u", f->bit_width);
        if (f->role) {
            fputs(" role ", d->out);
            nc_dump_word(d, f->role);
        }
        fputc('\n', d->out);
    }
    fputs("}\n", d->out);
}

static void dump_annots(struct nc_dump *d, nc_id first, nc_id count)
{
    for (nc_id i = first; i < first + count; i++) {
        const struct nc_annot *a = &d->scope.m->annots[i];

        fputs("    annot ", d->out);
        nc_dump_word(d, a->name);
        fputc(' ', d->out);
        nc_dump_quoted(d, nc_string(d->scope.m, a->text), '"');
        if (a->has_value)
            fprintf(d->out, " = %" PRId64, a->value);
        if (a->param != NC_NONE)
            fprintf(d->out, " param %u", a->param);
        fputc('\n', d->out);
    }
}

static void dump_role(struct nc_dump *d, const struct nc_role *r)
{
    fputs("role ", d->out);
    nc_dump_word(d, r->name);
    if (!r->annot_count) {
        fputs(";\n", d->out);
        return;
    }
    fputs(" {\n", d->out);
    dump_annots(d, r->first_annot, r->annot_count);
    fputs("}\n", d->out);
}

static void dump_section(struct nc_dump *d, nc_str section, nc_id loc)
{
    if (section) {
        fputs(" section ", d->out);
        nc_dump_quoted(d, nc_string(d->scope.m, section), '"');
    }
    nc_dump_loc(d, " section_at", loc);
}

static void dump_global(struct nc_dump *d, nc_id global)
{
    const struct nc_module *m = d->scope.m;
    const struct nc_global *g = &m->globals[global];

    fputs("global ", d->out);
    nc_dump_name(d, g->name, d->global_ordinals[global]);
    fputs(" : ", d->out);
    nc_dump_type(d, g->type);
    nc_dump_loc(d, " @", g->loc);
    d->file = g->loc == NC_NONE ? NC_NONE : m->locs[g->loc].file;
    dump_flags(d, g->flags, nc_text_global_flags, 32);
    dump_section(d, g->section, g->section_loc);
    if (g->init_count) {
        fputs(" {\n", d->out);
        for (nc_id i = g->first_init; i < g->first_init + g->init_count; i++) {
            const struct nc_init *n = &m->inits[i];

            fprintf(d->out, "    %" PRIu64 " : ", n->offset);
            nc_dump_type(d, n->type);
            fputs(" = ", d->out);
            nc_dump_expr(d, n->expr);
            nc_dump_loc(d, " @", n->loc);
            fputc('\n', d->out);
        }
        fputs("}\n", d->out);
    } else {
        fputs(";\n", d->out);
    }
    d->file = NC_NONE;
}

/* ---- functions ---- */

static void dump_inst(struct nc_dump *d, const struct nc_inst *n)
{
    const struct nc_module *m = d->scope.m;
    const struct nc_function *f = d->scope.owner;
    nc_id usual = n->type; /* type that is not written */

    fputs("    ", d->out);
    switch ((enum nc_inst_op)n->op) {
    case NC_IN_SET:
        fprintf(d->out, "t%u = ", n->a);
        nc_dump_expr(d, n->b);
        usual = m->exprs[n->b].type;
        break;
    case NC_IN_STORE:
        fputs("store ", d->out);
        nc_dump_place(d, n->a, n->type);
        fputs(" = ", d->out);
        nc_dump_expr(d, n->b);
        break;
    case NC_IN_COPY:
        fputs("copy ", d->out);
        nc_dump_place(d, n->a, n->type);
        fputs(" = ", d->out);
        nc_dump_place(d, n->b, NC_NONE);
        break;
    case NC_IN_CALL:
        if (n->a != NC_NONE)
            fprintf(d->out, "t%u = ", n->a);
        fputs("call ", d->out);
        nc_dump_callee(d, n->b);
        fputc('(', d->out);
        for (uint32_t i = 0; i < n->arg_count; i++) {
            if (i)
                fputs(", ", d->out);
            nc_dump_expr(d, m->args[n->c + i]);
        }
        fputc(')', d->out);
        usual = nc_text_result_type(&d->scope, n->b);
        break;
    case NC_IN_ASSUME:
        fputs("assume ", d->out);
        nc_dump_expr(d, n->a);
        break;
    case NC_IN_SCOPE:
    case NC_IN_END:
        fputs(n->op == NC_IN_SCOPE ? "scope " : "end ", d->out);
        nc_dump_name(d, m->locals[f->first_local + n->a].name, d->local_ordinals[n->a]);
        break;
    case NC_IN_COUNT:
        break;
    }
    if (nc_text_canon(&d->scope, n->type) != nc_text_canon(&d->scope, usual)) {
        fputs(" type ", d->out);
        nc_dump_type(d, n->type);
    }
    for (int i = 0; i < 8; i++)
        if ((n->flags >> i & 1) && nc_text_inst_flags[i])
            fprintf(d->out, " !%s", nc_text_inst_flags[i]);
    nc_dump_loc(d, " @", n->loc);
    fputc('\n', d->out);
}

static void dump_terminator(struct nc_dump *d, const struct nc_block *b)
{
    fputs("    ", d->out);
    switch ((enum nc_term)b->term) {
    case NC_TERM_JUMP:
        fprintf(d->out, "jump b%u", b->succ[0]);
        break;
    case NC_TERM_BRANCH:
        fputs("branch ", d->out);
        nc_dump_expr(d, b->expr);
        fprintf(d->out, " b%u b%u", b->succ[0], b->succ[1]);
        break;
    case NC_TERM_SWITCH:
        fputs("switch ", d->out);
        nc_dump_expr(d, b->expr);
        fputs(" {", d->out);
        for (nc_id i = 0; i < b->case_count; i++) {
            const struct nc_case *c = &d->scope.m->cases[b->first_case + i];

            fprintf(d->out, " %" PRId64, c->lo);
            if (c->hi != c->lo)
                fprintf(d->out, "..%" PRId64, c->hi);
            fprintf(d->out, " b%u", c->target);
        }
        fprintf(d->out, " } b%u", b->succ[0]);
        break;
    case NC_TERM_RETURN:
        fputs("return", d->out);
        if (b->expr != NC_NONE) {
            fputc(' ', d->out);
            nc_dump_expr(d, b->expr);
        }
        break;
    case NC_TERM_UNREACHABLE:
        fputs("unreachable", d->out);
        break;
    case NC_TERM_EXCEPTION:
        fprintf(d->out, "exception b%u b%u", b->succ[0], b->succ[1]);
        break;
    case NC_TERM_COUNT:
        break;
    }
    nc_dump_loc(d, " @", b->loc);
    fputc('\n', d->out);
}

static void dump_locals(struct nc_dump *d, const struct nc_function *f)
{
    for (nc_id i = 0; i < f->local_count; i++) {
        const struct nc_local *l = &d->scope.m->locals[f->first_local + i];
        const bool param = i < f->param_count;

        fputs(param ? "    param " : "    local ", d->out);
        nc_dump_name(d, l->name, d->local_ordinals[i]);
        fputs(" : ", d->out);
        nc_dump_type(d, l->type);
        if (l->flags & NC_LOCAL_ADDRESS_TAKEN)
            fputs(" address_taken", d->out);
        if (l->flags & NC_LOCAL_TEMPORARY)
            fputs(" temporary", d->out);
        if (!(l->flags & NC_LOCAL_PARAM) == param) /* not what the position says */
            fprintf(d->out, " flags %u", l->flags);
        nc_dump_loc(d, " @", l->loc);
        fputc('\n', d->out);
    }
    for (nc_id i = 0; i < f->temp_count; i++) {
        fprintf(d->out, "    temp t%u : ", i);
        nc_dump_type(d, d->temp_types[i]);
        fputc('\n', d->out);
    }
}

static void dump_function(struct nc_dump *d, nc_id function)
{
    const struct nc_module *m = d->scope.m;
    const struct nc_function *f = &m->functions[function];

    fputs("function ", d->out);
    nc_dump_name(d, f->name, d->function_ordinals[function]);
    fputs(" : ", d->out);
    nc_dump_type(d, f->type);
    nc_dump_loc(d, " @", f->loc);
    nc_dump_enter(d, f);
    nc_dump_loc(d, " ends_at", f->end_loc);
    if (f->display != f->name) {
        fputs(" display ", d->out);
        nc_dump_quoted(d, nc_string(m, f->display), '"');
    }
    dump_flags(d, f->flags, nc_text_function_flags, 32);
    dump_section(d, f->section, f->section_loc);
    if (f->role) {
        fputs(" role ", d->out);
        nc_dump_word(d, f->role);
    }
    nc_dump_loc(d, " paged_at", f->paged_code_loc);
    if (!f->annot_count && !f->local_count && !f->block_count && !f->temp_count) {
        fputs(";\n", d->out);
        nc_dump_leave(d);
        return;
    }
    fputs(" {\n", d->out);
    dump_annots(d, f->first_annot, f->annot_count);
    dump_locals(d, f);
    for (nc_id i = 0; i < f->block_count; i++) {
        const struct nc_block *b = &m->blocks[f->first_block + i];

        fprintf(d->out, "  b%u:\n", i);
        for (nc_id k = 0; k < b->inst_count; k++)
            dump_inst(d, &m->insts[b->first_inst + k]);
        dump_terminator(d, b);
    }
    fputs("}\n", d->out);
    nc_dump_leave(d);
}

void nc_function_dump(const struct nc_module *m, nc_id function, FILE *out)
{
    struct nc_dump d;

    nc_dump_open(&d, m, out);
    dump_function(&d, function);
    nc_dump_close(&d);
}

void nc_module_dump(const struct nc_module *m, FILE *out)
{
    struct nc_dump dump, *d = &dump;

    nc_dump_open(d, m, out);
    if (m->main_file) {
        fputs("main ", out);
        nc_dump_quoted(d, nc_string(m, m->main_file), '"');
        fputc('\n', out);
    }
    for (nc_id i = 0; i < m->files_count; i++) {
        fputs("file ", out);
        nc_dump_quoted(d, nc_string(m, m->files[i].path), '"');
        if (m->files[i].flags & NC_FILE_SYSTEM)
            fputs(" system", out);
        if (m->files[i].flags & NC_FILE_MAIN)
            fputs(" main", out);
        fputc('\n', out);
    }
    for (nc_id i = 0; i < m->types_count; i++)
        if (m->types[i].kind == NC_TY_RECORD)
            dump_record(d, i);
    for (nc_id i = 0; i < m->roles_count; i++)
        dump_role(d, &m->roles[i]);
    for (nc_id i = 0; i < m->globals_count; i++)
        dump_global(d, i);
    for (nc_id i = 0; i < m->functions_count; i++)
        dump_function(d, i);
    for (nc_id i = 0; i < m->gaps_count; i++) {
        const struct nc_gap *g = &m->gaps[i];

        if (g->kind < sizeof gap_kinds / sizeof gap_kinds[0])
            fprintf(out, "gap %s ", gap_kinds[g->kind]);
        else
            fprintf(out, "gap %u ", g->kind);
        nc_dump_quoted(d, nc_string(m, g->what), '"');
        fputc(' ', out);
        nc_dump_quoted(d, nc_string(m, g->reason), '"');
        nc_dump_loc(d, " @", g->loc);
        fputc('\n', out);
    }
    nc_dump_close(d);
}
