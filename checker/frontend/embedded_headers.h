/*
 * The header model as the program carries it: every header's name (lower case, '/' between folders, relative to one
 * root), its text (NUL-terminated) and the text's size in bytes without the NUL. Sorted by name. Generated at build
 * time by scripts/generate_headers.py. The names that the headers declare, each with the header to include for it, are
 * sorted by name as well.
 */
#ifndef NC_FRONTEND_EMBEDDED_HEADERS_H
#define NC_FRONTEND_EMBEDDED_HEADERS_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nc_embedded_header {
    const char *name;
    const char *data;
    size_t size;
};

struct nc_embedded_name {
    const char *name;
    const char *header;
};

extern const struct nc_embedded_header nc_embedded_headers[];
extern const size_t nc_embedded_header_count;
extern const struct nc_embedded_name nc_embedded_names[];
extern const size_t nc_embedded_name_count;

#ifdef __cplusplus
}
#endif
#endif
