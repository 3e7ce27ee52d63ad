/*
 * A cache on disk: blobs by key. Any number of runs may use one folder at the same time, and any of them may die at any
 * moment: an entry is written under another name and renamed, and one that is cut short or damaged counts as missing.
 * Keys say everything that the content depends on, so entries never become wrong, only useless; those that were not
 * used for longest are removed when the folder grows beyond its limit.
 */
#ifndef NC_TOOL_CACHE_H
#define NC_TOOL_CACHE_H

#include <stddef.h>
#include <stdint.h>

struct nc_cache;
struct nc_options;

struct nc_cache_key {
    uint64_t low, high;
};

/* Makes a key from what an entry depends on, part by part. */
struct nc_cache_hash;
struct nc_cache_hash *nc_cache_hash_new(const char *purpose); /* includes the program's own identity */
void nc_cache_hash_bytes(struct nc_cache_hash *hash, const void *data, size_t size);
void nc_cache_hash_text(struct nc_cache_hash *hash, const char *text); /* NULL is a text of its own */
struct nc_cache_key nc_cache_hash_end(struct nc_cache_hash *hash);     /* frees it */

/* Opens or makes the folder that the options name, else $XDG_CACHE_HOME/nmrcheck or ~/.cache/nmrcheck. NULL: there is
 * no cache (--no-cache, no home, no permission; a folder that was asked for and cannot be used is said on stderr). */
struct nc_cache *nc_cache_open(const struct nc_options *options);
/* Removes what is too much, if anything was written. NULL is allowed. */
void nc_cache_close(struct nc_cache *cache);

/* The entry's content (to free) and size, or NULL. Any number of threads. */
void *nc_cache_get(struct nc_cache *cache, struct nc_cache_key key, size_t *size);
/* Failures are no errors: then it is not in the cache. Any number of threads. */
void nc_cache_put(struct nc_cache *cache, struct nc_cache_key key, const void *data, size_t size);

#endif
