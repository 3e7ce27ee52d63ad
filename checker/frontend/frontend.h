/*
 * The front end's C interface: a source file in, a module out. Everything behind it is C++ on Clang; nothing of Clang
 * shows here.
 */
#ifndef NC_FRONTEND_FRONTEND_H
#define NC_FRONTEND_FRONTEND_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nc_module;

/* Parses of system headers that several files share. */
struct nc_preambles;

struct nc_overlay {   /* text that stands for a file's content on disk */
    const char *path; /* absolute */
    const char *text;
};

struct nc_frontend_options {
    const char *const *flags; /* compiler flags after the defaults: -I, -D, -include, -std, ... (GNU style) */
    size_t flag_count;
    const char *directory;    /* working directory for relative paths; NULL: the process's */
    bool own_headers;         /* use the embedded header model (default); false: a real WDK is among the flags */
    const char *overlay_text; /* contents for `file` instead of what is on disk (editor buffers), or NULL */
    const struct nc_overlay *overlays; /* the same for other files, headers for example */
    size_t overlay_count;
    /* Asked for an include that no folder has: the file's path (malloc'ed), or NULL. Called from several threads when
     * several files are lowered at the same time. May be NULL. */
    char *(*find_include)(void *user, const char *file, const char *name);
    void *find_user;
    struct nc_preambles *preambles; /* or NULL: each file is parsed by itself */
    char **reads; /* if not NULL, gets (malloc'ed) what nc_frontend_is_fresh wants to know, or NULL on a crash */
};

/*
 * Lowers one translation unit. Never crashes or exits on bad input. Returns NULL only when there is nothing to analyse
 * (file unreadable, no compiler invocation): then *error has one line (to free). Parse errors do not lose the module:
 * they are gaps in it. Thread-safe: each call has its own compiler instance.
 */
struct nc_module *nc_frontend_lower(const char *file, const struct nc_frontend_options *options, char **error);

/*
 * What the files of a run look like now, each looked at once: for asking whether modules made before are what would be
 * made again. May be asked by several threads.
 */
struct nc_freshness;
struct nc_freshness *nc_freshness_new(void);
void nc_freshness_free(struct nc_freshness *freshness); /* NULL is allowed */

/* Would the same file system answers be met again that `reads` tells of: every file that was read has the content that
 * it had, no file has appeared where there was none, look-ups find the same? The options are those of then. */
bool nc_frontend_is_fresh(struct nc_freshness *freshness, const char *file, const struct nc_frontend_options *options,
                          const char *reads);

/*
 * In a run over many files, what the files read first of the system's headers is parsed once: each file is announced
 * first, with the options that it will be lowered with; then they are lowered, in any order and number of threads.
 * Modules are the same as without.
 * The object must outlive the calls that it is given to.
 */
struct nc_preambles *nc_preambles_new(void);
void nc_preambles_plan(struct nc_preambles *preambles, const char *file, const struct nc_frontend_options *options);
void nc_preambles_free(struct nc_preambles *preambles); /* NULL is allowed */

#ifdef __cplusplus
}
#endif
#endif
