/*
 * Inside the model library only: how a module's memory is owned. Every module that nc_module_free gets was made by
 * nc_owned_module_new: either each array is a malloc block of its own (the builder), or all of them lie in one image
 * (a loaded file).
 */
#ifndef NC_MODEL_MODULE_OWN_H
#define NC_MODEL_MODULE_OWN_H

#include <stddef.h>

#include "model/module.h"

/* A zeroed module. image: the malloc block that holds all arrays, freed with the module; NULL: one block for each. */
struct nc_module *nc_owned_module_new(void *image);

#endif
