#include "tool/options.h"

#include <stdlib.h>
#include <string.h>

#include "report/rules.h"
#include "tool/parallel.h"

enum option_id {
#define NC_OPTION(symbol, name, letter, argument, help) OPT_##symbol,
#define NC_OPTION_GROUP(title)
#include "tool/options.def"
    OPT_COUNT
};

struct option {
    const char *name, *argument, *help;
    char letter;
};

static const struct option table[] = {
#define NC_OPTION(symbol, name, letter, argument, help) { name, argument, help, letter },
#define NC_OPTION_GROUP(title)
#include "tool/options.def"
};

static void print_option(FILE *out, const char *name, char letter, const char *argument, const char *help)
{
    char left[40];

    if (letter)
        snprintf(left, sizeof left, "-%c, --%s%s%s", letter, name, argument ? " " : "", argument ? argument : "");
    else
        snprintf(left, sizeof left, "    --%s%s%s", name, argument ? " " : "", argument ? argument : "");
    fprintf(out, "  %-28s %s\n", left, help);
}

void nc_options_help(FILE *out)
{
    fputs(
        "Usage: nmrcheck [OPTION...] PATH... [-- COMPILER-FLAG...]\n"
        "       nmrcheck lsp\n\n"
        "Finds misuse of the Network Module Registrar and IRQL violations in Windows drivers. A PATH is a source "
        "file, a\n"
        "folder, a Visual Studio project or solution, or a module that --emit-module or the Clang plugin wrote. A "
        "folder is\n"
        "searched for driver projects, else for C and C++ sources. Each project's driver is judged as a whole; what no "
        "project\n"
        "names is one driver, unless several entry points are in it.\n",
        out);
#define NC_OPTION(symbol, name, letter, argument, help) print_option(out, name, letter, argument, help);
#define NC_OPTION_GROUP(title)                          fprintf(out, "\n%s:\n", title);
#include "tool/options.def"
    fputs("\n  -I, -D, -U, -include and what follows -- go to the compiler's front end.\n\n"
          "Exit codes: 0 nothing found, 1 findings, 2 it could not do its job.\n",
          out);
}

static void set_text(char **field, const char *value)
{
    free(*field);
    *field = nc_strcopy(value);
}

static int complain(const char *format, const char *what)
{
    fputs("nmrcheck: ", stderr);
    fprintf(stderr, format, what); /* NOLINT: formats are literals of this file */
    fputs("; see nmrcheck --help\n", stderr);
    return 2;
}

bool nc_options_check_rule(const char *id, const char *where)
{
    const char *nearest;

    if (nc_rule_find(id))
        return true;
    nearest = nc_rule_nearest(id);
    if (nearest)
        fprintf(stderr, "nmrcheck: %s: there is no rule '%s'; did you mean '%s'?\n", where, id, nearest);
    else
        fprintf(stderr, "nmrcheck: %s: there is no rule '%s'; see nmrcheck --list-rules\n", where, id);
    return false;
}

bool nc_options_rule_on(const struct nc_options *options, const char *id)
{
    if (options->only_rules.count > 0 && !nc_strlist_has(&options->only_rules, id))
        return false;
    return !nc_strlist_has(&options->disabled_rules, id);
}

static int add_rules(struct nc_strlist *list, const char *value, const char *where)
{
    char *copy = nc_strcopy(value), *rest = copy, *id;
    int result = 0;

    while ((id = strsep(&rest, ",")) != NULL) {
        if (nc_options_check_rule(id, where))
            nc_strlist_add(list, id);
        else
            result = 2;
    }
    free(copy);
    return result;
}

static int set_color(struct nc_options *options, const char *value)
{
    if (strcmp(value, "always") == 0)
        options->color = NC_COLOR_ALWAYS;
    else if (strcmp(value, "never") == 0)
        options->color = NC_COLOR_NEVER;
    else if (strcmp(value, "auto") == 0)
        options->color = NC_COLOR_AUTO;
    else
        return complain("--color is auto, always or never, not '%s'", value);
    return 0;
}

static int set_jobs(struct nc_options *options, const char *value)
{
    char *end;
    long n = strtol(value, &end, 10);

    if (*end || end == value || n < 1 || n > 1024)
        return complain("--jobs needs a number from 1 to 1024, not '%s'", value);
    options->jobs = (unsigned)n;
    return 0;
}

static int set_cache_size(struct nc_options *options, const char *value)
{
    char *end;
    long n = strtol(value, &end, 10);

    if (*end || end == value || n < 1 || n > 1 << 20)
        return complain("--cache-size needs a number of MiB, not '%s'", value);
    options->cache_size = (unsigned)n;
    return 0;
}

static int apply(struct nc_options *o, enum option_id id, const char *value)
{
    switch (id) {
    case OPT_DATABASE:
        set_text(&o->database, value);
        break;
    case OPT_ENTRY:
        set_text(&o->entry, value);
        break;
    case OPT_PART:
        o->part = true;
        break;
    case OPT_CONTRACTS:
        nc_strlist_add(&o->contracts, value);
        break;
    case OPT_WDK:
        set_text(&o->wdk, value);
        break;
    case OPT_CONFIGURATION:
        set_text(&o->configuration, value);
        break;
    case OPT_PLATFORM:
        set_text(&o->platform, value);
        break;
    case OPT_WRITE_DATABASE:
        set_text(&o->write_database, value);
        break;
    case OPT_CONFIG:
        set_text(&o->config, value);
        break;
    case OPT_NO_CONFIG:
        o->no_config = true;
        break;
    case OPT_JOBS:
        return set_jobs(o, value);
    case OPT_CACHE_DIR:
        set_text(&o->cache_dir, value);
        break;
    case OPT_CACHE_SIZE:
        return set_cache_size(o, value);
    case OPT_NO_CACHE:
        o->no_cache = true;
        break;
    case OPT_RULE:
        return add_rules(&o->only_rules, value, "--rule");
    case OPT_DISABLE:
        return add_rules(&o->disabled_rules, value, "--disable");
    case OPT_BASELINE:
        set_text(&o->baseline, value);
        break;
    case OPT_BASELINE_WRITE:
        set_text(&o->baseline_write, value);
        break;
    case OPT_DIFF:
        set_text(&o->diff, value);
        break;
    case OPT_STAGED:
        o->staged = true;
        break;
    case OPT_STRICT:
        o->strict = true;
        break;
    case OPT_FORMAT:
        if (!nc_reporter_find(value)) {
            fprintf(stderr, "nmrcheck: there is no format '%s'; formats are %s\n", value, nc_reporter_names);
            return 2;
        }
        set_text(&o->format, value);
        break;
    case OPT_OUTPUT:
        set_text(&o->output, value);
        break;
    case OPT_STATS:
        o->stats = true;
        break;
    case OPT_SUPPRESSIONS:
        o->suppressions = true;
        break;
    case OPT_FIX:
        o->fix = true;
        break;
    case OPT_COLOR:
        return set_color(o, value);
    case OPT_NO_COLOR:
        o->color = NC_COLOR_NEVER;
        break;
    case OPT_PROGRESS:
        o->progress = true;
        break;
    case OPT_QUIET:
        o->quiet = true;
        break;
    case OPT_VERIFY:
        o->mode = NC_MODE_VERIFY;
        break;
    case OPT_EXPLAIN:
        o->mode = NC_MODE_EXPLAIN;
        set_text(&o->explain, value);
        break;
    case OPT_LIST_RULES:
        o->mode = NC_MODE_LIST_RULES;
        break;
    case OPT_EMIT_MODULE:
        set_text(&o->emit_module, value);
        break;
    case OPT_DUMP_MODEL:
        o->dump_model = true;
        break;
    case OPT_DUMP:
        set_text(&o->dump, value);
        break;
    case OPT_MANUAL:
        o->mode = NC_MODE_MANUAL;
        break;
    case OPT_COMPLETION:
        o->mode = NC_MODE_COMPLETION;
        set_text(&o->shell, value);
        break;
    case OPT_HELP:
        o->mode = NC_MODE_HELP;
        break;
    case OPT_VERSION:
        o->mode = NC_MODE_VERSION;
        break;
    case OPT_COUNT:
        break;
    }
    return 0;
}

static int find_option(const char *name, size_t length, char letter)
{
    for (int i = 0; i < OPT_COUNT; i++) {
        if (name && strlen(table[i].name) == length && strncmp(table[i].name, name, length) == 0)
            return i;
        if (letter && table[i].letter == letter)
            return i;
    }
    return -1;
}

/* Options that begin with -I, -D and so on are the compiler's; *takes_next when the argument is the next word. */
static bool is_compiler_flag(const char *word, bool *takes_next)
{
    static const char *const joined[] = { "-I", "-D", "-U" };
    static const char *const separate[] = { "-include", "-isystem", "-idirafter", "-iquote", "-imacros", "-target" };

    *takes_next = false;
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++)
        if (strncmp(word, joined[i], 2) == 0) {
            *takes_next = word[2] == '\0';
            return true;
        }
    for (size_t i = 0; i < sizeof separate / sizeof *separate; i++)
        if (strcmp(word, separate[i]) == 0) {
            *takes_next = true;
            return true;
        }
    return strncmp(word, "-std=", 5) == 0 || strncmp(word, "--target=", 9) == 0 || strcmp(word, "-w") == 0;
}

/* The word at argv[*at] is an option; moves *at to its last word. */
static int parse_option(struct nc_options *options, int argc, char **argv, int *at)
{
    const char *word = argv[*at], *value = NULL;
    bool takes_next;
    int id;

    if (is_compiler_flag(word, &takes_next)) {
        nc_strlist_add(&options->flags, word);
        if (takes_next) {
            if (*at + 1 >= argc)
                return complain("%s needs an argument", word);
            nc_strlist_add(&options->flags, argv[++*at]);
        }
        return 0;
    }
    if (word[1] == '-') {
        size_t length = strcspn(word + 2, "=");

        id = find_option(word + 2, length, 0);
        if (id >= 0 && word[2 + length] == '=')
            value = word + 2 + length + 1;
    } else {
        id = find_option(NULL, 0, word[1]);
        if (id >= 0 && word[2] != '\0') {
            if (!table[id].argument)
                return complain("unknown option %s", word);
            value = word + 2;
        }
    }
    if (id < 0)
        return complain("unknown option %s", word);
    if (!table[id].argument) {
        if (value)
            return complain("%s takes no argument", word);
    } else if (!value) {
        if (*at + 1 >= argc)
            return complain("%s needs an argument", word);
        value = argv[++*at];
    }
    if (value && *value == '\0')
        return complain("%s needs an argument that is not empty", word);
    return apply(options, (enum option_id)id, value);
}

int nc_options_parse(struct nc_options *options, int argc, char **argv)
{
    int first = 1;

    *options = (struct nc_options){ .jobs = nc_cores(), .cache_size = 1024 };
    if (argc > 1 && strcmp(argv[1], "lsp") == 0) {
        options->mode = NC_MODE_LSP;
        first = 2;
    }
    for (int i = first; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            while (++i < argc)
                nc_strlist_add(&options->flags, argv[i]);
        } else if (argv[i][0] == '-' && argv[i][1] != '\0') {
            int result = parse_option(options, argc, argv, &i);

            if (result)
                return result;
        } else {
            nc_strlist_add(&options->paths, argv[i]);
        }
    }
    if (options->staged && options->diff)
        return complain("--staged and --diff exclude %s", "each other");
    if (options->staged && options->fix)
        return complain("--staged and --fix exclude %s", "each other: what is staged is not what is on disk");
    return 0;
}

void nc_options_clear(struct nc_options *o)
{
    char *texts[] = { o->database,   o->entry,          o->config,        o->explain,     o->format,         o->output,
                      o->baseline,   o->baseline_write, o->diff,          o->emit_module, o->dump,           o->shell,
                      o->moved_from, o->moved_to,       o->configuration, o->platform,    o->write_database, o->wdk,
                      o->cache_dir };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    nc_strlist_clear(&o->paths);
    nc_strlist_clear(&o->flags);
    nc_strlist_clear(&o->contracts);
    nc_strlist_clear(&o->only_rules);
    nc_strlist_clear(&o->disabled_rules);
}
