/*
 * Command lines of cl.exe (and clang-cl), translated to the flags that Clang's own driver understands: only what
 * decides the meaning of a source is kept (/I /D /U /FI /TC /TP /std:, response files); precompiled headers, outputs
 * and code generation are left out.
 */
#ifndef NC_PROJECT_CL_H
#define NC_PROJECT_CL_H

#include <stdbool.h>
#include <stddef.h>

#include "support/strlist.h"

/* Does the first word of a command name such a compiler? */
bool nc_cl_is_compiler(const char *word);
/* Splits a command line as programs on Windows do: quotes, and backslashes before quotes. */
void nc_cl_split(const char *text, struct nc_strlist *words);
/* Appends the flags of words[first ...]. Relative paths begin at `directory` (absolute). A response file that cannot be
 * read is named in notes (may be NULL). */
void nc_cl_flags(const struct nc_strlist *words, size_t first, const char *directory, struct nc_strlist *flags,
                 struct nc_strlist *notes);

#endif
