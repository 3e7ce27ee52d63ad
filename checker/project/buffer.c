#include "project/buffer.h"

#include <string.h>

#include "support/arena.h"
#include "support/strlist.h"

void nc_buffer_add(struct nc_buffer *b, const char *text, size_t length)
{
    if (b->length + length + 1 > b->capacity) {
        b->capacity = (b->length + length + 1) * 2;
        b->text = nc_xrealloc(b->text, b->capacity);
    }
    memcpy(b->text + b->length, text, length);
    b->length += length;
    b->text[b->length] = '\0';
}

void nc_buffer_put(struct nc_buffer *b, const char *text) { nc_buffer_add(b, text, strlen(text)); }

char *nc_buffer_take(struct nc_buffer *b)
{
    char *text = b->text ? b->text : nc_strcopy("");

    *b = (struct nc_buffer){ 0 };
    return text;
}
