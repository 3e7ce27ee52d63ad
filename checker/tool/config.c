#include "tool/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <yaml.h>

#include "report/paths.h"
#include "tool/options.h"

static const char file_name[] = ".nmrcheck.yaml";

struct reader {
    const char *path;
    char *folder;
    yaml_document_t document;
    struct nc_options *options;
};

static int complain(const struct reader *r, const yaml_node_t *node, const char *format, const char *what)
{
    fprintf(stderr, "nmrcheck: %s:%zu: ", r->path, node->start_mark.line + 1);
    fprintf(stderr, format, what); /* NOLINT: formats are literals of this file */
    fputc('\n', stderr);
    return 2;
}

static const char *scalar(const yaml_node_t *node)
{
    return node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

static int set_text(const struct reader *r, const yaml_node_t *node, char **field, bool is_path)
{
    const char *text = scalar(node);

    if (!text || !*text)
        return complain(r, node, "a %s is due here", is_path ? "path" : "name");
    if (!*field) /* else the command line said it */
        *field = is_path ? nc_path_absolute(text, r->folder) : nc_strcopy(text);
    return 0;
}

static int set_flag(const struct reader *r, const yaml_node_t *node, bool *field)
{
    const char *text = scalar(node);

    if (text && strcmp(text, "true") == 0)
        *field = true;
    else if (!text || strcmp(text, "false") != 0)
        return complain(r, node, "%s is due here", "true or false");
    return 0;
}

/* A list of scalars, or one. */
static int add_list(struct reader *r, yaml_node_t *node, struct nc_strlist *list, bool rules)
{
    if (node->type == YAML_SEQUENCE_NODE) {
        for (yaml_node_item_t *i = node->data.sequence.items.start; i < node->data.sequence.items.top; i++) {
            yaml_node_t *item = yaml_document_get_node(&r->document, *i);

            if (item->type != YAML_SCALAR_NODE)
                return complain(r, item, "%s is due here", "a word");
            if (add_list(r, item, list, rules) != 0)
                return 2;
        }
        return 0;
    }
    if (node->type != YAML_SCALAR_NODE)
        return complain(r, node, "%s is due here", "a list");
    if (rules && !nc_options_check_rule(scalar(node), r->path))
        return 2;
    nc_strlist_add(list, scalar(node));
    return 0;
}

/* Paths in flags are relative to the file, as its other paths are. */
static void resolve_flags(const struct reader *r, struct nc_strlist *flags)
{
    static const char *const forms[] = { "-isystem", "-idirafter", "-iquote", "-I" };

    for (size_t i = 0; i < flags->count; i++)
        for (size_t j = 0; j < sizeof forms / sizeof *forms; j++) {
            size_t n = strlen(forms[j]);
            char **word = &flags->items[i], *path;

            if (strncmp(*word, forms[j], n) != 0)
                continue;
            if ((*word)[n] != '\0') {
                path = nc_path_absolute(*word + n, r->folder);
                free(*word);
                *word = nc_strformat("%s%s", forms[j], path);
                free(path);
            } else if (i + 1 < flags->count) {
                path = nc_path_absolute(flags->items[++i], r->folder);
                free(flags->items[i]);
                flags->items[i] = path;
            }
            break;
        }
}

/* The file's flags come first, so that those of the command line can take them back. */
static int add_flags(struct reader *r, yaml_node_t *node)
{
    struct nc_strlist flags = { 0 };
    int result = add_list(r, node, &flags, false);

    if (result == 0) {
        resolve_flags(r, &flags);
        for (size_t i = 0; i < r->options->flags.count; i++)
            nc_strlist_add(&flags, r->options->flags.items[i]);
        nc_strlist_clear(&r->options->flags);
        r->options->flags = flags;
    } else {
        nc_strlist_clear(&flags);
    }
    return result;
}

/* Those of the command line take their place. */
static int add_contracts(struct reader *r, yaml_node_t *node)
{
    struct nc_strlist files = { 0 };
    int result = add_list(r, node, &files, false);

    for (size_t i = 0; result == 0 && r->options->contracts.count == 0 && i < files.count; i++) {
        char *path = nc_path_absolute(files.items[i], r->folder);

        free(files.items[i]);
        files.items[i] = path;
    }
    if (result == 0 && r->options->contracts.count == 0)
        r->options->contracts = files;
    else
        nc_strlist_clear(&files);
    return result;
}

static int apply(struct reader *r, const yaml_node_t *key, yaml_node_t *value)
{
    struct nc_options *o = r->options;
    const char *name = scalar(key);

    if (!name)
        return complain(r, key, "%s is due here", "a key");
    if (strcmp(name, "disable") == 0)
        return add_list(r, value, &o->disabled_rules, true);
    if (strcmp(name, "only") == 0)
        return o->only_rules.count > 0 ? 0 : add_list(r, value, &o->only_rules, true);
    if (strcmp(name, "flags") == 0)
        return add_flags(r, value);
    if (strcmp(name, "entry") == 0)
        return set_text(r, value, &o->entry, false);
    if (strcmp(name, "baseline") == 0)
        return set_text(r, value, &o->baseline, true);
    if (strcmp(name, "database") == 0)
        return o->paths.count > 0 && !o->database ? 0 : set_text(r, value, &o->database, true);
    if (strcmp(name, "strict") == 0)
        return set_flag(r, value, &o->strict);
    if (strcmp(name, "configuration") == 0)
        return set_text(r, value, &o->configuration, false);
    if (strcmp(name, "platform") == 0)
        return set_text(r, value, &o->platform, false);
    if (strcmp(name, "wdk") == 0)
        return set_text(r, value, &o->wdk, !scalar(value) || strcmp(scalar(value), "none") != 0);
    if (strcmp(name, "contracts") == 0)
        return add_contracts(r, value);
    return complain(r, key, "there is no key '%s'", name);
}

static int read_document(struct reader *r)
{
    yaml_node_t *root = yaml_document_get_root_node(&r->document);
    int result = 0;

    if (!root)
        return 0; /* an empty file */
    if (root->type != YAML_MAPPING_NODE)
        return complain(r, root, "%s is due here", "a mapping");
    for (yaml_node_pair_t *pair = root->data.mapping.pairs.start; result == 0 && pair < root->data.mapping.pairs.top;
         pair++)
        result = apply(r, yaml_document_get_node(&r->document, pair->key),
                       yaml_document_get_node(&r->document, pair->value));
    return result;
}

static int read_file(struct nc_options *options, const char *path)
{
    struct reader r = { .path = path, .options = options };
    FILE *file = fopen(path, "rb");
    yaml_parser_t parser;
    int result = 2;

    if (!file) {
        fprintf(stderr, "nmrcheck: cannot read '%s': %s\n", path, strerror(errno));
        return 2;
    }
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    if (yaml_parser_load(&parser, &r.document)) {
        char *absolute = nc_path_absolute(path, NULL);

        r.folder = nc_path_parent(absolute);
        result = read_document(&r);
        free(r.folder);
        free(absolute);
        yaml_document_delete(&r.document);
    } else {
        fprintf(stderr, "nmrcheck: %s:%zu: %s\n", path, parser.problem_mark.line + 1,
                parser.problem ? parser.problem : "not YAML");
    }
    yaml_parser_delete(&parser);
    fclose(file);
    return result;
}

/* The folder where the search begins. */
static char *start_folder(const struct nc_options *options)
{
    const char *first = options->paths.count > 0 ? options->paths.items[0]
                        : options->database      ? options->database
                                                 : ".";
    char *path = nc_path_absolute(first, NULL), *parent;
    struct stat status;

    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return path;
    parent = nc_path_parent(path);
    free(path);
    return parent;
}

int nc_config_read(struct nc_options *options)
{
    char *start, *folder, *path;
    int result;

    if (options->config)
        return read_file(options, options->config);
    if (options->no_config)
        return 0;
    start = start_folder(options);
    folder = nc_path_find_up(start, file_name);
    free(start);
    if (!folder)
        return 0;
    path = nc_path_join(folder, file_name);
    result = read_file(options, path);
    free(path);
    free(folder);
    return result;
}
