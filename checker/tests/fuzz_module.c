/*
 * libFuzzer target for the module loader. The checksum would stop nearly every input at the door, so it is mended
 * first: what is fuzzed is what stands behind it. A module that is accepted is read from end to end: dumped and linked.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "model/builder.h"
#include "model/dump.h"
#include "model/link.h"
#include "model/module_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { SIZE_AT = 24, CHECKSUM_AT = 32, CHECKSUM_FROM = 40 };
    unsigned char *copy = malloc(size ? size : 1);
    char *error = NULL, *text = NULL;
    size_t text_size = 0;

    if (!copy)
        return 0;
    if (size)
        memcpy(copy, data, size);
    if (size > CHECKSUM_FROM) {
        const uint64_t whole = size, sum = XXH3_64bits(copy + CHECKSUM_FROM, size - CHECKSUM_FROM);

        memcpy(copy + SIZE_AT, &whole, sizeof whole);
        memcpy(copy + CHECKSUM_AT, &sum, sizeof sum);
    }
    struct nc_module *m = nc_module_load_memory(copy, size, "fuzz", &error);

    if (m) {
        const struct nc_module *twice[] = { m, m };
        FILE *out = open_memstream(&text, &text_size);

        if (out) {
            nc_module_dump(m, out);
            fclose(out);
        }
        nc_module_free(nc_link(twice, 2));
    }
    nc_module_free(m);
    free(text);
    free(error);
    free(copy);
    return 0;
}
