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
};

/*
 * Lowers one translation unit. Never crashes or exits on bad input. Returns NULL only when there is nothing to analyse
 * (file unreadable, no compiler invocation): then *error has one line (to free). Parse errors do not lose the module:
 * they are gaps in it. Thread-safe: each call has its own compiler instance.
 */
struct nc_module *nc_frontend_lower(const char *file, const struct nc_frontend_options *options, char **error);

#ifdef __cplusplus
}
#endif
#endif
