#include "tool/unit_cache.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frontend/frontend.h"
#include "model/module_file.h"
#include "project/disk.h"
#include "project/include_index.h"
#include "report/paths.h"
#include "support/arena.h"
#include "tool/driver.h"
#include "tool/options.h"
#include "tool/units.h"

/* An entry: this, the text of what was read (with a NUL, padded to 8 bytes), the module. */
struct entry {
    uint64_t reads_size;
};

static struct nc_cache_key unit_key(const struct nc_unit *unit, const struct nc_frontend_options *frontend)
{
    /* Where Clang looks for headers beside the flags. */
    static const char *const variables[] = { "CPATH", "C_INCLUDE_PATH", "CPLUS_INCLUDE_PATH", "INCLUDE" };
    struct nc_cache_hash *hash = nc_cache_hash_new("unit");
    const struct nc_include_index *index = frontend->find_user;
    char *directory = frontend->directory ? nc_path_absolute(frontend->directory, NULL) : nc_path_cwd();

    nc_cache_hash_text(hash, unit->input->path);
    nc_cache_hash_text(hash, directory);
    nc_cache_hash_text(hash, frontend->own_headers ? "own headers" : "");
    nc_cache_hash_text(hash, index ? nc_include_index_root(index) : NULL);
    for (size_t i = 0; i < frontend->flag_count; i++)
        nc_cache_hash_text(hash, frontend->flags[i]);
    nc_cache_hash_text(hash, NULL);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        nc_cache_hash_text(hash, getenv(variables[i]));
    free(directory);
    return nc_cache_hash_end(hash);
}

static int compare_lines(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The contents that were read, in whatever order. */
static void hash_contents(struct nc_cache_hash *hash, const char *reads)
{
    char *text = nc_strformat("%s", reads), *rest = text, *line;
    const char **lines = NULL;
    size_t count = 0, capacity = 0;

    while ((line = strsep(&rest, "\n")) != NULL) {
        if (*line != 'R')
            continue;
        if (count == capacity) {
            capacity = capacity ? capacity * 2 : 64;
            lines = nc_xrealloc(lines, capacity * sizeof *lines);
        }
        lines[count++] = line;
    }
    if (count > 1)
        qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(lines[i], lines[i - 1]) != 0)
            nc_cache_hash_text(hash, lines[i]);
    free(lines);
    free(text);
}

/* What was read counts too: fixes are made from the text. */
static struct nc_cache_key image_key(const void *image, size_t size, const char *reads)
{
    struct nc_cache_hash *hash = nc_cache_hash_new("module");

    nc_cache_hash_bytes(hash, image, size);
    hash_contents(hash, reads);
    return nc_cache_hash_end(hash);
}

static bool hash_file(struct nc_cache_hash *hash, const char *path)
{
    size_t size;
    char *error = NULL, *text = nc_disk_read(path, SIZE_MAX / 2, &size, &error);

    bool good = text != NULL;

    if (good)
        nc_cache_hash_bytes(hash, text, size);
    free(text);
    free(error);
    return good;
}

struct nc_cache_key nc_module_key(const struct nc_module *m)
{
    struct nc_cache_hash *hash = nc_cache_hash_new("loaded module");
    size_t size;
    void *image = nc_module_save_memory(m, &size);

    nc_cache_hash_bytes(hash, image, size);
    free(image);
    for (uint32_t i = 0; i < m->files_count; i++) {
        const char *path = nc_string(m, m->files[i].path);

        if (!nc_path_is_virtual(path) && !hash_file(hash, path))
            nc_cache_hash_text(hash, NULL);
    }
    return nc_cache_hash_end(hash);
}

bool nc_unit_take(struct nc_unit *unit, struct nc_cache *cache, struct nc_freshness *freshness,
                  const struct nc_frontend_options *frontend)
{
    struct entry entry;
    size_t size;
    char *data = nc_cache_get(cache, unit_key(unit, frontend), &size), *reads = data + sizeof entry;

    if (!data)
        return false;
    if (size > sizeof entry) {
        memcpy(&entry, data, sizeof entry);
        if (entry.reads_size > 0 && entry.reads_size <= size - sizeof entry && reads[entry.reads_size - 1] == '\0' &&
            nc_frontend_is_fresh(freshness, unit->input->path, frontend, reads)) {
            const char *image = reads + entry.reads_size;
            size_t image_size = size - sizeof entry - entry.reads_size;

            unit->module = nc_module_load_memory(image, image_size, unit->input->path, NULL);
            if (unit->module) {
                unit->key = image_key(image, image_size, reads);
                unit->cached = true;
            }
        }
    }
    free(data);
    return unit->module != NULL;
}

void nc_unit_keep(struct nc_unit *unit, struct nc_cache *cache, const struct nc_frontend_options *frontend,
                  const char *reads)
{
    size_t reads_size = (strlen(reads) + 1 + 7) & ~(size_t)7, image_size;
    char *image = nc_module_save_memory(unit->module, &image_size);
    struct entry entry = { .reads_size = reads_size };
    size_t size = sizeof entry + reads_size + image_size;
    char *data = nc_xmalloc(size);

    memset(data, 0, sizeof entry + reads_size);
    memcpy(data, &entry, sizeof entry);
    memcpy(data + sizeof entry, reads, strlen(reads));
    memcpy(data + sizeof entry + reads_size, image, image_size);
    nc_cache_put(cache, unit_key(unit, frontend), data, size);
    unit->key = image_key(image, image_size, reads);
    free(data);
    free(image);
}

bool nc_findings_key(struct nc_cache_key *key, const struct nc_cache_key *modules, size_t count,
                     const struct nc_options *options, const struct nc_driver_options *driver)
{
    struct nc_cache_hash *hash = nc_cache_hash_new("findings");
    bool good = driver->dump == NULL && !driver->picture;

    for (size_t i = 0; good && i < options->contracts.count; i++) {
        nc_cache_hash_text(hash, options->contracts.items[i]);
        good = hash_file(hash, options->contracts.items[i]);
    }
    nc_cache_hash_text(hash, driver->entry);
    nc_cache_hash_text(hash, driver->part ? "part" : "");
    nc_cache_hash_bytes(hash, modules, count * sizeof *modules);
    *key = nc_cache_hash_end(hash);
    return good;
}
