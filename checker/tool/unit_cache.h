/*
 * Units and findings that earlier runs have made, in the cache.
 */
#ifndef NC_TOOL_UNIT_CACHE_H
#define NC_TOOL_UNIT_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "tool/cache.h"

struct nc_driver_options;
struct nc_findings;
struct nc_freshness;
struct nc_frontend_options;
struct nc_module;
struct nc_options;
struct nc_unit;

/* Takes the unit's module from the cache, if the same would be made again. `frontend` is what it would be lowered with.
 */
bool nc_unit_take(struct nc_unit *unit, struct nc_cache *cache, struct nc_freshness *freshness,
                  const struct nc_frontend_options *frontend);
/* Keeps the unit's module; `reads` is what the front end read for it. */
void nc_unit_keep(struct nc_unit *unit, struct nc_cache *cache, const struct nc_frontend_options *frontend,
                  const char *reads);

/* What a module is, as a part of a key. */
struct nc_cache_key nc_module_key(const struct nc_module *m);
/* The key of what the analysis of these modules finds. False: it is not to be cached. */
bool nc_findings_key(struct nc_cache_key *key, const struct nc_cache_key *modules, size_t count,
                     const struct nc_options *options, const struct nc_driver_options *driver);

#endif
