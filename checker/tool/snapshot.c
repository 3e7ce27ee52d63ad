#include "tool/snapshot.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/paths.h"
#include "support/strlist.h"
#include "tool/options.h"
#include "tool/process.h"

static int complain(char *text)
{
    fprintf(stderr, "nmrcheck: %s\n", text);
    free(text);
    return 2;
}

bool nc_disk_differs_from_index(void)
{
    const char *const diff[] = { "git", "diff", "--quiet", "--no-ext-diff", NULL };
    char *output;
    int code = nc_process_output(diff, &output);

    free(output);
    return code != 0;
}

static int run(const char *const *arguments)
{
    char *output = NULL;
    int code = nc_process_output(arguments, &output);

    free(output);
    return code;
}

/* git's own index may be another file (during a commit), so it is only replaced for a revision. */
static int copy_version(const char *root, const char *revision, const char *folder)
{
    char *index = nc_strformat("GIT_INDEX_FILE=%s/.nmrcheck-index", folder);
    char *prefix = nc_strformat("--prefix=%s/", folder);
    const char *const read[] = { "env", index, "git", "-C", root, "read-tree", revision, NULL };
    const char *const from_index[] = { "git", "-C", root, "checkout-index", "-a", "-q", prefix, NULL };
    const char *const from_tree[] = { "env", index, "git", "-C", root, "checkout-index", "-a", "-q", prefix, NULL };
    int code = revision ? run(read) : 0;

    if (code == 0)
        code = run(revision ? from_tree : from_index);
    free(index);
    free(prefix);
    return code;
}

/* "/root/x" and "-I/root/x" become "/folder/x" and "-I/folder/x". */
static void map_word(char **word, const char *from, const char *to)
{
    const char *path = strchr(*word, '/');
    char *relative, *mapped;

    if (!path || (path > *word && (*word)[0] != '-') || !nc_path_below(path, from))
        return;
    relative = nc_path_display(path, from);
    mapped = nc_strformat("%.*s%s/%s", (int)(path - *word), *word, to, relative);
    free(relative);
    free(*word);
    *word = mapped;
}

static void make_absolute(char **path)
{
    char *absolute;

    if (!*path)
        return;
    absolute = nc_path_absolute(*path, NULL);
    free(*path);
    *path = absolute;
}

/* Sources and folders move; what is read or written beside them stays where it is. */
static void map_options(struct nc_options *o, const char *from, const char *to)
{
    char **stay[] = { &o->output, &o->baseline, &o->baseline_write, &o->emit_module, &o->database };

    for (size_t i = 0; i < sizeof stay / sizeof *stay; i++)
        make_absolute(stay[i]);
    for (size_t i = 0; i < o->contracts.count; i++)
        make_absolute(&o->contracts.items[i]);
    for (size_t i = 0; i < o->paths.count; i++) {
        make_absolute(&o->paths.items[i]);
        map_word(&o->paths.items[i], from, to);
    }
    for (size_t i = 0; i < o->flags.count; i++)
        map_word(&o->flags.items[i], from, to);
}

static void set_moved(struct nc_options *o, const char *from, const char *to)
{
    free(o->moved_from);
    free(o->moved_to);
    o->moved_from = from ? nc_strcopy(from) : NULL;
    o->moved_to = to ? nc_strcopy(to) : NULL;
}

int nc_snapshot_enter(struct nc_snapshot *s, struct nc_options *o, const char *root, const char *revision)
{
    const char *base = getenv("TMPDIR");
    char *inside, *target;
    int code = 0;

    *s = (struct nc_snapshot){ .root = nc_strcopy(root), .cwd = nc_path_cwd() };
    s->outside = nc_strcopy(o->moved_to ? o->moved_to : root);
    s->folder = nc_strformat("%s/nmrcheck-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(s->folder)) {
        code = complain(nc_strformat("cannot make '%s': %s", s->folder, strerror(errno)));
        free(s->folder);
        s->folder = NULL;
        return code;
    }
    if (copy_version(root, revision, s->folder) != 0)
        return complain(nc_strformat("git cannot write out %s", revision ? revision : "the index"));
    map_options(o, s->outside, s->folder);
    set_moved(o, root, s->folder);
    inside = nc_path_display(s->cwd, s->outside);
    target = nc_path_join(s->folder, inside);
    if (chdir(target) != 0 && chdir(s->folder) != 0)
        code = complain(nc_strformat("cannot enter '%s': %s", target, strerror(errno)));
    free(target);
    free(inside);
    return code;
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

void nc_snapshot_leave(struct nc_snapshot *s, struct nc_options *o)
{
    if (s->folder) {
        if (chdir(s->cwd) != 0)
            fprintf(stderr, "nmrcheck: cannot go back to '%s': %s\n", s->cwd, strerror(errno));
        map_options(o, s->folder, s->outside);
        if (strcmp(s->outside, s->root) == 0)
            set_moved(o, NULL, NULL);
        else
            set_moved(o, s->root, s->outside);
        remove_tree(s->folder);
    }
    free(s->folder);
    free(s->root);
    free(s->outside);
    free(s->cwd);
    *s = (struct nc_snapshot){ 0 };
}
