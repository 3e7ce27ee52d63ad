/*
 * SARIF's small objects: artifact locations, regions, locations. Each function returns a new reference.
 */
#ifndef NC_REPORT_SARIF_PARTS_H
#define NC_REPORT_SARIF_PARTS_H

#include <jansson.h>

struct nc_fix_edit;
struct nc_place;
struct nc_report;

json_t *nc_sarif_artifact(const struct nc_report *r, const char *path);
json_t *nc_sarif_edit_region(const struct nc_report *r, const struct nc_fix_edit *edit);
/* physicalLocation and, where the function is known, logicalLocations. */
json_t *nc_sarif_location(const struct nc_report *r, const struct nc_place *place);

#endif
