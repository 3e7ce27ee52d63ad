/*
 * Types, unified over the inputs. Records first, because types refer to each other through them: a record is known by a
 * key that follows the types of its fields only as far as the next record, which is named. Then everything else by
 * structure, bottom-up.
 */
#include "model/link_inner.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

struct key {
    uint32_t *words;
    size_t count, capacity;
};

/* A record of the result, and the input that its fields come from. */
struct record {
    size_t key_first, key_count; /* in keys */
    size_t input;
    nc_id source; /* type index there */
    nc_id type;   /* in the result */
};

struct type_linker {
    struct nc_link *l;
    struct key key;  /* of the record at hand */
    struct key keys; /* of all records of the result */
    struct record *records;
    size_t record_count, record_capacity;
    struct nc_intern by_key;     /* complete records */
    struct nc_intern by_name;    /* name (result's string) -> the first complete record */
    struct nc_intern by_shape;   /* types other than records */
    struct nc_intern incomplete; /* name -> type in the result */
};

static void push(struct key *k, uint32_t word)
{
    if (k->count == k->capacity) {
        k->capacity = k->capacity ? k->capacity * 2 : 256;
        k->words = nc_xrealloc(k->words, k->capacity * sizeof *k->words);
    }
    k->words[k->count++] = word;
}

static bool has_elem(const struct nc_type *t)
{
    return t->kind == NC_TY_POINTER || t->kind == NC_TY_ARRAY || t->kind == NC_TY_FUNCTION;
}

static void push_type(struct type_linker *tl, struct nc_link_input *in, nc_id id)
{
    struct key *k = &tl->key;

    /* Elements of pointers, arrays and functions are a chain that ends at a record or a plain type. */
    for (;; id = in->m->types[id].elem) {
        const struct nc_type *t = &in->m->types[id];

        push(k, t->kind | (uint32_t)t->is_signed << 8 | (uint32_t)t->is_union << 16 | (uint32_t)t->is_const << 24);
        if (t->kind == NC_TY_RECORD) {
            push(k, nc_link_string(tl->l, in, t->name));
            return;
        }
        push(k, (uint32_t)t->size);
        push(k, t->count);
        if (!has_elem(t))
            return;
    }
}

static void make_key(struct type_linker *tl, struct nc_link_input *in, const struct nc_type *t)
{
    struct key *k = &tl->key;

    k->count = 0;
    push(k, nc_link_string(tl->l, in, t->name));
    push(k, t->is_union);
    push(k, (uint32_t)t->size);
    push(k, (uint32_t)(t->size >> 32));
    push(k, t->field_count);
    for (nc_id i = 0; i < t->field_count; i++) {
        const struct nc_field *f = &in->m->fields[t->first_field + i];

        push(k, nc_link_string(tl->l, in, f->name));
        push(k, f->offset);
        push(k, f->bit_width);
        push(k, nc_link_string(tl->l, in, f->role));
        push_type(tl, in, f->type);
    }
}

static bool is_incomplete(const struct nc_type *t) { return !t->size && !t->field_count; }

static struct nc_type copy_record(struct type_linker *tl, struct nc_link_input *in, const struct nc_type *t)
{
    struct nc_type copy = *t;

    copy.name = nc_link_string(tl->l, in, t->name);
    copy.elem = NC_NONE;
    return copy;
}

static void link_complete(struct type_linker *tl, size_t input, nc_id id)
{
    struct nc_link_input *in = &tl->l->inputs[input];
    const struct nc_type *t = &in->m->types[id];

    make_key(tl, in, t);
    const size_t key_size = tl->key.count * sizeof *tl->key.words;
    uint32_t hash = nc_intern_hash(tl->key.words, key_size);
    size_t at = SIZE_MAX;
    uint32_t found;

    nc_intern_reserve(&tl->by_key);
    while (nc_intern_next(&tl->by_key, hash, &at, &found)) {
        const struct record *r = &tl->records[found];

        if (r->key_count == tl->key.count && !memcmp(tl->keys.words + r->key_first, tl->key.words, key_size)) {
            in->types[id] = r->type;
            return;
        }
    }

    const struct nc_type copy = copy_record(tl, in, t);
    struct record r = { .key_first = tl->keys.count,
                        .key_count = tl->key.count,
                        .input = input,
                        .source = id,
                        .type = nc_builder_add_types(tl->l->b, &copy) };

    for (size_t i = 0; i < tl->key.count; i++)
        push(&tl->keys, tl->key.words[i]);
    if (tl->record_count == tl->record_capacity) {
        tl->record_capacity = tl->record_capacity ? tl->record_capacity * 2 : 64;
        tl->records = nc_xrealloc(tl->records, tl->record_capacity * sizeof *tl->records);
    }
    nc_intern_put(&tl->by_key, at, hash, (uint32_t)tl->record_count);
    tl->records[tl->record_count++] = r;
    in->types[id] = r.type;

    hash = nc_intern_hash(&copy.name, sizeof copy.name);
    at = SIZE_MAX;
    nc_intern_reserve(&tl->by_name);
    while (nc_intern_next(&tl->by_name, hash, &at, &found))
        if (nc_linked(tl->l)->types[found].name == copy.name)
            return;
    nc_intern_put(&tl->by_name, at, hash, r.type);
}

static void link_incomplete(struct type_linker *tl, struct nc_link_input *in, nc_id id)
{
    const struct nc_type copy = copy_record(tl, in, &in->m->types[id]);
    const uint32_t hash = nc_intern_hash(&copy.name, sizeof copy.name);
    struct nc_intern *tables[] = { &tl->by_name, &tl->incomplete };
    size_t at = SIZE_MAX;
    uint32_t found;

    for (int i = 0; i < 2; i++) {
        at = SIZE_MAX;
        nc_intern_reserve(tables[i]);
        while (nc_intern_next(tables[i], hash, &at, &found)) {
            const struct nc_type *t = &nc_linked(tl->l)->types[found];

            if (t->name == copy.name && t->is_union == copy.is_union) {
                in->types[id] = found;
                return;
            }
        }
    }
    in->types[id] = nc_builder_add_types(tl->l->b, &copy);
    nc_intern_put(&tl->incomplete, at, hash, in->types[id]);
}

/* Types other than records. */
static nc_id link_plain(struct type_linker *tl, struct nc_link_input *in, nc_id id)
{
    nc_id chain[64];
    size_t length = 0;

    /* Down the chain of elements to what is mapped already, and up again. */
    while (in->types[id] == NC_NONE && has_elem(&in->m->types[id]) && length < sizeof chain / sizeof chain[0]) {
        chain[length++] = id;
        id = in->m->types[id].elem;
    }
    if (in->types[id] == NC_NONE && has_elem(&in->m->types[id]))
        link_plain(tl, in, id); /* longer than 64: does not happen outside of tests */
    if (in->types[id] == NC_NONE)
        chain[length++] = id;
    nc_id result = in->types[id];

    while (length) {
        id = chain[--length];
        struct nc_type t = in->m->types[id];

        t.name = nc_link_string(tl->l, in, t.name);
        t.elem = has_elem(&t) ? in->types[t.elem] : NC_NONE;
        t.first_field = 0;
        t.field_count = 0;
        const uint32_t hash = nc_intern_hash(&t, sizeof t);
        size_t at = SIZE_MAX;
        bool known = false;

        nc_intern_reserve(&tl->by_shape);
        while (!known && nc_intern_next(&tl->by_shape, hash, &at, &result))
            known = !memcmp(&nc_linked(tl->l)->types[result], &t, sizeof t);
        if (!known) {
            result = nc_builder_add_types(tl->l->b, &t);
            nc_intern_put(&tl->by_shape, at, hash, result);
        }
        in->types[id] = result;
    }
    return result;
}

void nc_link_types(struct nc_link *l)
{
    struct type_linker linker = { .l = l };
    struct type_linker *tl = &linker;

    for (size_t k = 0; k < l->count; k++)
        for (nc_id i = 0; i < l->inputs[k].m->types_count; i++) {
            const struct nc_type *t = &l->inputs[k].m->types[i];

            l->inputs[k].types[i] = NC_NONE;
            if (t->kind == NC_TY_RECORD && !is_incomplete(t))
                link_complete(tl, k, i);
        }
    for (size_t k = 0; k < l->count; k++)
        for (nc_id i = 0; i < l->inputs[k].m->types_count; i++) {
            const struct nc_type *t = &l->inputs[k].m->types[i];

            if (t->kind == NC_TY_RECORD && is_incomplete(t))
                link_incomplete(tl, &l->inputs[k], i);
        }
    for (size_t k = 0; k < l->count; k++)
        for (nc_id i = 0; i < l->inputs[k].m->types_count; i++)
            if (l->inputs[k].types[i] == NC_NONE)
                link_plain(tl, &l->inputs[k], i);

    /* Now that every type has its place, the fields. */
    for (size_t k = 0; k < tl->record_count; k++) {
        const struct record *r = &tl->records[k];
        struct nc_link_input *in = &l->inputs[r->input];
        const struct nc_type *t = &in->m->types[r->source];

        nc_linked(l)->types[r->type].first_field = nc_linked(l)->fields_count;
        for (nc_id i = 0; i < t->field_count; i++) {
            struct nc_field f = in->m->fields[t->first_field + i];

            f.name = nc_link_string(l, in, f.name);
            f.role = nc_link_string(l, in, f.role);
            f.type = in->types[f.type];
            nc_builder_add_fields(l->b, &f);
        }
    }
    for (size_t k = 0; k < l->count; k++) {
        struct nc_link_input *in = &l->inputs[k];

        memset(in->fields, 0xff, in->m->fields_count * sizeof *in->fields);
        for (nc_id i = 0; i < in->m->types_count; i++) {
            const struct nc_type *t = &in->m->types[i];

            if (t->kind == NC_TY_RECORD)
                for (nc_id f = 0; f < t->field_count; f++)
                    in->fields[t->first_field + f] = nc_linked(l)->types[in->types[i]].first_field + f;
        }
    }

    free(tl->key.words);
    free(tl->keys.words);
    free(tl->records);
    nc_intern_free(&tl->by_key);
    nc_intern_free(&tl->by_name);
    nc_intern_free(&tl->by_shape);
    nc_intern_free(&tl->incomplete);
}
