/*
 * What is handed to a register call: fields that are provably wrong, and memory that is not resident.
 */
#include <string.h>

#include "analysis/engine.h"

struct look {
    struct engine *e;
    struct state *s;
    uint32_t object;
    int64_t off;
    const char *wrong[8];
    uint32_t count;
};

static struct val field_value(struct look *k, uint32_t object, int64_t off, nc_id record, const char *name)
{
    nc_id f = find_field(k->e, record, name);

    if (f == NC_NONE)
        return v_none();
    return mem_load(k->e, k->s, object, off + k->e->m->fields[f].offset,
                    (uint64_t)type_bits(k->e, k->e->m->fields[f].type), k->e->m->fields[f].type);
}

static void wrong(struct look *k, const char *text)
{
    if (k->count < 8)
        k->wrong[k->count++] = text;
}

static void must_equal(struct look *k, struct val v, int64_t n, const char *name, const char *what)
{
    int64_t is;

    if (v.kind != V_NONE && const_of(k->e, k->s, v, &is) && is != n)
        wrong(k, nc_arena_printf(k->e->arena, "%s is %lld, not %s (%lld)", name, (long long)is, what, (long long)n));
}

static void must_be_set(struct look *k, struct val v, const char *name)
{
    if (v.kind != V_NONE && truth_of(k->e, k->s, v) == 0)
        wrong(k, nc_arena_printf(k->e->arena, "%s is NULL", name));
}

void check_characteristics(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res)
{
    const struct nc_kind *kind = res_kind(e, res);
    nc_id record = find_record(e, kind->characteristics), inst_field, inst_record;
    struct look k = { .e = e, .s = s };
    bool client = strstr(kind->name, "client") != NULL;
    uint32_t module;
    int64_t module_off;

    if (record == NC_NONE || !kind->instance || !*kind->instance ||
        !point_at(e, res_slot(s, res, RS_CHARS), &k.object, &k.off))
        return;
    inst_field = find_field(e, record, kind->instance);
    if (inst_field == NC_NONE)
        return;
    inst_record = e->m->fields[inst_field].type;
    must_equal(&k, field_value(&k, k.object, k.off, record, "Length"), (int64_t)e->m->types[record].size, "Length",
               "the structure's size");
    must_be_set(&k, field_value(&k, k.object, k.off, record, client ? "ClientAttachProvider" : "ProviderAttachClient"),
                client ? "ClientAttachProvider" : "ProviderAttachClient");
    must_be_set(&k, field_value(&k, k.object, k.off, record, client ? "ClientDetachProvider" : "ProviderDetachClient"),
                client ? "ClientDetachProvider" : "ProviderDetachClient");
    int64_t at = k.off + e->m->fields[inst_field].offset;

    must_equal(&k, field_value(&k, k.object, at, inst_record, "Size"), (int64_t)e->m->types[inst_record].size,
               nc_arena_printf(e->arena, "%s.Size", kind->instance), "sizeof(NPI_REGISTRATION_INSTANCE)");
    must_be_set(&k, field_value(&k, k.object, at, inst_record, "NpiId"), "NpiId");
    struct val id = field_value(&k, k.object, at, inst_record, "ModuleId");

    must_be_set(&k, id, "ModuleId");
    nc_id id_record = find_record(e, "NPI_MODULEID");

    if (id_record != NC_NONE && id.kind == V_ADDR && point_at(e, id, &module, &module_off))
        must_equal(&k, field_value(&k, module, module_off, id_record, "Length"), (int64_t)e->m->types[id_record].size,
                   "ModuleId.Length", "sizeof(NPI_MODULEID)");
    if (!k.count)
        return;
    const char *list = k.wrong[0];

    for (uint32_t i = 1; i < k.count; i++)
        list = nc_arena_printf(e->arena, "%s; %s", list, k.wrong[i]);
    report(e, s, "nmr-bad-characteristics", e->m->insts[inst].loc, ctx, res, list, "the %s can't work: %s",
           kind->display, list);
}

static const char *discarded(struct engine *e, struct state *s, struct val v)
{
    uint32_t object;
    int64_t off;

    if (v.kind != V_ADDR || !point_at(e, v, &object, &off))
        return NULL;
    object = object_base(&e->u, object);
    const struct object *o = &e->u.objects[object];

    if (o->kind == OBJ_GLOBAL) {
        const char *section = nc_string(e->m, e->m->globals[o->a].section);

        if (strncmp(section, "PAGE", 4) == 0 || strncmp(section, "INIT", 4) == 0)
            return nc_arena_printf(e->arena, "'%s' is in the %s section '%s'", object_name(e, object),
                                   section[0] == 'P' ? "pageable" : "discardable", section);
    } else if (o->kind == OBJ_HEAP) {
        const struct pmap *p = pmap_find(s->soft, object, OS_POOL);

        if (p && p->val.id == NC_POOL_PAGED)
            return nc_arena_printf(e->arena, "it is in paged pool (allocated at %s)",
                                   loc_text(e, e->m->insts[o->b].loc));
    }
    return NULL;
}

void check_residence(struct engine *e, uint32_t ctx, nc_id inst, struct state *s, uint32_t res)
{
    static const char *const words[] = { "characteristics", "context",  "",
                                         "NpiId",           "ModuleId", "NpiSpecificCharacteristics" };
    bool wsk = res_kind(e, res)->handle_is_address;
    const char *all = NULL;

    for (uint32_t slot = RS_CHARS; slot <= RS_DATA2; slot++) {
        const char *why =
            slot == RS_HANDLE_AT || (wsk && slot == RS_CONTEXT) ? NULL : discarded(e, s, res_slot(s, res, slot));

        if (!why)
            continue;
        const char *word =
            wsk ? (slot == RS_DATA1 ? "WSK_REGISTRATION" : "client dispatch table") : words[slot - RS_CHARS];

        why = nc_arena_printf(e->arena, "%s: %s", word, why);
        all = all ? nc_arena_printf(e->arena, "%s; %s", all, why) : why;
    }
    if (all)
        report(e, s, "nmr-nonresident-memory", e->m->insts[inst].loc, ctx, res, all,
               "memory that the %s uses is not resident, and is read at DISPATCH_LEVEL or after it was discarded: %s",
               res_kind(e, res)->display, all);
}
