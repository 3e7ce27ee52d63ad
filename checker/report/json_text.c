#include "report/json_text.h"

#include <stdlib.h>
#include <string.h>

#include "support/arena.h"

json_t *nc_json_string(const char *text) { return nc_json_string_n(text, strlen(text)); }

json_t *nc_json_string_n(const char *text, size_t length)
{
    json_t *value = json_stringn(text, length);
    char *clean;
    size_t n = 0;

    if (value)
        return value;
    /* Not UTF-8: keep ASCII, replace each run's bytes. */
    clean = nc_xmalloc(length * 3 + 1);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < 0x80) {
            clean[n++] = text[i];
        } else {
            memcpy(clean + n, "\xEF\xBF\xBD", 3);
            n += 3;
        }
    }
    value = json_stringn(clean, n);
    free(clean);
    return value;
}
