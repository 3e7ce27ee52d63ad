#include "project/language.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "report/paths.h"

static bool is_cxx_name(const char *source)
{
    const char *dot = strrchr(nc_path_name(source), '.');

    return dot && strcasecmp(dot, ".c") != 0;
}

void nc_flags_settle_language(struct nc_strlist *flags, const char *source)
{
    bool by_name = is_cxx_name(source), cxx = by_name, kept_one = false;
    size_t kept = 0, last = flags->count;

    for (size_t i = 0; i < flags->count; i++)
        if (strcmp(flags->items[i], "-x") == 0 && i + 1 < flags->count)
            cxx = strncmp(flags->items[i + 1], "c++", 3) == 0;
    for (size_t i = 0; i < flags->count; i++)
        if (strncmp(flags->items[i], "-std=", 5) == 0 && (strstr(flags->items[i], "++") != NULL) == cxx)
            last = i;
    for (size_t i = 0; i < flags->count; i++) {
        bool standard = strncmp(flags->items[i], "-std=", 5) == 0;

        if (standard && i != last) {
            free(flags->items[i]);
            continue;
        }
        kept_one = kept_one || standard;
        flags->items[kept++] = flags->items[i];
    }
    flags->count = kept;
    if (!kept_one && cxx != by_name)
        nc_strlist_add(flags, cxx ? "-std=c++17" : "-std=c17");
}
