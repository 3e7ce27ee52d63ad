#include "analysis/contractc/emit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

static void string(FILE *out, const char *text)
{
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') {
            fprintf(out, "\\%c", *text);
        } else if ((unsigned char)*text < ' ' || *text == '?') { /* no trigraphs: "??2@YAPEAX_K@Z" */
            fprintf(out, "\\%03o", (unsigned char)*text);
        } else {
            fputc(*text, out);
        }
    }
    fputc('"', out);
}

static void condition(FILE *out, struct nc_cond c)
{
    fprintf(out, "{ %d, %d, INT64_C(%" PRId64 ") }", c.op, c.arg, c.value);
}

static bool same_bounds(const struct nc_contract *a, const struct nc_contract *b)
{
    if (a->bound_count != b->bound_count) {
        return false;
    }
    for (int i = 0; i < a->bound_count; i++) {
        const struct nc_bound *x = &a->bounds[i], *y = &b->bounds[i];
        if (x->min != y->min || x->max != y->max || x->when.op != y->when.op || x->when.arg != y->when.arg ||
            x->when.value != y->when.value) {
            return false;
        }
    }
    return true;
}

/* Emits each distinct list of bounds once; bound_start[i] is where function i's begin. */
static void bounds(FILE *out, const struct nc_contract_tables *t, uint32_t *bound_start)
{
    uint32_t *distinct = nc_xmalloc((t->function_count + 1) * sizeof *distinct);
    uint32_t distinct_count = 0, next = 0;
    fprintf(out, "static const struct nc_bound bounds[] = {\n");
    for (uint32_t i = 0; i < t->function_count; i++) {
        const struct nc_contract *f = &t->functions[i];
        uint32_t d = 0;
        while (d < distinct_count && !same_bounds(&t->functions[distinct[d]], f)) {
            d++;
        }
        if (d < distinct_count) {
            bound_start[i] = bound_start[distinct[d]];
            continue;
        }
        distinct[distinct_count++] = i;
        bound_start[i] = next;
        for (int b = 0; b < f->bound_count; b++, next++) {
            fprintf(out, "    { %d, %d, ", f->bounds[b].min, f->bounds[b].max);
            condition(out, f->bounds[b].when);
            fprintf(out, " },\n");
        }
    }
    fprintf(out, "    { 0, 0, { 0, 0, 0 } },\n};\n\n"); /* never empty */
    free(distinct);
}

/* Functions that share a contract share its effects: they have the same pointer. */
static void effects(FILE *out, const struct nc_contract_tables *t, uint32_t *effect_start)
{
    uint32_t next = 0;
    fprintf(out, "static const struct nc_effect effects[] = {\n");
    for (uint32_t i = 0; i < t->function_count; i++) {
        const struct nc_contract *f = &t->functions[i];
        if (i > 0 && f->effects == t->functions[i - 1].effects && f->effect_count) {
            effect_start[i] = effect_start[i - 1];
            continue;
        }
        effect_start[i] = next;
        for (int e = 0; e < f->effect_count; e++, next++) {
            const struct nc_effect *x = &f->effects[e];
            fprintf(out, "    { %d, { %d, %d, %d, %d, %d, %d }, ", x->op, x->a[0], x->a[1], x->a[2], x->a[3], x->a[4],
                    x->a[5]);
            string(out, x->text);
            fprintf(out, ", INT64_C(%" PRId64 "), ", x->value);
            condition(out, x->when);
            fprintf(out, " },\n");
        }
    }
    fprintf(out, "    { 0, { 0 }, \"\", 0, { 0, 0, 0 } },\n};\n\n");
}

static void index_emit(FILE *out, const char *name, struct nc_contract_index index)
{
    fprintf(out, "static const uint32_t %s_index[] = {", name);
    for (uint32_t i = 0; i <= index.mask; i++) {
        fprintf(out, "%s%" PRIu32 ",", i % 20 == 0 ? "\n    " : " ", index.slots[i]);
    }
    fprintf(out, "\n};\n\n");
}

static void functions(FILE *out, const struct nc_contract_tables *t)
{
    uint32_t *bound_start = nc_xmalloc((t->function_count + 1) * sizeof *bound_start);
    uint32_t *effect_start = nc_xmalloc((t->function_count + 1) * sizeof *effect_start);
    bounds(out, t, bound_start);
    effects(out, t, effect_start);
    fprintf(out, "static const struct nc_contract functions[] = {\n");
    for (uint32_t i = 0; i < t->function_count; i++) {
        const struct nc_contract *f = &t->functions[i];
        fprintf(out, "    { ");
        string(out, f->name);
        fprintf(out, ", ");
        string(out, f->page);
        fprintf(out, ", &bounds[%" PRIu32 "], &effects[%" PRIu32 "], %u, %u },\n", bound_start[i], effect_start[i],
                f->bound_count, f->effect_count);
    }
    fprintf(out, "    { \"\", \"\", NULL, NULL, 0, 0 },\n};\n\n");
    free(bound_start);
    free(effect_start);
}

static void roles(FILE *out, const struct nc_contract_tables *t)
{
    fprintf(out, "static const struct nc_role_contract roles[] = {\n");
    for (uint32_t i = 0; i < t->role_count; i++) {
        const struct nc_role_contract *r = &t->roles[i];
        fprintf(out, "    { ");
        string(out, r->name);
        fprintf(out, ", ");
        string(out, r->page);
        fprintf(out, ", %d, %d, %d, %d, %d, ", r->min, r->max, r->phase, r->once, r->half);
        string(out, r->display);
        fprintf(out, " },\n");
    }
    fprintf(out, "    { \"\", \"\", 0, 0, 0, 0, 0, \"\" },\n};\n\n");
}

static void slots(FILE *out, const struct nc_contract_tables *t)
{
    fprintf(out, "static const struct nc_slot_contract slots[] = {\n");
    for (uint32_t i = 0; i < t->slot_count; i++) {
        const struct nc_slot_contract *s = &t->slots[i];
        fprintf(out, "    { \"%s\", \"%s\", \"%s\" },\n", s->record, s->field, s->role);
    }
    fprintf(out, "    { \"\", \"\", \"\" },\n};\n\n");
}

static void kinds(FILE *out, const struct nc_contract_tables *t)
{
    fprintf(out, "static const struct nc_kind kinds[] = {\n");
    for (uint32_t i = 0; i < t->kind_count; i++) {
        const struct nc_kind *k = &t->kinds[i];
        fprintf(out, "    { \"%s\", ", k->name);
        string(out, k->display);
        fprintf(out, ", %s, %s, \"%s\", \"%s\", \"%s\", \"%s\" },\n", k->handle_is_address ? "true" : "false",
                k->has_wait ? "true" : "false", k->characteristics, k->instance, k->end_function, k->wait_function);
    }
    fprintf(out, "    { \"\", \"\", false, false, \"\", \"\", \"\", \"\" },\n};\n\n");
}

void nc_contract_emit(FILE *out, const struct nc_contract_tables *t)
{
    fprintf(out, "/* Generated by contractc from rules/contracts and rules/data; not to be edited. */\n"
                 "#include \"analysis/contract_tables.h\"\n\n");
    functions(out, t);
    roles(out, t);
    slots(out, t);
    kinds(out, t);
    index_emit(out, "function", t->function_index);
    index_emit(out, "role", t->role_index);
    index_emit(out, "slot", t->slot_index);
    index_emit(out, "kind", t->kind_index);
    fprintf(out,
            "const struct nc_contract_tables nc_contract_builtin_tables = {\n"
            "    functions, roles, slots, kinds, %" PRIu32 ", %" PRIu32 ", %" PRIu32 ", %" PRIu32 ",\n"
            "    { function_index, %" PRIu32 " }, { role_index, %" PRIu32 " }, { slot_index, %" PRIu32
            " }, { kind_index, %" PRIu32 " },\n};\n",
            t->function_count, t->role_count, t->slot_count, t->kind_count, t->function_index.mask, t->role_index.mask,
            t->slot_index.mask, t->kind_index.mask);
}
