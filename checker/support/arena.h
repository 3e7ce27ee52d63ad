/*
 * An arena: memory that is given out piece by piece and freed all at once. Belongs to a module, a driver or a run.
 * Allocation never fails to the caller: on exhausted memory the process says so and exits with 2.
 */
#ifndef NC_SUPPORT_ARENA_H
#define NC_SUPPORT_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nc_arena;

struct nc_arena *nc_arena_new(void);
void nc_arena_free(struct nc_arena *a);
/* Zeroed, aligned for any object. */
void *nc_arena_alloc(struct nc_arena *a, size_t size);
/* The same, not zeroed: for what is written as a whole. */
void *nc_arena_take(struct nc_arena *a, size_t size);
char *nc_arena_strdup(struct nc_arena *a, const char *text);
char *nc_arena_printf(struct nc_arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool nc_arena_owns(const struct nc_arena *a, const void *p); /* p points into it */
size_t nc_arena_used(const struct nc_arena *a);              /* bytes handed out */

/* malloc and realloc that never return NULL. */
void *nc_xmalloc(size_t size);
void *nc_xrealloc(void *p, size_t size);

#ifdef __cplusplus
}
#endif
#endif
