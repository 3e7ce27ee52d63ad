/* Which modules make up which driver, where projects say so. */
#include <stdlib.h>
#include <string.h>

#include "report/paths.h"
#include "support/arena.h"
#include "tool/driver.h"
#include "tool/inputs.h"

struct part {
    const struct nc_module **modules;
    char **paths;
    size_t count;
};

static void list_drivers(const struct nc_input *const *inputs, size_t count, struct nc_strlist *drivers)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < inputs[i]->drivers.count; j++)
            if (!nc_strlist_has(drivers, inputs[i]->drivers.items[j]))
                nc_strlist_add(drivers, inputs[i]->drivers.items[j]);
}

static const char *own_name(const struct nc_input *const *inputs, size_t count, const char *driver)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < inputs[i]->drivers.count; j++)
            if (strcmp(inputs[i]->drivers.items[j], driver) == 0)
                return inputs[i]->drivers.items[j];
    return NULL;
}

static void append(struct nc_driver_groups *all, const struct nc_module *const *modules, size_t count, const char *name)
{
    size_t before = 0;

    for (size_t i = 0; i < all->group_count; i++)
        before += all->counts[i];
    all->modules = nc_xrealloc(all->modules, (before + count + 1) * sizeof *all->modules);
    all->counts = nc_xrealloc(all->counts, (all->group_count + 1) * sizeof *all->counts);
    all->names = nc_xrealloc(all->names, (all->group_count + 1) * sizeof *all->names);
    memcpy(all->modules + before, modules, count * sizeof *modules);
    all->counts[all->group_count] = count;
    all->names[all->group_count++] = name;
}

/* What no project builds. */
static void append_rest(struct nc_driver_groups *all, const struct nc_module *const *modules,
                        const struct nc_input *const *inputs, size_t count, const char *entry)
{
    struct part rest = { 0 };
    struct nc_driver_groups groups;
    size_t first = 0;

    rest.modules = nc_xmalloc((count + 1) * sizeof *rest.modules);
    rest.paths = nc_xmalloc((count + 1) * sizeof *rest.paths);
    for (size_t i = 0; i < count; i++)
        if (inputs[i]->drivers.count == 0) {
            rest.modules[rest.count] = modules[i];
            rest.paths[rest.count++] = nc_path_absolute(inputs[i]->path, NULL);
        }
    if (rest.count > 0) {
        nc_driver_split(rest.modules, (const char *const *)rest.paths, rest.count, entry, &groups);
        for (size_t i = 0; i < groups.group_count; i++) {
            append(all, groups.modules + first, groups.counts[i], NULL);
            first += groups.counts[i];
        }
        nc_driver_groups_clear(&groups);
    }
    for (size_t i = 0; i < rest.count; i++)
        free(rest.paths[i]);
    free(rest.paths);
    free(rest.modules);
}

void nc_driver_split_inputs(const struct nc_module *const *modules, const struct nc_input *const *inputs, size_t count,
                            const char *entry, struct nc_driver_groups *groups)
{
    const struct nc_module **members = nc_xmalloc((count + 1) * sizeof *members);
    struct nc_strlist drivers = { 0 };

    *groups = (struct nc_driver_groups){ 0 };
    list_drivers(inputs, count, &drivers);
    for (size_t i = 0; i < drivers.count; i++) {
        size_t n = 0;

        for (size_t j = 0; j < count; j++)
            if (nc_strlist_has(&inputs[j]->drivers, drivers.items[i]))
                members[n++] = modules[j];
        append(groups, members, n, own_name(inputs, count, drivers.items[i]));
    }
    append_rest(groups, modules, inputs, count, entry);
    nc_strlist_clear(&drivers);
    free(members);
}
