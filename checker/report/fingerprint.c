#include "report/fingerprint.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/report.h"
#include "report/sources.h"
#include "support/arena.h"

static uint64_t hash_of(struct nc_report *r, const struct nc_finding *finding)
{
    size_t length = 0, rule = strlen(finding->rule) + 1, function = strlen(finding->place.function) + 1, n;
    const char *line = nc_sources_line(r->sources, finding->place.file, finding->place.line, &length);
    char *key = nc_xmalloc(rule + function + length);
    uint64_t hash;

    memcpy(key, finding->rule, rule);
    memcpy(key + rule, finding->place.function, function);
    n = rule + function;
    for (size_t i = 0; line && i < length; i++) {
        if (line[i] == '/' && i + 1 < length && line[i + 1] == '/')
            break; /* a comment may come and go */
        if (!isspace((unsigned char)line[i]))
            key[n++] = line[i];
    }
    hash = XXH3_64bits(key, n);
    free(key);
    return hash;
}

struct keyed {
    uint64_t hash;
    size_t index;
};

static int compare(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;

    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

void nc_fingerprints(struct nc_report *r)
{
    struct keyed *keys = nc_xmalloc((r->count + 1) * sizeof *keys);
    uint64_t occurrence = 0;

    for (size_t i = 0; i < r->count; i++)
        keys[i] = (struct keyed){ hash_of(r, r->results[i].finding), i };
    qsort(keys, r->count, sizeof *keys, compare);
    for (size_t i = 0; i < r->count; i++) {
        uint64_t hash = keys[i].hash;

        occurrence = i > 0 && keys[i - 1].hash == hash ? occurrence + 1 : 0;
        if (occurrence > 0)
            hash = XXH3_64bits_withSeed(&hash, sizeof hash, occurrence);
        snprintf(r->results[keys[i].index].fingerprint, NC_FINGERPRINT_SIZE, "%016" PRIx64, hash);
    }
    free(keys);
}
