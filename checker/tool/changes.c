#include "tool/changes.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/paths.h"
#include "report/report.h"
#include "support/arena.h"
#include "support/strlist.h"
#include "tool/inputs.h"
#include "tool/process.h"

struct range {
    char *file; /* absolute */
    uint32_t first, last;
};

struct nc_changes {
    char *root;
    struct range *items;
    size_t count, capacity;
};

static void add_range(struct nc_changes *c, const char *file, uint32_t first, uint32_t last)
{
    if (c->count == c->capacity) {
        c->capacity = c->capacity ? c->capacity * 2 : 16;
        c->items = nc_xrealloc(c->items, c->capacity * sizeof *c->items);
    }
    c->items[c->count++] = (struct range){ nc_strcopy(file), first, last };
}

/* A file that is gone, or has another name: it has no lines, but the driver is another one. */
static void add_name(struct nc_changes *c, const char *name)
{
    char *file = nc_path_join(c->root, name);

    add_range(c, file, 0, 0);
    free(file);
}

/* "+++ b/path" and "@@ -1,2 +3,4 @@" lines of a diff without context. A hunk that only deletes stands for the lines on
 * both sides of the cut: what was taken away there may be the defect. */
static void read_diff(struct nc_changes *c, char *diff)
{
    char *file = NULL, *line;
    const char *old = NULL;

    while ((line = strsep(&diff, "\n")) != NULL) {
        unsigned start, count = 1;
        const char *plus;

        if (strncmp(line, "--- a/", 6) == 0) {
            old = line + 6;
        } else if (strncmp(line, "rename from ", 12) == 0) {
            add_name(c, line + 12);
        } else if (strncmp(line, "+++ ", 4) == 0) {
            free(file);
            file = strncmp(line + 4, "b/", 2) == 0 ? nc_path_join(c->root, line + 6) : NULL;
            if (!file && old)
                add_name(c, old);
            old = NULL;
        } else if (file && strncmp(line, "@@ ", 3) == 0 && (plus = strchr(line, '+')) != NULL &&
                   sscanf(plus, "+%u,%u", &start, &count) >= 1) {
            if (count == 0)
                add_range(c, file, start, start + 1);
            else
                add_range(c, file, start, start + count - 1);
        }
    }
    free(file);
}

static void read_untracked(struct nc_changes *c, char *names)
{
    char *name;

    while ((name = strsep(&names, "\n")) != NULL)
        if (*name) {
            char *file = nc_path_join(c->root, name);

            add_range(c, file, 1, UINT32_MAX);
            free(file);
        }
}

/* `root` is where the checkout's files are that the place names. */
static bool touches(const struct nc_changes *c, const struct nc_place *place, const char *root)
{
    size_t theirs = strlen(root), ours = strlen(c->root);

    if (!nc_path_below(place->file, root))
        return false;
    for (size_t i = 0; i < c->count; i++)
        if (place->line >= c->items[i].first && place->line <= c->items[i].last &&
            strcmp(place->file + theirs, c->items[i].file + ours) == 0)
            return true;
    return false;
}

static bool finding_touches(const struct nc_changes *c, const struct nc_finding *finding, const char *root)
{
    if (touches(c, &finding->place, root))
        return true;
    for (size_t i = 0; i < finding->step_count; i++)
        if (touches(c, &finding->steps[i].place, root))
            return true;
    return false;
}

static char *checkout_root(char **error)
{
    const char *const top[] = { "git", "rev-parse", "--show-toplevel", NULL };
    char *root = NULL;

    if (nc_process_output(top, &root) != 0) {
        *error = nc_strformat("this is no git checkout, or git is not installed");
        free(root);
        return NULL;
    }
    root[strcspn(root, "\n")] = '\0';
    return root;
}

/* `what` is a revision or an option of git diff; with_untracked adds the files that git does not know. */
static struct nc_changes *changes(const char *what, bool with_untracked, char **error)
{
    const char *const diff[] = { "git",
                                 "-c",
                                 "core.quotepath=off",
                                 "diff",
                                 "-U0",
                                 "-M",
                                 "--no-color",
                                 "--no-ext-diff",
                                 "--src-prefix=a/",
                                 "--dst-prefix=b/",
                                 what,
                                 "--",
                                 NULL };
    const char *const others[] = { "git",         "-c",       "core.quotepath=off",
                                   "ls-files",    "--others", "--exclude-standard",
                                   "--full-name", ":/",       NULL };
    struct nc_changes *c;
    char *root = checkout_root(error), *text = NULL, *names = NULL;

    if (!root)
        return NULL;
    c = nc_xmalloc(sizeof *c);
    *c = (struct nc_changes){ .root = root };
    if (nc_process_output(diff, &text) != 0 || (with_untracked && nc_process_output(others, &names) != 0)) {
        *error = nc_strformat("git cannot compare with '%s'", what);
        nc_changes_free(c);
        c = NULL;
    } else {
        read_diff(c, text);
        if (names)
            read_untracked(c, names);
    }
    free(names);
    free(text);
    return c;
}

struct nc_changes *nc_changes_since(const char *base, char **error)
{
    if (base[0] == '-') {
        *error = nc_strformat("--diff needs a git revision, not '%s'", base);
        return NULL;
    }
    return changes(base, true, error);
}

struct nc_changes *nc_changes_staged(char **error) { return changes("--cached", false, error); }

void nc_changes_free(struct nc_changes *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++)
        free(c->items[i].file);
    free(c->items);
    free(c->root);
    free(c);
}

const char *nc_changes_root(const struct nc_changes *c) { return c->root; }

bool nc_changes_touch_code(const struct nc_changes *c)
{
    for (size_t i = 0; i < c->count; i++) {
        const char *file = c->items[i].file, *name = nc_path_name(file);

        if (nc_path_is_source(file) || nc_path_is_header(file) || strcmp(name, ".nmrcheck.yaml") == 0 ||
            strcmp(name, "compile_commands.json") == 0)
            return true;
    }
    return false;
}

void nc_changes_apply(const struct nc_changes *c, struct nc_report *r, const char *copy)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->results[i].state == NC_RESULT_OPEN && !finding_touches(c, r->results[i].finding, copy ? copy : c->root))
            r->results[i].state = NC_RESULT_UNTOUCHED;
    nc_report_recount(r);
}
