/*
 * Framework (KMDF) objects: what the structures that the driver fills say of their callbacks is known where the object
 * is created. Sources: EVT_WDF_TIMER (wdftimer.h), WDF_OBJECT_ATTRIBUTES (wdfobject.h), WdfDriverCreate (wdfdriver.h).
 */
#include <string.h>

#include "analysis/engine.h"

#define EXECUTION_LEVEL_PASSIVE 2 /* WdfExecutionLevelPassive */

/* A member of the structure that an argument points at; V_NONE: not known where it is. */
static struct val member(struct engine *e, struct state *s, struct val at, const char *record, const char *name)
{
    nc_id field = find_field(e, find_record(e, record), name);
    uint32_t object;
    int64_t off;

    if (field == NC_NONE || !point_at(e, at, &object, &off))
        return v_none();
    return mem_load(e, s, object, off + e->m->fields[field].offset, type_bits(e, e->m->fields[field].type),
                    e->m->fields[field].type);
}

static bool is_function(const struct engine *e, struct val v)
{
    return v.kind == V_ADDR && e->u.objects[v.id].kind == OBJ_FUNC;
}

/* The cleanup routine of the driver object ends what the entry has made, also when the entry fails. */
static void driver_created(struct engine *e, struct state *s, const struct val *args, uint32_t n)
{
    struct val v = n < 3 ? v_none() : member(e, s, args[2], "WDF_OBJECT_ATTRIBUTES", "EvtCleanupCallback");

    if (is_function(e, v) && e->m->functions[e->u.objects[v.id].a].block_count)
        s->res = pmap_set(e->arena, s->res, DRIVER_CLEANUP_KEY, 1000, 0, v);
}

/* A timer's routine is a DPC, unless the timer's own execution level is passive: then a work item calls it. */
static void timer_created(struct engine *e, struct state *s, const struct val *args, uint32_t n)
{
    struct val routine = n < 2 ? v_none() : member(e, s, args[0], "WDF_TIMER_CONFIG", "EvtTimerFunc"), level;
    int64_t value;

    if (!is_function(e, routine))
        return;
    level = member(e, s, args[1], "WDF_OBJECT_ATTRIBUTES", "ExecutionLevel");
    for (uint32_t i = 0; i < e->entry_count; i++) {
        struct entry *en = &e->entries[i];

        if (en->fn != e->u.objects[routine.id].a || !kmdf_configured(en->role))
            continue;
        if (level.kind == V_NONE || !const_of(e, s, level, &value))
            en->configured |= truth_of(e, s, args[1]) == 0 ? KMDF_DEFAULT : KMDF_UNKNOWN;
        else
            en->configured |= value == EXECUTION_LEVEL_PASSIVE ? KMDF_PASSIVE : KMDF_DEFAULT;
    }
}

void kmdf_created(struct engine *e, nc_id inst, struct state *s, const struct val *args, uint32_t n)
{
    const struct nc_expr *x = inst == NC_NONE ? NULL : &e->m->exprs[e->m->insts[inst].b];
    const char *name = x && x->op == NC_EX_FUNC ? nc_string(e->m, e->m->functions[x->a].name) : "";

    if (strcmp(name, "WdfDriverCreate") == 0)
        driver_created(e, s, args, n);
    else if (strcmp(name, "WdfTimerCreate") == 0)
        timer_created(e, s, args, n);
}

bool kmdf_configured(const struct nc_role_contract *role) { return role && strcmp(role->name, "EVT_WDF_TIMER") == 0; }

void kmdf_levels(const struct entry *en, int *lo, int *hi, bool *unsure)
{
    if (!kmdf_configured(en->role) || !en->configured || (en->configured & KMDF_DEFAULT))
        return;
    *lo = NC_PASSIVE;
    if (en->configured & KMDF_UNKNOWN)
        *unsure = true; /* only PASSIVE_LEVEL is sure */
    else
        *hi = NC_PASSIVE;
}
