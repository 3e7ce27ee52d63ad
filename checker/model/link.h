/*
 * Linking: the modules of a driver's translation units become one module.
 *
 *   functions, globals  with external linkage: one for each name. A definition wins over declarations; of two
 *                       definitions the first wins and a gap notes it (not when both stand at the same place: an inline
 *                       function of a header, or a file given twice).
 *                       With internal linkage: separate, except functions (and constants) that stand at the same place:
 *                       those of a header that several files include.
 *   what declarations   annotations are united; role and section come from whichever has them; NORETURN,
 *   say                 ADDRESS_TAKEN and EXPORT from any.
 *   types               one for each structure: records by name, size and fields, so that an object keeps its type from
 *                       file to file. An incomplete record becomes the complete one of that name, where there is one.
 *   roles, files        one for each name or path.
 *
 * Takes time linear in the size of the modules. The result does not refer to them; its main_file is "".
 */
#ifndef NC_MODEL_LINK_H
#define NC_MODEL_LINK_H

#include <stddef.h>

#include "model/module.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Free with nc_module_free (builder.h). count may be 0: an empty module. */
struct nc_module *nc_link(const struct nc_module *const *modules, size_t count);

#ifdef __cplusplus
}
#endif
#endif
