#include "tool/cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

#include "report/paths.h"
#include "support/arena.h"
#include "support/strlist.h"
#include "support/write.h"
#include "tool/identity.h"
#include "tool/options.h"

/* In front of each entry. */
struct frame {
    char magic[8];
    uint64_t low, high; /* the key */
    uint64_t size;      /* of what follows */
    uint64_t checksum;  /* of what follows */
};

static const char magic[8] = { 'N', 'C', 'C', 'A', 'C', 'H', 'E', '1' };

enum {
    USED_AGAIN_SECONDS = 600, /* how exact the time of last use is */
    LEFT_OVER_SECONDS = 3600  /* older temporary files are of runs that died */
};

struct nc_cache {
    char *folder;
    uint64_t limit; /* bytes */
    atomic_size_t written;
};

struct nc_cache_hash {
    XXH3_state_t *state;
};

struct nc_cache_hash *nc_cache_hash_new(const char *purpose)
{
    struct nc_cache_hash *hash = nc_xmalloc(sizeof *hash);
    char identity[NC_IDENTITY_SIZE];

    nc_identity(identity);
    hash->state = XXH3_createState();
    XXH3_128bits_reset(hash->state);
    nc_cache_hash_text(hash, identity);
    nc_cache_hash_text(hash, purpose);
    return hash;
}

void nc_cache_hash_bytes(struct nc_cache_hash *hash, const void *data, size_t size)
{
    XXH3_128bits_update(hash->state, &size, sizeof size);
    XXH3_128bits_update(hash->state, data, size);
}

void nc_cache_hash_text(struct nc_cache_hash *hash, const char *text)
{
    if (text)
        nc_cache_hash_bytes(hash, text, strlen(text) + 1);
    else
        nc_cache_hash_bytes(hash, "", 0);
}

struct nc_cache_key nc_cache_hash_end(struct nc_cache_hash *hash)
{
    XXH128_hash_t value = XXH3_128bits_digest(hash->state);

    XXH3_freeState(hash->state);
    free(hash);
    return (struct nc_cache_key){ .low = value.low64, .high = value.high64 };
}

/* Also the folders above it. */
static int make_folder(const char *path)
{
    char *copy = nc_strcopy(path);

    for (char *c = copy + 1; *c; c++)
        if (*c == '/') {
            *c = '\0';
            mkdir(copy, 0777);
            *c = '/';
        }
    free(copy);
    return mkdir(path, 0700) == 0 || errno == EEXIST ? 0 : -1;
}

static char *default_folder(void)
{
    const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (base && base[0] == '/')
        return nc_strformat("%s/nmrcheck", base);
    return home && home[0] == '/' ? nc_strformat("%s/.cache/nmrcheck", home) : NULL;
}

struct nc_cache *nc_cache_open(const struct nc_options *options)
{
    char *folder;
    struct nc_cache *cache;

    /* What lies in a copy of a checkout has names that no other run will ask for. */
    if (options->no_cache || options->moved_to)
        return NULL;
    folder = options->cache_dir ? nc_path_absolute(options->cache_dir, NULL) : default_folder();
    if (!folder)
        return NULL;
    if (make_folder(folder) != 0 || access(folder, W_OK | X_OK) != 0) {
        if (options->cache_dir)
            fprintf(stderr, "nmrcheck: the cache in '%s' cannot be used: %s\n", folder, strerror(errno));
        free(folder);
        return NULL;
    }
    cache = nc_xmalloc(sizeof *cache);
    *cache = (struct nc_cache){ .folder = folder, .limit = (uint64_t)options->cache_size << 20 };
    return cache;
}

static char *entry_path(const struct nc_cache *cache, struct nc_cache_key key)
{
    return nc_strformat("%s/%02x/%014" PRIx64 "%016" PRIx64, cache->folder, (unsigned)(key.high >> 56),
                        key.high & 0xffffffffffffffu, key.low);
}

static bool read_all(int fd, void *data, size_t size)
{
    char *at = data;

    while (size > 0) {
        ssize_t n = read(fd, at, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

/* What the open file holds behind its frame, or NULL. */
static void *read_entry(int fd, struct nc_cache_key key, const struct stat *status, size_t *size)
{
    struct frame frame;
    void *data;

    if (status->st_size < (off_t)sizeof frame || !read_all(fd, &frame, sizeof frame) ||
        memcmp(frame.magic, magic, sizeof magic) != 0 || frame.low != key.low || frame.high != key.high ||
        frame.size != (uint64_t)status->st_size - sizeof frame)
        return NULL;
    *size = (size_t)frame.size;
    data = nc_xmalloc(*size + 1);
    if (read_all(fd, data, *size) && XXH3_64bits(data, *size) == frame.checksum)
        return data;
    free(data);
    return NULL;
}

void *nc_cache_get(struct nc_cache *cache, struct nc_cache_key key, size_t *size)
{
    char *path = entry_path(cache, key);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    void *data = NULL;

    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)) {
        data = read_entry(fd, key, &status, size);
        if (!data)
            unlink(path);
        else if (time(NULL) - status.st_mtime > USED_AGAIN_SECONDS)
            futimens(fd, NULL);
    }
    if (fd >= 0)
        close(fd);
    free(path);
    return data;
}

void nc_cache_put(struct nc_cache *cache, struct nc_cache_key key, const void *data, size_t size)
{
    struct frame frame = { .low = key.low, .high = key.high, .size = size, .checksum = XXH3_64bits(data, size) };
    char *path = entry_path(cache, key), *temporary, *folder = nc_path_parent(path);
    int fd;

    memcpy(frame.magic, magic, sizeof magic);
    temporary = nc_strformat("%s.XXXXXX", path);
    fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && (mkdir(folder, 0700) == 0 || errno == EEXIST)) {
        free(temporary);
        temporary = nc_strformat("%s.XXXXXX", path);
        fd = mkostemp(temporary, O_CLOEXEC);
    }
    if (fd >= 0) {
        bool good = nc_write_all(fd, &frame, sizeof frame) && nc_write_all(fd, data, size);

        if (close(fd) != 0 || !good || rename(temporary, path) != 0)
            unlink(temporary);
        else
            atomic_fetch_add(&cache->written, sizeof frame + size);
    }
    free(folder);
    free(temporary);
    free(path);
}

struct stored {
    char *path;
    int64_t used;
    uint64_t size;
};

struct inventory {
    struct stored *items;
    size_t count, capacity;
    uint64_t size;
};

static void list_folder(struct inventory *all, const char *folder, time_t now)
{
    DIR *directory = opendir(folder);
    struct dirent *entry;

    while (directory && (entry = readdir(directory)) != NULL) {
        struct stat status;
        char *path;

        if (entry->d_name[0] == '.' || fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(status.st_mode))
            continue;
        path = nc_path_join(folder, entry->d_name);
        if (strchr(entry->d_name, '.')) { /* temporary */
            if (now - status.st_mtime > LEFT_OVER_SECONDS)
                unlink(path);
            free(path);
            continue;
        }
        if (all->count == all->capacity) {
            all->capacity = all->capacity ? all->capacity * 2 : 256;
            all->items = nc_xrealloc(all->items, all->capacity * sizeof *all->items);
        }
        /* What it takes on disk. */
        all->items[all->count++] = (struct stored){
            .path = path,
            .used = (int64_t)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec,
            .size = (uint64_t)status.st_blocks * 512,
        };
        all->size += (uint64_t)status.st_blocks * 512;
    }
    if (directory)
        closedir(directory);
}

static int compare_use(const void *left, const void *right)
{
    const struct stored *a = left, *b = right;

    return a->used != b->used ? (a->used > b->used) - (a->used < b->used) : strcmp(a->path, b->path);
}

/* A run that reads an entry while it is removed has it open, or does without. */
static void trim(const struct nc_cache *cache)
{
    struct inventory all = { 0 };
    time_t now = time(NULL);
    char *lock = nc_path_join(cache->folder, "lock");
    int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    free(lock);
    if (fd < 0)
        return;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0) { /* else another run does it */
        for (unsigned i = 0; i < 256; i++) {
            char *folder = nc_strformat("%s/%02x", cache->folder, i);

            list_folder(&all, folder, now);
            free(folder);
        }
        if (all.size > cache->limit) {
            uint64_t aim = cache->limit / 10 * 9; /* so that not every run has to */

            qsort(all.items, all.count, sizeof *all.items, compare_use);
            for (size_t i = 0; i < all.count && all.size > aim; i++)
                if (unlink(all.items[i].path) == 0)
                    all.size -= all.items[i].size;
        }
        for (size_t i = 0; i < all.count; i++)
            free(all.items[i].path);
        free(all.items);
    }
    close(fd);
}

void nc_cache_close(struct nc_cache *cache)
{
    if (!cache)
        return;
    if (atomic_load(&cache->written) > 0)
        trim(cache);
    free(cache->folder);
    free(cache);
}
