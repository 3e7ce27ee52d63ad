/*
 * Entries: the functions that the system calls. Found where code puts them: stores into slots, initialisers,
 * registration calls, role types; and while executing, for those that travel through parameters and variables.
 */
#include <string.h>

#include "analysis/engine.h"

/* A function type of the driver's own whose annotations say at which IRQL it may be called. */
static const struct nc_role_contract *own_role(struct engine *e, const char *name)
{
    const struct nc_module *m = e->m;

    for (nc_id i = 0; i < m->roles_count; i++) {
        const struct nc_role *r = &m->roles[i];
        int min = -1, max = -1;

        if (strcmp(nc_string(m, r->name), name) != 0)
            continue;
        for (uint32_t k = 0; k < r->annot_count; k++) {
            const struct nc_annot *a = &m->annots[r->first_annot + k];
            const char *n = nc_string(m, a->name);

            if (a->param != NC_NONE || !a->has_value)
                continue;
            if (strcmp(n, "IRQL_requires_max") == 0)
                max = (int)a->value;
            else if (strcmp(n, "IRQL_requires_min") == 0)
                min = (int)a->value;
            else if (strcmp(n, "IRQL_requires") == 0)
                min = max = (int)a->value;
        }
        if (max < 0)
            return NULL;
        for (uint32_t k = 0; k < e->own_role_count; k++)
            if (strcmp(e->own_roles[k]->name, name) == 0)
                return e->own_roles[k];
        if (e->own_role_count == sizeof e->own_roles / sizeof *e->own_roles)
            return NULL;
        struct nc_role_contract *c = nc_arena_alloc(e->perm, sizeof *c);

        *c = (struct nc_role_contract){ .name = nc_arena_strdup(e->perm, name),
                                        .page = "",
                                        .min = (int8_t)(min < 0 ? 0 : min),
                                        .max = (int8_t)max,
                                        .phase = NC_PHASE_RUNNING,
                                        .display = nc_arena_printf(e->perm, "a %s", name) };
        return e->own_roles[e->own_role_count++] = c;
    }
    return NULL;
}

static const struct nc_role_contract *role_by_name(struct engine *e, const char *name)
{
    const struct nc_role_contract *r;

    if (!name || !*name)
        return NULL;
    r = nc_role_find(e->contracts, name);
    if (!r && name[0] == 'P')
        r = nc_role_find(e->contracts, name + 1);
    return r ? r : own_role(e, name);
}

static const char *record_name(struct engine *e, nc_id record)
{
    const char *n = nc_string(e->m, e->m->types[record].name);

    return *n == '_' ? n + 1 : n;
}

/* Innermost field at a bit offset, through nested records and arrays of them. */
nc_id field_at(struct engine *e, nc_id record, int64_t off, nc_id *owner)
{
    const struct nc_module *m = e->m;

    for (int depth = 0; depth < 12; depth++) {
        const struct nc_type *t = &m->types[record];
        nc_id found = NC_NONE;

        if (t->kind == NC_TY_ARRAY && t->elem != NC_NONE && m->types[t->elem].size) {
            off %= (int64_t)m->types[t->elem].size * 8;
            record = t->elem;
            continue;
        }
        if (t->kind != NC_TY_RECORD)
            return NC_NONE;
        for (uint32_t i = 0; i < t->field_count; i++) {
            const struct nc_field *f = &m->fields[t->first_field + i];
            int64_t bits = f->bit_width ? f->bit_width : (int64_t)m->types[f->type].size * 8;

            if ((int64_t)f->offset <= off && off < (int64_t)f->offset + bits) {
                found = t->first_field + i;
                break;
            }
        }
        if (found == NC_NONE)
            return NC_NONE;
        const struct nc_field *f = &m->fields[found];
        nc_id inner = f->type;

        if (owner)
            *owner = record;
        while (m->types[inner].kind == NC_TY_ARRAY && m->types[inner].elem != NC_NONE &&
               m->types[m->types[inner].elem].kind == NC_TY_RECORD)
            inner = m->types[inner].elem;
        if (m->types[inner].kind != NC_TY_RECORD)
            return found;
        off -= f->offset;
        record = f->type;
    }
    return NC_NONE;
}

const struct nc_role_contract *slot_role(struct engine *e, nc_id record, nc_id field)
{
    const struct nc_field *f = &e->m->fields[field];
    const struct nc_slot_contract *s = nc_slot_find(e->contracts, record_name(e, record), nc_string(e->m, f->name));

    if (s)
        return role_by_name(e, s->role);
    return role_by_name(e, nc_string(e->m, f->role));
}

static void note_fill(struct engine *e, nc_id fn, nc_id field, nc_id global)
{
    for (uint32_t i = 0; i < e->fill_count; i++)
        if (e->fills[i].fn == fn && e->fills[i].field == field && e->fills[i].global == global)
            return;
    if (e->fill_count == e->fill_cap) {
        e->fill_cap = e->fill_cap ? e->fill_cap * 2 : 64;
        e->fills = nc_xrealloc(e->fills, sizeof *e->fills * e->fill_cap);
    }
    e->fills[e->fill_count++] = (struct slot_fill){ fn, field, global };
}

struct entry *entry_note(struct engine *e, nc_id fn, const struct nc_role_contract *role, nc_id loc, struct val context,
                         uint8_t context_param, bool slot)
{
    if (!e->m->functions[fn].block_count)
        return NULL;
    for (uint32_t i = 0; i < e->entry_count; i++) {
        struct entry *p = &e->entries[i];

        if (p->fn != fn || p->role != role)
            continue;
        if (p->loc != loc && p->loc != NC_NONE && loc != NC_NONE)
            continue;
        if (p->loc == NC_NONE)
            p->loc = loc;
        p->slot |= slot;
        if (context.kind != V_NONE) {
            if (p->context.kind == V_NONE && p->context_param != 254)
                p->context = context;
            else if (!v_same(p->context, context)) {
                p->context = v_none();
                p->context_param = 254; /* several: not known */
                return p;
            }
            if (p->context_param == 255)
                p->context_param = context_param;
        }
        return p;
    }
    if (e->entry_count == e->entry_cap) {
        e->entry_cap = e->entry_cap ? e->entry_cap * 2 : 64;
        e->entries = nc_xrealloc(e->entries, sizeof *e->entries * e->entry_cap);
    }
    e->entries[e->entry_count] =
        (struct entry){ .fn = fn,
                        .role = role,
                        .loc = loc,
                        .context = context,
                        .context_param = context.kind == V_NONE ? 255 : context_param,
                        .slot = slot,
                        .how = role ? (role->display && *role->display ? role->display : role->name) : "a callback" };
    return &e->entries[e->entry_count++];
}

/* The field (and its record) that an address expression names, at any index. */
static nc_id slot_of(const struct nc_module *m, nc_id addr, nc_id *record, nc_id *global)
{
    const struct nc_expr *x = &m->exprs[addr];

    *global = NC_NONE;
    while (x->op == NC_EX_INDEX || x->op == NC_EX_CAST)
        x = &m->exprs[x->a];
    if (x->op == NC_EX_FIELD) {
        *record = x->aux;
        return x->b;
    }
    if (x->op == NC_EX_GLOBAL)
        *global = x->a;
    return NC_NONE;
}

static void note_slot(struct engine *e, nc_id addr, nc_id loc, nc_id fn)
{
    nc_id record = NC_NONE, global, field = slot_of(e->m, addr, &record, &global);

    if (field != NC_NONE) {
        note_fill(e, fn, field, NC_NONE);
        if (record != NC_NONE)
            entry_note(e, fn, slot_role(e, record, field), loc, v_none(), 0, true);
    } else if (global != NC_NONE) {
        note_fill(e, fn, NC_NONE, global);
    }
}

void note_slot_store(struct engine *e, struct state *s, nc_id addr_expr, nc_id loc, struct val v)
{
    (void)s;
    /* An inline function of a header (WDF_TIMER_CONFIG_INIT) registers where the driver calls it. */
    for (const struct frame *f = e->frame;
         f && f->call_inst != NC_NONE && (e->m->functions[f->fn].flags & NC_FN_SYSTEM); f = f->up)
        loc = e->m->insts[f->call_inst].loc;
    note_slot(e, addr_expr, loc, e->u.objects[v.id].a);
}

static nc_id function_of(const struct nc_module *m, nc_id expr)
{
    while (m->exprs[expr].op == NC_EX_CAST)
        expr = m->exprs[expr].a;
    return m->exprs[expr].op == NC_EX_FUNC ? m->exprs[expr].a : NC_NONE;
}

/* A function handed to a function that keeps its parameter in a field; one of a header registers it where it is called.
 */
static void follow_parameter(struct engine *e, nc_id callee, uint32_t param, nc_id fn, nc_id call_loc)
{
    const struct nc_module *m = e->m;
    const struct nc_function *f = &m->functions[callee];

    for (uint32_t b = 0; b < f->block_count; b++) {
        const struct nc_block *k = &m->blocks[f->first_block + b];

        for (uint32_t i = 0; i < k->inst_count; i++) {
            const struct nc_inst *in = &m->insts[k->first_inst + i];
            nc_id v = in->op == NC_IN_STORE ? in->b : NC_NONE;

            while (v != NC_NONE && m->exprs[v].op == NC_EX_CAST)
                v = m->exprs[v].a;
            if (v != NC_NONE && m->exprs[v].op == NC_EX_LOAD && m->exprs[m->exprs[v].a].op == NC_EX_LOCAL &&
                m->exprs[m->exprs[v].a].a == param)
                note_slot(e, in->a, f->flags & NC_FN_SYSTEM ? call_loc : in->loc, fn);
        }
    }
}

static void collect_call(struct engine *e, const struct nc_inst *in)
{
    const struct nc_module *m = e->m;
    nc_id callee = m->exprs[in->b].op == NC_EX_FUNC ? m->exprs[in->b].a : NC_NONE;
    const struct nc_contract *c = callee == NC_NONE ? NULL : fn_info(e, callee)->contract;

    for (uint32_t i = 0; callee != NC_NONE && m->functions[callee].block_count && i < in->arg_count; i++) {
        nc_id fn = function_of(m, m->args[in->c + i]);

        if (fn != NC_NONE)
            follow_parameter(e, callee, i, fn, in->loc);
    }
    for (uint32_t i = 0; c && i < c->effect_count; i++) {
        const struct nc_effect *f = &c->effects[i];

        if (f->op != NC_EFF_CALLS_LATER || f->a[0] < 0 || f->a[0] >= (int)in->arg_count)
            continue;
        nc_id fn = function_of(m, m->args[in->c + (uint32_t)f->a[0]]);

        if (fn != NC_NONE)
            entry_note(e, fn, role_by_name(e, f->text), in->loc, v_none(), 0, true);
    }
}

static void collect_inits(struct engine *e)
{
    const struct nc_module *m = e->m;

    for (nc_id g = 0; g < m->globals_count; g++)
        for (uint32_t i = 0; i < m->globals[g].init_count; i++) {
            const struct nc_init *in = &m->inits[m->globals[g].first_init + i];
            nc_id fn = function_of(m, in->expr), owner = NC_NONE, field;

            if (fn == NC_NONE)
                continue;
            field = field_at(e, m->globals[g].type, (int64_t)in->offset, &owner);
            if (field != NC_NONE) {
                note_fill(e, fn, field, NC_NONE);
                entry_note(e, fn, slot_role(e, owner, field), in->loc, v_none(), 0, true);
            } else {
                note_fill(e, fn, NC_NONE, g);
                entry_note(e, fn, NULL, in->loc, v_none(), 0, true);
            }
        }
}

void entries_collect(struct engine *e)
{
    const struct nc_module *m = e->m;
    static const char *const names[] = { "DriverEntry", "FxDriverEntry", "GsDriverEntry" };

    e->entry_fn = NC_NONE;
    e->remove_entry_fn = find_function(e, "RemoveEntryList");
    if (e->options && e->options->entry)
        e->entry_fn = find_function(e, e->options->entry);
    for (size_t i = 0; e->entry_fn == NC_NONE && i < 3 && !(e->options && e->options->entry); i++)
        e->entry_fn = find_function(e, names[i]);
    e->whole = e->entry_fn != NC_NONE && !(e->options && e->options->force_part);
    for (nc_id i = 0; i < m->insts_count; i++) {
        const struct nc_inst *in = &m->insts[i];

        if (in->op == NC_IN_STORE) {
            nc_id fn = function_of(m, in->b);

            if (fn != NC_NONE)
                note_slot(e, in->a, in->loc, fn);
        } else if (in->op == NC_IN_CALL) {
            collect_call(e, in);
        }
    }
    collect_inits(e);
    for (nc_id f = 0; f < m->functions_count; f++) {
        const struct nc_function *fn = &m->functions[f];
        const struct nc_role_contract *r = role_by_name(e, nc_string(m, fn->role));

        if (r && fn->block_count && !(fn->flags & NC_FN_SYSTEM))
            entry_note(e, f, r, NC_NONE, v_none(), 0, false);
    }
    e->never_unloads = e->whole;
    for (uint32_t i = 0; i < e->entry_count; i++)
        if (e->entries[i].role && e->entries[i].role->phase == NC_PHASE_UNLOAD && e->entries[i].slot)
            e->never_unloads = false;
}
