#include "project/include_index.h"

#include <ctype.h>
#include <dirent.h>
#include <fts.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/disk.h"
#include "report/paths.h"
#include "support/arena.h"
#include "support/strlist.h"

/* Larger checkouts are not read to their end, nor deeper ones. */
enum { MAX_ENTRIES = 1000000, MAX_DEPTH = 64 };

struct nc_include_index {
    char *root;
    pthread_mutex_t lock;
    bool read;
    struct nc_strlist files;
    size_t *slots; /* hash table by the last component: index + 1, or 0; equal names follow each other */
    size_t slot_count;
};

struct nc_include_index *nc_include_index_new(const char *root)
{
    struct nc_include_index *index = nc_xmalloc(sizeof *index);

    *index = (struct nc_include_index){ .root = nc_path_absolute(root, NULL) };
    pthread_mutex_init(&index->lock, NULL);
    return index;
}

void nc_include_index_free(struct nc_include_index *index)
{
    if (!index)
        return;
    pthread_mutex_destroy(&index->lock);
    nc_strlist_clear(&index->files);
    free(index->slots);
    free(index->root);
    free(index);
}

const char *nc_include_index_root(const struct nc_include_index *index) { return index->root; }

static bool is_included(const char *name)
{
    static const char *const extensions[] = { ".h",   ".hpp", ".hxx", ".hh",  ".inl", ".inc", ".ipp",
                                              ".def", ".c",   ".cpp", ".cxx", ".cc",  ".dat", ".ver" };
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof extensions / sizeof *extensions; i++)
        if (strcasecmp(dot, extensions[i]) == 0)
            return true;
    return false;
}

static size_t hash_name(const char *name)
{
    size_t h = 5381;

    for (; *name; name++)
        h = h * 33 + (size_t)tolower((unsigned char)*name);
    return h;
}

static int compare_entries(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

static void read_files(struct nc_include_index *index)
{
    char *roots[] = { index->root, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_entries);
    FTSENT *entry;

    for (size_t seen = 0; tree && seen < MAX_ENTRIES && (entry = fts_read(tree)) != NULL; seen++) {
        if (entry->fts_info == FTS_D && entry->fts_level > 0 &&
            (entry->fts_name[0] == '.' || strncasecmp(entry->fts_name, "Microsoft.Windows.", 18) == 0 ||
             entry->fts_level > MAX_DEPTH))
            fts_set(tree, entry, FTS_SKIP); /* kits are no part of the project */
        else if (entry->fts_info == FTS_F && is_included(entry->fts_name))
            nc_strlist_add(&index->files, entry->fts_path);
    }
    if (tree)
        fts_close(tree);
    for (index->slot_count = 16; index->slot_count < index->files.count * 2;)
        index->slot_count *= 2;
    index->slots = nc_xmalloc(index->slot_count * sizeof *index->slots);
    memset(index->slots, 0, index->slot_count * sizeof *index->slots);
    for (size_t i = 0; i < index->files.count; i++) {
        size_t slot = hash_name(nc_path_name(index->files.items[i])) & (index->slot_count - 1);

        while (index->slots[slot] != 0)
            slot = (slot + 1) & (index->slot_count - 1);
        index->slots[slot] = i + 1;
    }
    index->read = true;
}

/* Does the path end with the components of `name`? */
static bool ends_with(const char *path, const char *name)
{
    size_t n = strlen(path), m = strlen(name);

    return n > m && path[n - m - 1] == '/' && strcasecmp(path + n - m, name) == 0;
}

/* Steps from one folder to another one's file: up to what they share, then down. */
static size_t distance(const char *source, const char *path)
{
    size_t same = 0, steps = 0;

    for (size_t i = 0; source[i] && source[i] == path[i]; i++)
        if (source[i] == '/')
            same = i;
    for (const char *c = source + same + 1; *c; c++)
        steps += *c == '/';
    for (const char *c = path + same + 1; *c; c++)
        steps += *c == '/';
    return steps;
}

/* Without "./" and "../" at the front, with one kind of slash (to free); NULL when nothing is left. */
static char *clean_name(const char *name)
{
    char *copy = nc_strcopy(name), *begin = copy, *last = NULL, *result;

    for (char *c = copy; *c; c++)
        if (*c == '\\')
            *c = '/';
    while ((last = strstr(begin, "../")) != NULL) /* what stands before it does not count either */
        begin = last + 3;
    while (strncmp(begin, "./", 2) == 0 || *begin == '/')
        begin += *begin == '/' ? 1 : 2;
    result = *begin ? nc_strcopy(begin) : NULL;
    free(copy);
    return result;
}

char *nc_include_index_find(struct nc_include_index *index, const char *source, const char *name)
{
    char *wanted = clean_name(name), *from;
    const char *best = NULL;
    size_t best_distance = 0, slot;

    if (!wanted)
        return NULL;
    pthread_mutex_lock(&index->lock);
    if (!index->read)
        read_files(index);
    pthread_mutex_unlock(&index->lock);
    from = nc_path_absolute(source, NULL);
    slot = hash_name(nc_path_name(wanted)) & (index->slot_count - 1);
    for (; index->slots[slot] != 0; slot = (slot + 1) & (index->slot_count - 1)) {
        const char *path = index->files.items[index->slots[slot] - 1];
        size_t steps;

        if (!ends_with(path, wanted) || strcmp(path, from) == 0)
            continue;
        steps = distance(from, path);
        if (!best || steps < best_distance || (steps == best_distance && strcmp(path, best) < 0)) {
            best = path;
            best_distance = steps;
        }
    }
    free(from);
    free(wanted);
    return best ? nc_strcopy(best) : NULL;
}

static bool is_root(const char *folder)
{
    static const char *const markers[] = { ".git", ".hg", ".svn", ".nmrcheck.yaml" };
    DIR *directory = opendir(folder);
    struct dirent *entry;
    bool found = false;

    while (directory && !found && (entry = readdir(directory)) != NULL) {
        const char *dot = strrchr(entry->d_name, '.');

        for (size_t i = 0; i < sizeof markers / sizeof *markers; i++)
            found = found || strcmp(entry->d_name, markers[i]) == 0;
        found = found || (dot && (strcasecmp(dot, ".sln") == 0 || strcasecmp(dot, ".slnx") == 0));
    }
    if (directory)
        closedir(directory);
    return found;
}

char *nc_repository_above(const char *folder)
{
    char *at = nc_path_absolute(folder, NULL), *best = NULL;

    for (;;) {
        char *parent, *git = nc_path_join(at, ".git");
        bool whole = nc_disk_exists(git);

        free(git);
        if (whole || (!best && is_root(at))) {
            free(best);
            best = nc_strcopy(at);
        }
        parent = nc_path_parent(at);
        if (whole || strcmp(parent, at) == 0) {
            free(parent);
            free(at);
            return best;
        }
        free(at);
        at = parent;
    }
}
