/*
 * The file object of the driver's life. The system makes it for IRP_MJ_CREATE and drops it after IRP_MJ_CLOSE; what a
 * driver keeps in its context fields meanwhile ties these routines together, and the driver is not unloaded before it
 * is closed (pages: IRP_MJ_CREATE, IRP_MJ_CLOSE, "File Objects"). One is enough: every IRP names the same.
 */
#include "analysis/engine.h"

#define FILE_SYMBOL 1003

struct val file_object(struct engine *e)
{
    return v_sym(
        u_symbol(&e->u, (struct symbol){ .kind = SYM_FRESH, .b = NC_NONE, .c = FILE_SYMBOL, .type = NC_NONE }));
}

/* The context fields of a file object that nobody has opened. */
static void clear_contexts(struct engine *e, struct state *s)
{
    static const char *const names[] = { "FsContext", "FsContext2" };
    nc_id record = find_record(e, "FILE_OBJECT");
    uint32_t object;
    int64_t off;

    if (record == NC_NONE || !point_at(e, file_object(e), &object, &off))
        return;
    for (size_t i = 0; i < 2; i++) {
        nc_id f = find_field(e, record, names[i]);

        if (f != NC_NONE)
            mem_store(e, s, object, e->m->fields[f].offset, 64, v_int(0));
    }
}

void file_begin(struct engine *e, struct state *s) { clear_contexts(e, s); }

bool file_is_open(const struct state *s) { return pmap_find(s->res, OPEN_KEY, 1000) != NULL; }

void file_opened(struct engine *e, struct state *s, struct val status)
{
    struct state failed = *s;

    if (assume_compare(e, s, NC_EX_GE, status, v_int(0)))
        s->res = pmap_set(e->arena, s->res, OPEN_KEY, 1000, 0, (struct val){ V_META, 1, 0 });
    else
        *s = failed, clear_contexts(e, s);
}

void file_closed(struct engine *e, struct state *s)
{
    clear_contexts(e, s);
    s->res = pmap_remove(e->arena, s->res, OPEN_KEY, 1000);
}

uint32_t dispatched_majors(struct engine *e, const struct state *s, nc_id fn)
{
    nc_id field = find_field(e, find_record(e, "DRIVER_OBJECT"), "MajorFunction");
    uint32_t object, majors = 0;
    int64_t off;

    if (field == NC_NONE || !point_at(e, driver_object(e), &object, &off))
        return 0;
    for (uint32_t i = 0; i < 28; i++) {
        const struct pmap *c = pmap_find(s->mem, object, e->m->fields[field].offset + 64 * (int64_t)i);

        if (c && c->val.kind == V_ADDR && e->u.objects[c->val.id].kind == OBJ_FUNC && e->u.objects[c->val.id].a == fn)
            majors |= 1u << i;
    }
    return majors;
}
