#include "model/module_own.h"

#include <stdlib.h>
#include <string.h>

#include "model/builder.h"
#include "support/arena.h"

struct owned_module {
    struct nc_module module; /* first: the module's address is the owner's */
    void *image;
};

/* Modules are written to files as they lie in memory: no element may have bytes that no member covers. */
_Static_assert(sizeof(struct nc_file) == 8, "padding");
_Static_assert(sizeof(struct nc_loc) == 28, "padding");
_Static_assert(sizeof(struct nc_type) == 32, "padding");
_Static_assert(sizeof(struct nc_field) == 20, "padding");
_Static_assert(sizeof(struct nc_expr) == 32, "padding");
_Static_assert(sizeof(struct nc_inst) == 24, "padding");
_Static_assert(sizeof(struct nc_case) == 24, "padding");
_Static_assert(sizeof(struct nc_block) == 36, "padding");
_Static_assert(sizeof(struct nc_annot) == 24, "padding");
_Static_assert(sizeof(struct nc_role) == 12, "padding");
_Static_assert(sizeof(struct nc_local) == 16, "padding");
_Static_assert(sizeof(struct nc_function) == 72, "padding");
_Static_assert(sizeof(struct nc_init) == 24, "padding");
_Static_assert(sizeof(struct nc_global) == 32, "padding");
_Static_assert(sizeof(struct nc_gap) == 16, "padding");

struct nc_module *nc_owned_module_new(void *image)
{
    struct owned_module *o = nc_xmalloc(sizeof *o);

    memset(o, 0, sizeof *o);
    o->image = image;
    return &o->module;
}

void nc_module_free(struct nc_module *m)
{
    if (!m)
        return;
    struct owned_module *o = (struct owned_module *)m;

    if (o->image) {
        free(o->image);
    } else {
        free((void *)(uintptr_t)m->strings);
#define X(type, name) free(m->name);
        NC_MODULE_ARRAYS(X)
#undef X
    }
    free(o);
}
