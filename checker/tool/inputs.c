#include "tool/inputs.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "project/include_index.h"
#include "project/wdk.h"
#include "report/paths.h"
#include "support/arena.h"
#include "tool/options.h"
#include "tool/projects.h"

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
    nc_strlist_clear(&input->drivers);
}

void nc_inputs_clear(struct nc_inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++)
        clear_input(&inputs->items[i]);
    free(inputs->items);
    for (size_t i = 0; i < inputs->note_count; i++) {
        free(inputs->notes[i].file);
        free(inputs->notes[i].text);
    }
    free(inputs->notes);
    for (size_t i = 0; i < inputs->index_count; i++)
        nc_include_index_free(inputs->indexes[i]);
    free(inputs->indexes);
    if (inputs->wdk)
        nc_wdk_clear(inputs->wdk);
    free(inputs->wdk);
    *inputs = (struct nc_inputs){ 0 };
}

void nc_inputs_note(struct nc_inputs *inputs, const char *file, enum nc_input_note_kind kind, char *text)
{
    for (size_t i = 0; i < inputs->note_count; i++)
        if (strcmp(inputs->notes[i].file, file) == 0 && strcmp(inputs->notes[i].text, text) == 0) {
            free(text);
            return;
        }
    inputs->notes = nc_xrealloc(inputs->notes, (inputs->note_count + 1) * sizeof *inputs->notes);
    inputs->notes[inputs->note_count++] =
        (struct nc_input_note){ .kind = kind, .file = nc_strcopy(file), .text = text };
}

static void add_flags(struct nc_input *input, const struct nc_strlist *flags)
{
    for (size_t i = 0; i < flags->count; i++)
        nc_strlist_add(&input->flags, flags->items[i]);
}

static int compare_entries(const FTSENT **a, const FTSENT **b) { return strcmp((*a)->fts_name, (*b)->fts_name); }

/* A folder's sources. Without a compilation database nobody says where their headers are: they are looked up. */
static int add_folder(struct nc_inputs *inputs, const char *folder, const struct nc_strlist *flags)
{
    char *roots[] = { (char *)folder, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, compare_entries);
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
                add_flags(nc_inputs_add(inputs, NC_INPUT_SOURCE, entry->fts_path), flags);
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
    for (size_t i = first; i < inputs->count; i++)
        inputs->items[i].index = nc_inputs_index(inputs, folder);
    if (inputs->count == first && result == 0) {
        fprintf(stderr, "nmrcheck: no C or C++ source in '%s'\n", folder);
        result = 2;
    }
    return result;
}

/* What a folder holds says how it is read: projects, a compilation database, or just sources. */
static int add_checkout(struct nc_inputs *inputs, const char *folder, const struct nc_strlist *flags)
{
    char *database = nc_path_join(folder, "compile_commands.json");
    size_t first = inputs->count;
    int result = 0;

    if (!nc_inputs_add_repository(inputs, folder, flags)) {
        if (access(database, R_OK) == 0) {
            result = nc_inputs_add_database(inputs, database);
            for (size_t i = first; i < inputs->count; i++)
                add_flags(&inputs->items[i], flags);
        } else {
            result = add_folder(inputs, folder, flags);
        }
    }
    free(database);
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
        return add_checkout(inputs, path, flags);
    if (nc_path_is_project(path))
        return nc_inputs_add_project(inputs, path, flags);
    if (nc_path_is_source(path)) {
        add_flags(nc_inputs_add(inputs, NC_INPUT_SOURCE, path), flags);
        return 0;
    }
    if (is_module(path)) {
        nc_inputs_add(inputs, NC_INPUT_MODULE, path);
        return 0;
    }
    fprintf(stderr,
            "nmrcheck: '%s' is no C or C++ source (.c, .cc, .cpp, .cxx), project (.vcxproj, .sln, .slnx) or module%s\n",
            path, nc_path_is_header(path) ? "; headers are checked with the sources that include them" : "");
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

static bool same_flags(const struct nc_input *a, const struct nc_input *b)
{
    if (a->flags.count != b->flags.count)
        return false;
    for (size_t i = 0; i < a->flags.count; i++)
        if (strcmp(a->flags.items[i], b->flags.items[i]) != 0)
            return false;
    return true;
}

/* Is `other` the same work as `kept`? Two projects may build one file in two ways. */
static bool is_repeated(const struct nc_input *kept, const struct nc_input *other)
{
    return strcmp(kept->path, other->path) == 0 &&
           (kept->drivers.count == 0 || other->drivers.count == 0 || same_flags(kept, other));
}

/* The same file may be named twice, for example by itself and by its folder, or by two projects. */
static void drop_repeated(struct nc_inputs *inputs)
{
    size_t kept = 0;

    for (size_t i = 0; i < inputs->count; i++) {
        struct nc_input *input = &inputs->items[i], *same = NULL;

        for (size_t j = 0; j < kept && !same; j++)
            if (is_repeated(&inputs->items[j], input))
                same = &inputs->items[j];
        if (!same) {
            inputs->items[kept++] = *input;
            continue;
        }
        if (same->drivers.count == 0) { /* what a project says about it is better */
            struct nc_input plain = *same;

            *same = *input;
            *input = plain;
        }
        for (size_t j = 0; j < input->drivers.count; j++)
            if (!nc_strlist_has(&same->drivers, input->drivers.items[j]))
                nc_strlist_add(&same->drivers, input->drivers.items[j]);
        clear_input(input);
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

    *inputs = (struct nc_inputs){ .options = options };
    if (nc_inputs_find_wdk(inputs) != 0)
        return 2;
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
    nc_inputs_index_repositories(inputs);
    for (size_t i = 0; i < inputs->count; i++)
        for (size_t j = 0; j < inputs->wdk->includes.count; j++) {
            nc_strlist_add(&inputs->items[i].flags, "-isystem");
            nc_strlist_add(&inputs->items[i].flags, inputs->wdk->includes.items[j]);
        }
    return result;
}
