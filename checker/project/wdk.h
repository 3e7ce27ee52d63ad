/*
 * A Windows Driver Kit on this disk: an installed one, a copy of one, or NuGet's packages of it.
 */
#ifndef NC_PROJECT_WDK_H
#define NC_PROJECT_WDK_H

#include "project/properties.h"
#include "support/strlist.h"

/* Zeroed: none. */
struct nc_wdk {
    char *root, *version;
    char *km, *shared, *um, *ucrt; /* folders of headers, or NULL */
    char *kmdf;                    /* of the newest version of the driver framework, or NULL */
    struct nc_strlist includes;    /* folders to search, in order */
};

/* The kit in `folder`, which the user named. 0, or 2 with a line in *error when there is none. */
int nc_wdk_read(struct nc_wdk *wdk, const char *folder, char **error);
/* The kit that WDKContentRoot names, or NuGet's packages in a folder "packages" at or above `near` or in the user's
 * cache; none is no error. */
void nc_wdk_find(struct nc_wdk *wdk, const char *near);
void nc_wdk_clear(struct nc_wdk *wdk);

/* The properties that projects use to name the kit's folders (DDK_INC_PATH, KIT_SHARED_INC_PATH, ...). */
void nc_wdk_properties(const struct nc_wdk *wdk, struct nc_properties *p);

#endif
