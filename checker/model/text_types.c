#include "model/text_inner.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

nc_id nc_read_find(const struct nc_reader *r, const struct nc_intern *table, nc_str name, uint32_t ordinal)
{
    const uint32_t hash = nc_intern_hash(&name, sizeof name);
    const struct nc_module *m = nc_builder_module(r->b);
    nc_id last = NC_NONE;

    if (!table->capacity)
        return NC_NONE;
    for (; ordinal; ordinal--) {
        size_t at = SIZE_MAX;
        uint32_t found;
        nc_id next = NC_NONE; /* the smallest index behind `last` */

        while (nc_intern_next(table, hash, &at, &found)) {
            const nc_str other = table == &r->record_names     ? m->types[found].name
                                 : table == &r->function_names ? m->functions[found].name
                                                               : m->globals[found].name;

            if (other == name && (last == NC_NONE || found > last) && found < next)
                next = found;
        }
        if (next == NC_NONE)
            return NC_NONE;
        last = next;
    }
    return last;
}

void nc_read_enter(struct nc_reader *r, struct nc_intern *table, nc_str name, nc_id index)
{
    const uint32_t hash = nc_intern_hash(&name, sizeof name);
    size_t at = SIZE_MAX;
    uint32_t found;

    (void)r;
    nc_intern_reserve(table);
    while (nc_intern_next(table, hash, &at, &found))
        ;
    nc_intern_put(table, at, hash, index);
}

nc_id nc_read_plain(struct nc_reader *r, const struct nc_type *t)
{
    const uint32_t hash = nc_intern_hash(t, sizeof *t);
    size_t at = SIZE_MAX;
    uint32_t found;

    nc_intern_reserve(&r->plain_types);
    while (nc_intern_next(&r->plain_types, hash, &at, &found))
        if (!memcmp(&nc_builder_module(r->b)->types[found], t, sizeof *t))
            return found;
    found = nc_builder_add_types(r->b, t);
    nc_intern_put(&r->plain_types, at, hash, found);
    return found;
}

static struct nc_type blank(uint8_t kind, uint64_t size)
{
    return (struct nc_type){ .kind = kind, .elem = NC_NONE, .size = size, .first_field = NC_NONE };
}

nc_id nc_read_pointer_to(struct nc_reader *r, nc_id elem, bool is_const)
{
    struct nc_type t = blank(NC_TY_POINTER, NC_TEXT_POINTER_SIZE);

    t.elem = elem;
    t.is_const = is_const;
    return nc_read_plain(r, &t);
}

nc_id nc_read_int_type(struct nc_reader *r, unsigned size, bool is_signed)
{
    struct nc_type t = blank(NC_TY_INT, size);

    t.is_signed = is_signed;
    return nc_read_plain(r, &t);
}

static nc_id add_record(struct nc_reader *r, nc_str name, bool is_union)
{
    struct nc_type t = blank(NC_TY_RECORD, 0);

    t.name = name;
    t.is_union = is_union;
    const nc_id id = nc_builder_add_types(r->b, &t);

    nc_read_enter(r, &r->record_names, name, id);
    return id;
}

nc_id nc_read_declare_record(struct nc_reader *r)
{
    const bool is_union = nc_read_is(r, "union");

    nc_read_next(r);
    const nc_str name = nc_read_name(r);

    nc_read_ordinal(r); /* declared in their order */
    const nc_id id = add_record(r, name, is_union);

    if (nc_read_accept(r, ":")) /* now already, for arrays of it in what comes before */
        nc_builder_module(r->b)->types[id].size = nc_read_number(r);
    return id;
}

static nc_id record_reference(struct nc_reader *r, bool is_union)
{
    const nc_str name = nc_read_name(r);
    const uint32_t ordinal = nc_read_ordinal(r);
    const nc_id id = nc_read_find(r, &r->record_names, name, ordinal);

    if (id == NC_NONE && ordinal == 1)
        return add_record(r, name, is_union); /* never declared: incomplete */
    if (id == NC_NONE)
        nc_read_fail(r, "no such structure: %s#%u", nc_string(nc_builder_module(r->b), name), ordinal);
    return id;
}

static bool is_sized(const struct nc_reader *r)
{
    const char *p = r->tok.text;

    return r->tok.kind == NC_TOK_WORD && strchr("iuf", *p) && p[1] && strspn(p + 1, "0123456789") == strlen(p + 1);
}

bool nc_read_at_type(const struct nc_reader *r)
{
    return nc_read_is(r, "void") || nc_read_is(r, "struct") || nc_read_is(r, "union") || nc_read_is(r, "opaque") ||
           is_sized(r);
}

/* "/size", or what is usual. */
static uint64_t size_suffix(struct nc_reader *r, uint64_t usual)
{
    if (!nc_read_is(r, "/") || r->tok.spaced)
        return usual;
    nc_read_next(r);
    return nc_read_number(r);
}

static nc_id base_type(struct nc_reader *r)
{
    if (nc_read_accept(r, "struct"))
        return record_reference(r, false);
    if (nc_read_accept(r, "union"))
        return record_reference(r, true);

    struct nc_type t = blank(NC_TY_VOID, 0);

    if (is_sized(r)) {
        t.kind = r->tok.text[0] == 'f' ? NC_TY_FLOAT : NC_TY_INT;
        t.is_signed = r->tok.text[0] == 'i';
        t.size = strtoul(r->tok.text + 1, NULL, 10) / 8;
        nc_read_next(r);
    } else if (nc_read_accept(r, "opaque")) {
        t.kind = NC_TY_OPAQUE;
        if (nc_read_at_name(r))
            t.name = nc_read_name(r);
        t.size = size_suffix(r, 0);
    } else if (nc_read_accept(r, "void")) {
        t.size = size_suffix(r, 0);
    } else {
        nc_read_fail(r, "type expected before '%.40s'", r->tok.text);
    }
    return nc_read_plain(r, &t);
}

nc_id nc_read_type(struct nc_reader *r)
{
    if (nc_read_accept(r, "none"))
        return NC_NONE;
    nc_id id = base_type(r);

    for (;;) {
        struct nc_type t = blank(NC_TY_POINTER, NC_TEXT_POINTER_SIZE);

        t.elem = id;
        if (nc_read_accept(r, "const")) {
            nc_read_expect(r, "*");
            t.is_const = 1;
            t.size = size_suffix(r, t.size);
        } else if (r->tok.spaced) {
            return id;
        } else if (nc_read_accept(r, "*")) {
            t.size = size_suffix(r, t.size);
        } else if (nc_read_accept(r, "[")) {
            t.kind = NC_TY_ARRAY;
            t.count = (uint32_t)nc_read_number(r);
            nc_read_expect(r, "]");
            t.size = size_suffix(r, t.count * nc_builder_module(r->b)->types[id].size);
        } else if (nc_read_accept(r, "(")) {
            t.kind = NC_TY_FUNCTION;
            t.count = (uint32_t)nc_read_number(r);
            nc_read_expect(r, ")");
            t.size = size_suffix(r, 0);
        } else {
            return id;
        }
        id = nc_read_plain(r, &t);
    }
}

/* Behind the keyword: NAME : SIZE { FIELD... }, or NAME; */
void nc_read_record(struct nc_reader *r, nc_id id)
{
    struct nc_field *fields = NULL;
    nc_id count = 0, capacity = 0;

    nc_read_name(r);
    nc_read_ordinal(r);
    if (nc_read_accept(r, ";"))
        return;
    nc_read_expect(r, ":");
    nc_builder_module(r->b)->types[id].size = nc_read_number(r);
    nc_read_expect(r, "{");
    while (!nc_read_accept(r, "}")) {
        struct nc_field f = { .offset = (uint32_t)nc_read_number(r) };

        f.name = nc_read_name(r);
        nc_read_expect(r, ":");
        f.type = nc_read_type(r);
        if (f.type == NC_NONE)
            nc_read_fail(r, "a field needs a type");
        if (nc_read_accept(r, "bits"))
            f.bit_width = (uint32_t)nc_read_number(r);
        if (nc_read_accept(r, "role"))
            f.role = nc_read_name(r);
        if (count == capacity) {
            const struct nc_field *old = fields;

            capacity = capacity ? capacity * 2 : 16;
            fields = nc_arena_alloc(r->arena, capacity * sizeof *fields);
            if (count)
                memcpy(fields, old, count * sizeof *fields);
        }
        fields[count++] = f;
    }

    struct nc_type *t = &nc_builder_module(r->b)->types[id];

    t->first_field = count ? nc_builder_module(r->b)->fields_count : NC_NONE;
    t->field_count = count;
    for (nc_id i = 0; i < count; i++)
        nc_builder_add_fields(r->b, &fields[i]);
}
