#include "support/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct chunk {
    struct chunk *next;
    size_t size, used;
    _Alignas(max_align_t) unsigned char data[];
};

struct nc_arena {
    struct chunk *chunks; /* newest first */
    size_t used;
};

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "nmrcheck: out of memory (%zu bytes wanted)\n", size);
    exit(2);
}

void *nc_xmalloc(size_t size)
{
    void *p = malloc(size ? size : 1);

    if (!p)
        out_of_memory(size);
    return p;
}

void *nc_xrealloc(void *p, size_t size)
{
    p = realloc(p, size ? size : 1);
    if (!p)
        out_of_memory(size);
    return p;
}

struct nc_arena *nc_arena_new(void)
{
    struct nc_arena *a = nc_xmalloc(sizeof *a);

    a->chunks = NULL;
    a->used = 0;
    return a;
}

void nc_arena_free(struct nc_arena *a)
{
    if (!a)
        return;
    for (struct chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    free(a);
}

void *nc_arena_take(struct nc_arena *a, size_t size)
{
    const size_t align = _Alignof(max_align_t);
    struct chunk *c = a->chunks;

    if (size > SIZE_MAX / 2)
        out_of_memory(size);
    size = (size + align - 1) / align * align;
    if (!c || c->size - c->used < size) {
        /* Chunks double up to 1 MiB: a small run stays small, a large one makes few calls. */
        size_t want = c ? c->size * 2 : 4096;

        if (want > 1u << 20)
            want = 1u << 20;
        if (want < size)
            want = size;
        c = nc_xmalloc(sizeof *c + want);
        c->size = want;
        c->used = 0;
        c->next = a->chunks;
        a->chunks = c;
    }
    void *p = c->data + c->used;

    c->used += size;
    a->used += size;
    return p;
}

void *nc_arena_alloc(struct nc_arena *a, size_t size) { return memset(nc_arena_take(a, size), 0, size); }

char *nc_arena_strdup(struct nc_arena *a, const char *text)
{
    size_t n = strlen(text) + 1;

    return memcpy(nc_arena_alloc(a, n), text, n);
}

char *nc_arena_printf(struct nc_arena *a, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);

    va_end(args);
    if (n < 0)
        n = 0;
    char *p = nc_arena_alloc(a, (size_t)n + 1);

    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return p;
}

bool nc_arena_owns(const struct nc_arena *a, const void *p)
{
    for (const struct chunk *c = a->chunks; c; c = c->next)
        if ((uintptr_t)p >= (uintptr_t)c->data && (uintptr_t)p < (uintptr_t)c->data + c->used)
            return true;
    return false;
}

size_t nc_arena_used(const struct nc_arena *a) { return a->used; }
