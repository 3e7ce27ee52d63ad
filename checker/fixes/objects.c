#include "fixes/objects.h"

#include <string.h>

nc_id nc_expr_strip(const struct nc_module *m, nc_id expr)
{
    while (expr != NC_NONE && m->exprs[expr].op == NC_EX_CAST)
        expr = m->exprs[expr].a;
    return expr;
}

bool nc_object_of(const struct nc_module *m, nc_id function, nc_id expr, struct nc_object *object)
{
    uint64_t offset = 0;

    for (;;) {
        const struct nc_expr *e, *index;

        expr = nc_expr_strip(m, expr);
        if (expr == NC_NONE)
            return false;
        e = &m->exprs[expr];
        switch (e->op) {
        case NC_EX_GLOBAL:
            *object = (struct nc_object){ NC_OBJECT_GLOBAL, e->a, NC_NONE, offset };
            return true;
        case NC_EX_LOCAL:
            *object = (struct nc_object){ NC_OBJECT_LOCAL, e->a, function, offset };
            return true;
        case NC_EX_FIELD:
            offset += (uint64_t)e->value;
            break;
        case NC_EX_INDEX:
            index = e->b == NC_NONE ? NULL : &m->exprs[nc_expr_strip(m, e->b)];
            if (!index || index->op != NC_EX_INT || index->value < 0)
                return false;
            offset += (uint64_t)index->value * (uint64_t)e->value * 8;
            break;
        default:
            return false;
        }
        expr = e->a;
    }
}

bool nc_object_same_variable(const struct nc_object *a, const struct nc_object *b)
{
    return a->kind == b->kind && a->id == b->id && a->function == b->function;
}

nc_id nc_record_find(const struct nc_module *m, const char *name)
{
    for (nc_id i = 0; i < m->types_count; i++) {
        const char *its = nc_string(m, m->types[i].name);

        if (m->types[i].kind == NC_TY_RECORD && m->types[i].size > 0 && strcmp(its + (*its == '_'), name) == 0)
            return i;
    }
    return NC_NONE;
}

bool nc_member_offset(const struct nc_module *m, nc_id record, const char *name, uint64_t *offset, nc_id *type)
{
    const struct nc_type *t = record == NC_NONE ? NULL : &m->types[record];

    for (nc_id i = 0; t && i < t->field_count; i++) {
        const struct nc_field *field = &m->fields[t->first_field + i];

        if (strcmp(nc_string(m, field->name), name) != 0)
            continue;
        *offset = field->offset;
        *type = field->type;
        return true;
    }
    return false;
}

void nc_each_instruction(const struct nc_module *m, bool (*f)(void *user, nc_id function, nc_id inst), void *user)
{
    for (nc_id function = 0; function < m->functions_count; function++)
        for (nc_id b = 0; b < m->functions[function].block_count; b++) {
            const struct nc_block *block = &m->blocks[m->functions[function].first_block + b];

            for (nc_id i = 0; i < block->inst_count; i++)
                if (!f(user, function, block->first_inst + i))
                    return;
        }
}
