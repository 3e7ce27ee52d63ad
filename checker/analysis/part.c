/*
 * What a part of a driver tells of handles whose registration is out of sight: by the types of objects, by where
 * handles are kept, and by the role of the function that runs.
 */
#include <string.h>

#include "analysis/engine.h"

/* An object that an expression's symbol was read from, step by step up to a parameter of the running entry. */
static bool comes_from_parameter(struct engine *e, uint32_t symbol, uint32_t root)
{
    for (int depth = 0; depth < 4; depth++) {
        struct symbol y = e->u.symbols[symbol];

        if (y.kind == SYM_FRESH)
            return y.a == root && entry_argument(&y) >= 0;
        if (y.kind != SYM_LAZY)
            return false;
        const struct object *o = &e->u.objects[object_base(&e->u, y.a)];

        if (o->kind != OBJ_SYM)
            return false;
        symbol = o->a;
    }
    return false;
}

bool waits_for_itself(struct engine *e, uint32_t res, nc_id arg)
{
    const struct resource *r = &e->u.resources[res];
    const char *kind = e->kinds[r->kind]->name;
    const struct frame *last = e->frame;

    while (last && last->up)
        last = last->up;
    const struct nc_role_contract *role = last && last->entry ? last->entry->role : NULL;

    if (!r->sym || !role || !e->lifetime_rules)
        return false;
    bool own = strcmp(kind, "nmr_client") == 0 ? strncmp(role->name, "NPI_CLIENT_", 11) == 0
               : strcmp(kind, "nmr_provider") == 0
                   ? strncmp(role->name, "NPI_PROVIDER_", 13) == 0
                   : strcmp(kind, "wsk") == 0 && strcmp(role->name, "PFN_WSK_CLIENT_EVENT") == 0;

    if (!own)
        return false;
    /* The only registration of its kind; or the handle in what the callback was given. */
    return (e->acquire_sites[r->kind] == 1 &&
            (e->kinds[r->kind]->handle_is_address ? handle_kinds_at(e, arg) : handle_kinds_read(e, arg)) &
                1u << r->kind) ||
           comes_from_parameter(e, r->sym, last->ctx);
}

static bool holds_registration(struct engine *e, nc_id record, int depth)
{
    static const char *const names[] = { "NPI_CLIENT_CHARACTERISTICS", "NPI_PROVIDER_CHARACTERISTICS", "NPI_MODULEID" };

    if (record == NC_NONE || depth > 4 || e->m->types[record].kind != NC_TY_RECORD)
        return false;
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (record == find_record(e, names[k]))
            return true;
    for (uint32_t i = 0; i < e->m->types[record].field_count; i++)
        if (holds_registration(e, e->m->fields[e->m->types[record].first_field + i].type, depth + 1))
            return true;
    return false;
}

bool embeds_registration(struct engine *e, uint32_t object)
{
    return holds_registration(e, e->u.objects[object].record, 0);
}
