#include "tool/staged.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/paths.h"
#include "tool/options.h"
#include "tool/process.h"
#include "tool/strlist.h"

static int complain(char *text)
{
    fprintf(stderr, "nmrcheck: --staged: %s\n", text);
    free(text);
    return NC_STAGED_FAILED;
}

/* Do tracked files on disk differ from the index? */
static bool disk_differs(void)
{
    const char *const diff[] = { "git", "diff", "--quiet", "--no-ext-diff", NULL };
    char *output;
    int code = nc_process_output(diff, &output);

    free(output);
    return code != 0;
}

static void map_path(char **path, const char *from, const char *to)
{
    char *absolute, *relative;

    if (!*path)
        return;
    absolute = nc_path_absolute(*path, NULL);
    if (nc_path_below(absolute, from)) {
        relative = nc_path_display(absolute, from);
        free(*path);
        *path = nc_path_join(to, relative);
        free(relative);
        free(absolute);
    } else {
        free(*path); /* outside the checkout; but no longer relative to where we are */
        *path = absolute;
    }
}

/* Paths that are written stay where they were meant. */
static void keep_path(char **path)
{
    char *absolute;

    if (!*path)
        return;
    absolute = nc_path_absolute(*path, NULL);
    free(*path);
    *path = absolute;
}

static int copy_index(struct nc_staged *staged, struct nc_options *o)
{
    const char *root = nc_changes_root(staged->changes), *base = getenv("TMPDIR");
    char *pattern = nc_strformat("%s/nmrcheck-XXXXXX", base && *base ? base : "/tmp");
    char *cwd = nc_path_cwd(), *prefix, *inside, *output = NULL, *target;
    const char *checkout[] = { "git", "-C", root, "checkout-index", "-a", "-q", NULL, NULL };
    int code;

    if (!mkdtemp(pattern)) {
        free(cwd);
        code = complain(nc_strformat("cannot make '%s': %s", pattern, strerror(errno)));
        free(pattern);
        return code;
    }
    staged->folder = pattern;
    prefix = nc_strformat("--prefix=%s/", pattern);
    checkout[6] = prefix;
    code = nc_process_output(checkout, &output);
    free(output);
    free(prefix);
    if (code != 0) {
        free(cwd);
        return complain(nc_strformat("git cannot write out the index"));
    }
    for (size_t i = 0; i < o->paths.count; i++)
        map_path(&o->paths.items[i], root, pattern);
    for (size_t i = 0; i < o->contracts.count; i++)
        map_path(&o->contracts.items[i], root, pattern);
    map_path(&o->database, root, pattern);
    map_path(&o->config, root, pattern);
    map_path(&o->baseline, root, pattern);
    keep_path(&o->output);
    keep_path(&o->baseline_write);
    keep_path(&o->emit_module);
    inside = nc_path_display(cwd, root);
    target = nc_path_join(pattern, inside);
    nc_changes_move(staged->changes, pattern);
    code = chdir(target) != 0 && chdir(pattern) != 0
               ? complain(nc_strformat("cannot enter '%s': %s", target, strerror(errno)))
               : NC_STAGED_READY;
    free(target);
    free(inside);
    free(cwd);
    return code;
}

int nc_staged_begin(struct nc_staged *staged, struct nc_options *o)
{
    char *error = NULL;

    *staged = (struct nc_staged){ .changes = nc_changes_staged(&error) };
    if (!staged->changes)
        return complain(error);
    if (!nc_changes_touch_code(staged->changes)) {
        if (!o->quiet)
            fprintf(stderr, "nmrcheck: no C or C++ change is staged; nothing was checked\n");
        return NC_STAGED_NOTHING;
    }
    if (o->paths.count == 0 && !o->database)
        nc_strlist_add(&o->paths, nc_changes_root(staged->changes));
    return disk_differs() ? copy_index(staged, o) : NC_STAGED_READY;
}

static void remove_tree(char *folder)
{
    char *roots[] = { folder, NULL };
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    FTSENT *entry;

    while (tree && (entry = fts_read(tree)) != NULL) {
        if (entry->fts_info == FTS_DP)
            rmdir(entry->fts_accpath);
        else if (entry->fts_info != FTS_D)
            unlink(entry->fts_accpath);
    }
    if (tree)
        fts_close(tree);
}

void nc_staged_end(struct nc_staged *staged)
{
    if (staged->folder)
        remove_tree(staged->folder);
    free(staged->folder);
    nc_changes_free(staged->changes);
    *staged = (struct nc_staged){ 0 };
}
