#include "model/builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/module_own.h"
#include "support/arena.h"
#include "support/intern.h"

struct nc_builder {
    struct nc_module *module;
    char *strings; /* = module->strings, writable */
    size_t strings_capacity;
#define X(type, name) size_t name##_capacity;
    NC_MODULE_ARRAYS(X)
#undef X
    struct nc_intern string_table, loc_table, expr_table;
};

struct nc_builder *nc_builder_new(void)
{
    struct nc_builder *b = nc_xmalloc(sizeof *b);

    memset(b, 0, sizeof *b);
    b->module = nc_owned_module_new(NULL);
    nc_intern_init(&b->string_table);
    nc_intern_init(&b->loc_table);
    nc_intern_init(&b->expr_table);
    b->strings_capacity = 4096;
    b->strings = nc_xmalloc(b->strings_capacity);
    b->strings[0] = '\0';
    b->module->strings = b->strings;
    b->module->strings_size = 1;
    return b;
}

struct nc_module *nc_builder_module(struct nc_builder *b) { return b->module; }

struct nc_module *nc_builder_finish(struct nc_builder *b)
{
    struct nc_module *m = b->module;

    b->module = NULL;
    nc_builder_free(b);
    return m;
}

void nc_builder_free(struct nc_builder *b)
{
    if (!b)
        return;
    nc_module_free(b->module);
    nc_intern_free(&b->string_table);
    nc_intern_free(&b->loc_table);
    nc_intern_free(&b->expr_table);
    free(b);
}

/* Indices are 32 bits wide; a module that large is beyond any driver. */
static _Noreturn void too_large(const char *what)
{
    fprintf(stderr, "nmrcheck: module too large (%s)\n", what);
    exit(2);
}

static void *grow(void *array, size_t *capacity, size_t element)
{
    *capacity = *capacity ? *capacity * 2 : 64;
    return nc_xrealloc(array, *capacity * element);
}

#define X(type, name)                                                                                                  \
    nc_id nc_builder_add_##name(struct nc_builder *b, const type *element)                                             \
    {                                                                                                                  \
        struct nc_module *m = b->module;                                                                               \
        const type copy = *element; /* it may lie in the array that is about to move */                                \
                                                                                                                       \
        if (m->name##_count == b->name##_capacity)                                                                     \
            m->name = grow(m->name, &b->name##_capacity, sizeof(type));                                                \
        if (m->name##_count >= NC_NONE - 1)                                                                            \
            too_large(#name);                                                                                          \
        m->name[m->name##_count] = copy;                                                                               \
        return m->name##_count++;                                                                                      \
    }
NC_MODULE_ARRAYS(X)
#undef X

nc_str nc_builder_string(struct nc_builder *b, const char *text)
{
    return nc_builder_string_n(b, text, text ? strlen(text) : 0);
}

nc_str nc_builder_string_n(struct nc_builder *b, const char *text, size_t length)
{
    if (!text || !length)
        return 0;
    /* Strings end at NUL in the model; one that holds a NUL is cut there. */
    const char *nul = memchr(text, '\0', length);

    if (nul && !(length = (size_t)(nul - text)))
        return 0;
    const uint32_t hash = nc_intern_hash(text, length);
    size_t at = SIZE_MAX;
    nc_str s;

    nc_intern_reserve(&b->string_table);
    while (nc_intern_next(&b->string_table, hash, &at, &s))
        if (!strncmp(b->strings + s, text, length) && !b->strings[s + length])
            return s;

    const size_t used = b->module->strings_size;

    if (length >= UINT32_MAX / 2 - used)
        too_large("strings");
    if (used + length + 1 > b->strings_capacity) {
        /* text may point into the pool itself */
        const ptrdiff_t inside = text >= b->strings && text < b->strings + used ? text - b->strings : -1;

        while (used + length + 1 > b->strings_capacity)
            b->strings_capacity *= 2;
        b->strings = nc_xrealloc(b->strings, b->strings_capacity);
        b->module->strings = b->strings;
        if (inside >= 0)
            text = b->strings + inside;
    }
    s = (nc_str)used;
    memcpy(b->strings + s, text, length);
    b->strings[s + length] = '\0';
    b->module->strings_size = (uint32_t)(used + length + 1);
    nc_intern_put(&b->string_table, at, hash, s);
    return s;
}

nc_id nc_builder_loc(struct nc_builder *b, const struct nc_loc *loc)
{
    const uint32_t hash = nc_intern_hash(loc, sizeof *loc);
    size_t at = SIZE_MAX;
    nc_id id;

    nc_intern_reserve(&b->loc_table);
    while (nc_intern_next(&b->loc_table, hash, &at, &id))
        if (!memcmp(&b->module->locs[id], loc, sizeof *loc))
            return id;
    id = nc_builder_add_locs(b, loc);
    nc_intern_put(&b->loc_table, at, hash, id);
    return id;
}

nc_id nc_builder_expr(struct nc_builder *b, const struct nc_expr *e)
{
    struct nc_expr key = *e;

    key.pad = 0;
    key.pad2 = 0;
    if (key.op == NC_EX_UNKNOWN)
        return nc_builder_add_exprs(b, &key);
    const uint32_t hash = nc_intern_hash(&key, sizeof key);
    size_t at = SIZE_MAX;
    nc_id id;

    nc_intern_reserve(&b->expr_table);
    while (nc_intern_next(&b->expr_table, hash, &at, &id))
        if (!memcmp(&b->module->exprs[id], &key, sizeof key))
            return id;
    id = nc_builder_add_exprs(b, &key);
    nc_intern_put(&b->expr_table, at, hash, id);
    return id;
}
