#include "tool/inputs.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "report/paths.h"
#include "support/arena.h"
#include "tool/options.h"

static bool has_extension(const char *path, const char *const *extensions)
{
    const char *dot = strrchr(nc_path_name(path), '.');

    for (; dot && *extensions; extensions++)
        if (strcasecmp(dot, *extensions) == 0)
            return true;
    return false;
}

bool nc_path_is_source(const char *path)
{
    static const char *const extensions[] = { ".c", ".cc", ".cpp", ".cxx", NULL };

    return has_extension(path, extensions);
}

bool nc_path_is_header(const char *path)
{
    static const char *const extensions[] = { ".h", ".hpp", ".hxx", ".inl", NULL };

    return has_extension(path, extensions);
}

struct nc_input *nc_inputs_add(struct nc_inputs *inputs, enum nc_input_kind kind, const char *path)
{
    if (inputs->count == inputs->capacity) {
        inputs->capacity = inputs->capacity ? inputs->capacity * 2 : 16;
        inputs->items = nc_xrealloc(inputs->items, inputs->capacity * sizeof *inputs->items);
    }
    inputs->items[inputs->count] = (struct nc_input){ .kind = kind, .path = nc_strcopy(path) };
    return &inputs->items[inputs->count++];
}

static void clear_input(struct nc_input *input)
{
    free(input->path);
    free(input->directory);
    nc_strlist_clear(&input->flags);
}

void nc_inputs_clear(struct nc_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        clear_input(&inputs->items[i]);
    free(inputs->items);
    *inputs = (struct nc_inputs){ 0 };
}

static void add_flags(struct nc_input *input, const struct nc_strlist *flags)
{
    for (size_t i = 0; i < flags->count; i++)
        nc_strlist_add(&input->flags, flags->items[i]);
}

static int compare_entries(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

/* A folder's sources, and the folders of its headers: without a compilation database nobody says where those are. They
 * are searched last, so a flag that names a folder wins. */
static int add_folder(struct nc_inputs *inputs, const char *folder, const struct nc_strlist *flags)
{
    char *roots[] = { (char *)folder, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_entries);
    struct nc_strlist headers = { 0 };
    size_t first = inputs->count;
    int result = 0;
    FTSENT *entry;

    if (!tree) {
        fprintf(stderr, "nmrcheck: cannot read '%s': %s\n", folder, strerror(errno));
        return 2;
    }
    while ((entry = fts_read(tree)) != NULL) {
        switch (entry->fts_info) {
        case FTS_D:
            if (entry->fts_level > 0 && entry->fts_name[0] == '.')
                fts_set(tree, entry, FTS_SKIP);
            break;
        case FTS_F:
        case FTS_SL:
            if (nc_path_is_source(entry->fts_path))
                nc_inputs_add(inputs, NC_INPUT_SOURCE, entry->fts_path);
            else if (nc_path_is_header(entry->fts_path))
                nc_strlist_take(&headers, nc_path_parent(entry->fts_path));
            break;
        case FTS_DNR:
        case FTS_ERR:
            fprintf(stderr, "nmrcheck: cannot read '%s': %s\n", entry->fts_path, strerror(entry->fts_errno));
            result = 2;
            break;
        default:
            break;
        }
    }
    fts_close(tree);
    nc_strlist_sort(&headers);
    for (size_t i = first; i < inputs->count; i++) {
        add_flags(&inputs->items[i], flags);
        for (size_t j = 0; j < headers.count; j++) {
            nc_strlist_add(&inputs->items[i].flags, "-idirafter");
            nc_strlist_add(&inputs->items[i].flags, headers.items[j]);
        }
    }
    nc_strlist_clear(&headers);
    if (inputs->count == first && result == 0) {
        fprintf(stderr, "nmrcheck: no C or C++ source in '%s'\n", folder);
        result = 2;
    }
    return result;
}

static bool is_module(const char *path)
{
    char magic[8] = { 0 };
    FILE *file = fopen(path, "rb");
    bool match;

    if (!file)
        return false;
    match = fread(magic, 1, sizeof magic, file) == sizeof magic && memcmp(magic, "NCMODULE", sizeof magic) == 0;
    fclose(file);
    return match;
}

int nc_inputs_add_path(struct nc_inputs *inputs, const char *path, const struct nc_strlist *flags)
{
    struct stat status;

    if (stat(path, &status) != 0) {
        fprintf(stderr, "nmrcheck: cannot read '%s': %s\n", path, strerror(errno));
        return 2;
    }
    if (S_ISDIR(status.st_mode))
        return add_folder(inputs, path, flags);
    if (nc_path_is_source(path)) {
        add_flags(nc_inputs_add(inputs, NC_INPUT_SOURCE, path), flags);
        return 0;
    }
    if (is_module(path)) {
        nc_inputs_add(inputs, NC_INPUT_MODULE, path);
        return 0;
    }
    fprintf(stderr, "nmrcheck: '%s' is neither a C or C++ source (.c, .cc, .cpp, .cxx) nor a module%s\n", path,
            nc_path_is_header(path) ? "; headers are checked with the sources that include them" : "");
    return 2;
}

/* Keeps the database's entries that the paths name; a path that names none is an error, not a guess. */
static int select_paths(struct nc_inputs *inputs, const struct nc_strlist *paths)
{
    bool *keep = nc_xmalloc(inputs->count + 1);
    size_t kept = 0;
    int result = 0;

    memset(keep, 0, inputs->count + 1);
    for (size_t i = 0; i < paths->count; i++) {
        char *path = nc_path_absolute(paths->items[i], NULL);
        bool found = false;

        for (size_t j = 0; j < inputs->count; j++)
            if (nc_path_below(inputs->items[j].path, path))
                found = keep[j] = true;
        if (!found) {
            fprintf(stderr, "nmrcheck: the compilation database has no entry for '%s'\n", paths->items[i]);
            result = 2;
        }
        free(path);
    }
    for (size_t j = 0; j < inputs->count; j++) {
        if (keep[j])
            inputs->items[kept++] = inputs->items[j];
        else
            clear_input(&inputs->items[j]);
    }
    inputs->count = kept;
    free(keep);
    return result;
}

/* The same file may be named twice, for example by itself and by its folder. */
static void drop_repeated(struct nc_inputs *inputs)
{
    size_t kept = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        bool repeated = false;

        for (size_t j = 0; j < kept && !repeated; j++)
            repeated = strcmp(inputs->items[j].path, inputs->items[i].path) == 0;
        if (repeated)
            clear_input(&inputs->items[i]);
        else
            inputs->items[kept++] = inputs->items[i];
    }
    inputs->count = kept;
}

static void move_word(char **word, const char *from, const char *to)
{
    char *relative;

    if (!*word || !nc_path_below(*word, from))
        return;
    relative = nc_path_display(*word, from);
    free(*word);
    *word = nc_path_join(to, relative);
    free(relative);
}

/* The database names the checkout; a copy of it is to be read. Its flags hold paths as words of their own. */
static void move_inputs(struct nc_inputs *inputs, const char *from, const char *to)
{
    for (size_t i = 0; i < inputs->count; i++) {
        move_word(&inputs->items[i].path, from, to);
        move_word(&inputs->items[i].directory, from, to);
        for (size_t j = 0; j < inputs->items[i].flags.count; j++)
            move_word(&inputs->items[i].flags.items[j], from, to);
    }
}

int nc_inputs_collect(struct nc_inputs *inputs, const struct nc_options *options)
{
    int result = 0;

    *inputs = (struct nc_inputs){ 0 };
    if (options->database) {
        result = nc_inputs_add_database(inputs, options->database);
        if (options->moved_from)
            move_inputs(inputs, options->moved_from, options->moved_to);
        if (result == 0 && options->paths.count > 0)
            result = select_paths(inputs, &options->paths);
        for (size_t i = 0; i < inputs->count; i++)
            add_flags(&inputs->items[i], &options->flags);
    } else if (options->paths.count == 0) {
        fprintf(stderr,
                "nmrcheck: nothing to check: name sources, folders or modules, or a database with -p; see nmrcheck "
                "--help\n");
        return 2;
    }
    for (size_t i = 0; !options->database && i < options->paths.count; i++)
        if (nc_inputs_add_path(inputs, options->paths.items[i], &options->flags) != 0)
            result = 2;
    drop_repeated(inputs);
    return result;
}
