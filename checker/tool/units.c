#include "tool/units.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "frontend/frontend.h"
#include "model/builder.h"
#include "model/module_file.h"
#include "project/include_index.h"
#include "support/arena.h"
#include "tool/parallel.h"
#include "tool/progress.h"
#include "tool/unit_cache.h"

uint64_t nc_now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void nc_units_init(struct nc_units *units, const struct nc_inputs *inputs, bool own_headers)
{
    units->items = nc_xmalloc((inputs->count + 1) * sizeof *units->items);
    units->count = inputs->count;
    units->own_headers = own_headers;
    for (size_t i = 0; i < inputs->count; i++)
        units->items[i] = (struct nc_unit){ .input = &inputs->items[i] };
}

/* An unreadable file gets a message in our words, not in the compiler's. */
static bool is_readable(struct nc_unit *unit)
{
    FILE *file = unit->overlay ? NULL : fopen(unit->input->path, "rb");

    if (!unit->overlay && !file) {
        unit->error = nc_strformat("cannot read '%s': %s", unit->input->path, strerror(errno));
        return false;
    }
    if (file)
        fclose(file);
    return true;
}

static char *find_include(void *user, const char *file, const char *name)
{
    return nc_include_index_find(user, file, name);
}

static struct nc_frontend_options frontend_options(const struct nc_unit *unit, bool own_headers)
{
    const struct nc_input *input = unit->input;

    return (struct nc_frontend_options){
        .flags = (const char *const *)input->flags.items,
        .flag_count = input->flags.count,
        .directory = input->directory,
        .own_headers = own_headers,
        .overlay_text = unit->overlay,
        .overlays = unit->overlays,
        .overlay_count = unit->overlay_count,
        .find_include = input->index ? find_include : NULL,
        .find_user = input->index,
    };
}

static bool may_be_cached(const struct nc_unit *unit, const struct nc_unit_help *help)
{
    return help->cache && !unit->overlay && unit->overlay_count == 0 && unit->input->kind == NC_INPUT_SOURCE;
}

static bool take(struct nc_unit *unit, bool own_headers, const struct nc_unit_help *help)
{
    struct nc_frontend_options options = frontend_options(unit, own_headers);

    return may_be_cached(unit, help) && nc_unit_take(unit, help->cache, help->freshness, &options);
}

static void read_unit(struct nc_unit *unit, bool own_headers, const struct nc_unit_help *help)
{
    const struct nc_input *input = unit->input;
    struct nc_frontend_options options = frontend_options(unit, own_headers);
    char *reads = NULL;

    options.preambles = help->preambles;
    if (may_be_cached(unit, help))
        options.reads = &reads;
    if (input->kind == NC_INPUT_MODULE)
        unit->module = nc_module_load(input->path, &unit->error);
    else if (is_readable(unit))
        unit->module = nc_frontend_lower(input->path, &options, &unit->error);
    if (unit->module && reads)
        nc_unit_keep(unit, help->cache, &options, reads);
    else if (unit->module && help->cache)
        unit->key = nc_module_key(unit->module);
    if (!unit->module && !unit->error)
        unit->error = nc_strformat("cannot read '%s'", input->path);
    free(reads);
}

void nc_unit_lower(struct nc_unit *unit, bool own_headers, const struct nc_unit_help *help)
{
    static const struct nc_unit_help none = { 0 };
    uint64_t start = nc_now_ns();

    if (!help)
        help = &none;
    if (!take(unit, own_headers, help))
        read_unit(unit, own_headers, help);
    unit->lower_ns = nc_now_ns() - start;
}

struct lowering {
    struct nc_units *units;
    struct nc_unit_help help;
    struct nc_unit **todo;
    struct nc_progress progress;
};

static void take_one(void *user, size_t i)
{
    struct lowering *lowering = user;
    struct nc_unit *unit = &lowering->units->items[i];
    uint64_t start = nc_now_ns();

    take(unit, lowering->units->own_headers, &lowering->help);
    unit->lower_ns = nc_now_ns() - start;
}

static void read_one(void *user, size_t i)
{
    struct lowering *lowering = user;
    struct nc_unit *unit = lowering->todo[i];
    uint64_t start = nc_now_ns();

    read_unit(unit, lowering->units->own_headers, &lowering->help);
    unit->lower_ns += nc_now_ns() - start;
}

static void one_done(void *user, size_t finished) { nc_progress_step(&((struct lowering *)user)->progress, finished); }

void nc_units_lower(struct nc_units *units, struct nc_cache *cache, unsigned jobs, bool show_progress)
{
    struct lowering lowering = { .units = units, .help.cache = cache };
    size_t count = 0;

    if (cache) {
        lowering.help.freshness = nc_freshness_new();
        nc_parallel(units->count, jobs, take_one, NULL, &lowering);
        nc_freshness_free(lowering.help.freshness);
        lowering.help.freshness = NULL;
    }
    lowering.todo = nc_xmalloc((units->count + 1) * sizeof(struct nc_unit *));
    for (size_t i = 0; i < units->count; i++)
        if (!units->items[i].module)
            lowering.todo[count++] = &units->items[i];
    if (count > 1) {
        lowering.help.preambles = nc_preambles_new();
        for (size_t i = 0; i < count; i++) {
            struct nc_frontend_options options = frontend_options(lowering.todo[i], units->own_headers);

            if (lowering.todo[i]->input->kind == NC_INPUT_SOURCE)
                nc_preambles_plan(lowering.help.preambles, lowering.todo[i]->input->path, &options);
        }
    }
    nc_progress_start(&lowering.progress, count, show_progress);
    nc_parallel(count, jobs, read_one, one_done, &lowering);
    nc_progress_end(&lowering.progress);
    nc_preambles_free(lowering.help.preambles);
    free(lowering.todo);
}

void nc_units_clear(struct nc_units *units)
{
    for (size_t i = 0; i < units->count; i++) {
        if (units->items[i].module)
            nc_module_free(units->items[i].module);
        free(units->items[i].error);
    }
    free(units->items);
    *units = (struct nc_units){ 0 };
}

size_t nc_units_print_errors(const struct nc_units *units)
{
    size_t errors = 0;

    for (size_t i = 0; i < units->count; i++)
        if (units->items[i].error) {
            fprintf(stderr, "nmrcheck: %s\n", units->items[i].error);
            errors++;
        }
    return errors;
}
