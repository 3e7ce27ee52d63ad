/*
 * Text that grows.
 */
#ifndef NC_PROJECT_BUFFER_H
#define NC_PROJECT_BUFFER_H

#include <stddef.h>

/* Zeroed: empty. `text` is NUL-terminated once something was added. */
struct nc_buffer {
    char *text;
    size_t length, capacity;
};

void nc_buffer_add(struct nc_buffer *b, const char *text, size_t length);
void nc_buffer_put(struct nc_buffer *b, const char *text);
/* The text (to free), never NULL; the buffer is empty afterwards. */
char *nc_buffer_take(struct nc_buffer *b);

#endif
