/*
 * Modules in files: one image, header (magic, format, byte order, shape of this program's model, checksum), a table of
 * the arrays, the arrays as they lie in memory, each aligned to 8 bytes.
 *
 * A loaded module is checked in full (module_check.h): a truncated, damaged or foreign file gives an error, never a
 * module that could mislead a reader. On errors the functions return NULL (or -1) and put one line into *error, to be
 * freed by the caller; it names the file.
 */
#ifndef NC_MODEL_MODULE_FILE_H
#define NC_MODEL_MODULE_FILE_H

#include <stddef.h>

#include "model/module.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Free with nc_module_free (builder.h). */
struct nc_module *nc_module_load(const char *path, char **error);
/* From memory, which is copied and may be unaligned; `name` stands for the file in errors. */
struct nc_module *nc_module_load_memory(const void *data, size_t size, const char *name, char **error);

/* 0, or -1. Written under a temporary name beside `path` and then renamed: readers see the old file or the new one. */
int nc_module_save(const struct nc_module *m, const char *path, char **error);
/* The same image in memory (to free). Equal modules give equal bytes. */
void *nc_module_save_memory(const struct nc_module *m, size_t *size);

#ifdef __cplusplus
}
#endif
#endif
