/*
 * The language of a source and the standard that its flags ask for.
 */
#ifndef NC_PROJECT_LANGUAGE_H
#define NC_PROJECT_LANGUAGE_H

#include "support/strlist.h"

/* Projects name a standard for C and one for C++, for all of their sources. Keeps the last one that fits the language
 * of the source (by its name, or -x), and adds one where -x says another language than the name does. */
void nc_flags_settle_language(struct nc_strlist *flags, const char *source);

#endif
