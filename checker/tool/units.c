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

void nc_unit_lower(struct nc_unit *unit, bool own_headers)
{
    const struct nc_input *input = unit->input;
    struct nc_frontend_options options = {
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
    uint64_t start = nc_now_ns();

    if (input->kind == NC_INPUT_MODULE)
        unit->module = nc_module_load(input->path, &unit->error);
    else if (is_readable(unit))
        unit->module = nc_frontend_lower(input->path, &options, &unit->error);
    if (!unit->module && !unit->error)
        unit->error = nc_strformat("cannot read '%s'", input->path);
    unit->lower_ns = nc_now_ns() - start;
}

struct lowering {
    struct nc_units *units;
    struct nc_progress progress;
};

static void lower_one(void *user, size_t i)
{
    struct lowering *lowering = user;

    nc_unit_lower(&lowering->units->items[i], lowering->units->own_headers);
}

static void one_done(void *user, size_t finished) { nc_progress_step(&((struct lowering *)user)->progress, finished); }

void nc_units_lower(struct nc_units *units, unsigned jobs, bool show_progress)
{
    struct lowering lowering = { .units = units };

    nc_progress_start(&lowering.progress, units->count, show_progress);
    nc_parallel(units->count, jobs, lower_one, one_done, &lowering);
    nc_progress_end(&lowering.progress);
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
