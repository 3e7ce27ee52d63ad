#include "analysis/contract_reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract_yaml.h"

enum { FILE_LIMIT = 16 << 20, EFFECT_LIMIT = 200, BOUND_LIMIT = 50, TOTAL_LIMIT = 200000 };

/* The pairs of a mapping, with the key's text; `key` and `value` are set in each round. Leaves on a bad key. */
#define EACH_PAIR(y, map, pair)                                                                                        \
    for (yaml_node_pair_t *pair = (map)->data.mapping.pairs.start; pair < (map)->data.mapping.pairs.top; pair++)

static bool bounds_list(struct nc_contract_yaml *y, yaml_node_t *list, struct nc_contract *f)
{
    size_t count = (size_t)(list->data.sequence.items.top - list->data.sequence.items.start);
    if (count == 0 || count > BOUND_LIMIT) {
        return nc_yaml_fail(y, list, "'irql' lists 1 to %d rows", BOUND_LIMIT);
    }
    struct nc_bound *bounds = nc_arena_alloc(y->set->arena, count * sizeof *bounds);
    for (size_t i = 0; i < count; i++) {
        yaml_node_t *row = nc_yaml_node(y, list->data.sequence.items.start[i]);
        if (!nc_yaml_is_map(y, row, "a row of 'irql'")) {
            return false;
        }
        bool has_level = false;
        bounds[i].when = (struct nc_cond){ NC_COND_ALWAYS, NC_ARG_NONE, 0 };
        EACH_PAIR(y, row, pair)
        {
            yaml_node_t *key = nc_yaml_node(y, pair->key), *value = nc_yaml_node(y, pair->value);
            const char *name = nc_yaml_text(y, key, "a key");
            if (name == NULL) {
                return false;
            }
            if (strcmp(name, "when") == 0) {
                if (!nc_yaml_condition(y, value, &bounds[i].when)) {
                    return false;
                }
            } else if (strcmp(name, "irql") == 0) {
                if (!nc_yaml_levels(y, value, &bounds[i].min, &bounds[i].max)) {
                    return false;
                }
                has_level = true;
            } else {
                return nc_yaml_fail(y, key, "a row of 'irql' has 'when' and 'irql', not '%s'", name);
            }
        }
        if (!has_level) {
            return nc_yaml_fail(y, row, "a row of 'irql' needs 'irql'");
        }
    }
    f->bounds = bounds;
    f->bound_count = (uint16_t)count;
    return true;
}

static bool bounds_read(struct nc_contract_yaml *y, yaml_node_t *node, struct nc_contract *f)
{
    if (node->type == YAML_SEQUENCE_NODE) {
        return bounds_list(y, node, f);
    }
    struct nc_bound *bound = nc_arena_alloc(y->set->arena, sizeof *bound);
    bound->when = (struct nc_cond){ NC_COND_ALWAYS, NC_ARG_NONE, 0 };
    f->bounds = bound;
    f->bound_count = 1;
    return nc_yaml_levels(y, node, &bound->min, &bound->max);
}

static bool effects_read(struct nc_contract_yaml *y, yaml_node_t *node, struct nc_contract *f)
{
    if (node->type != YAML_SEQUENCE_NODE) {
        return nc_yaml_fail(y, node, "'effects' must be a list");
    }
    size_t count = (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    if (count > EFFECT_LIMIT) {
        return nc_yaml_fail(y, node, "a function has at most %d effects", EFFECT_LIMIT);
    }
    y->set->effect_total += (uint32_t)count;
    if (y->set->effect_total > TOTAL_LIMIT) {
        return nc_yaml_fail(y, node, "more than %d effects", TOTAL_LIMIT);
    }
    struct nc_effect *effects = nc_arena_alloc(y->set->arena, (count + 1) * sizeof *effects);
    for (size_t i = 0; i < count; i++) {
        if (!nc_yaml_effect(y, nc_yaml_node(y, node->data.sequence.items.start[i]), &effects[i])) {
            return false;
        }
    }
    f->effects = effects;
    f->effect_count = (uint16_t)count;
    return true;
}

/* Calls `add` for the key and then for each item of `names`, so that they share what was read. */
static bool more_names(struct nc_contract_yaml *y, yaml_node_t *names,
                       bool (*add)(struct nc_contract_yaml *, yaml_node_t *, void *), void *entry)
{
    if (names == NULL) {
        return true;
    }
    if (names->type != YAML_SEQUENCE_NODE) {
        return nc_yaml_fail(y, names, "'names' must be a list");
    }
    for (yaml_node_item_t *item = names->data.sequence.items.start; item < names->data.sequence.items.top; item++) {
        if (++y->set->effect_total > TOTAL_LIMIT) {
            return nc_yaml_fail(y, names, "more than %d entries", TOTAL_LIMIT);
        }
        if (!add(y, nc_yaml_node(y, *item), entry)) {
            return false;
        }
    }
    return true;
}

struct function_entry {
    struct nc_contract contract;
    uint8_t given;
};

static bool function_add(struct nc_contract_yaml *y, yaml_node_t *node, void *entry)
{
    struct function_entry *f = entry;
    f->contract.name = nc_yaml_text(y, node, "a function's name");
    if (f->contract.name != NULL) {
        nc_contract_set_function(y->set, &f->contract, f->given, nc_yaml_origin(y, node));
    }
    return f->contract.name != NULL;
}

static bool function_read(struct nc_contract_yaml *y, yaml_node_t *key, yaml_node_t *map)
{
    struct function_entry f = { .contract = { .page = "" } };
    yaml_node_t *names = NULL;
    if (!nc_yaml_is_map(y, map, "a function's contract")) {
        return false;
    }
    EACH_PAIR(y, map, pair)
    {
        yaml_node_t *field = nc_yaml_node(y, pair->key), *value = nc_yaml_node(y, pair->value);
        const char *name = nc_yaml_text(y, field, "a key");
        bool ok = name != NULL;
        if (!ok) {
            return false;
        }
        if (strcmp(name, "page") == 0) {
            f.given |= NC_GIVEN_PAGE;
            ok = (f.contract.page = nc_yaml_text(y, value, "'page'")) != NULL;
        } else if (strcmp(name, "irql") == 0) {
            f.given |= NC_GIVEN_BOUNDS;
            ok = bounds_read(y, value, &f.contract);
        } else if (strcmp(name, "effects") == 0) {
            f.given |= NC_GIVEN_EFFECTS;
            ok = effects_read(y, value, &f.contract);
        } else if (strcmp(name, "names") == 0) {
            names = value;
        } else {
            ok = nc_yaml_fail(y, field, "a function has no key '%s' (page, irql, effects, names)", name);
        }
        if (!ok) {
            return false;
        }
    }
    if (!function_add(y, key, &f)) {
        return false;
    }
    f.given &= (uint8_t)~NC_GIVEN_PAGE; /* a further name has a page of its own, if the layer below knows one */
    return more_names(y, names, function_add, &f);
}

static bool role_add(struct nc_contract_yaml *y, yaml_node_t *node, void *entry)
{
    struct nc_role_contract *r = entry;
    r->name = nc_yaml_text(y, node, "a role's name");
    if (r->name != NULL) {
        nc_contract_set_role(y->set, r, nc_yaml_origin(y, node));
    }
    return r->name != NULL;
}

static bool phase_read(struct nc_contract_yaml *y, yaml_node_t *node, uint8_t *phase)
{
    static const char *const names[] = { "running", "entry", "unload" };
    const char *text = nc_yaml_text(y, node, "'phase'");
    for (uint8_t i = 0; text != NULL && i < 3; i++) {
        if (strcmp(text, names[i]) == 0) {
            *phase = i;
            return true;
        }
    }
    return text != NULL && nc_yaml_fail(y, node, "'phase' is running, entry or unload, not '%s'", text);
}

static bool role_read(struct nc_contract_yaml *y, yaml_node_t *key, yaml_node_t *map)
{
    struct nc_role_contract r = { .page = "", .display = "callback", .min = -1 };
    yaml_node_t *names = NULL;
    if (!nc_yaml_is_map(y, map, "a role")) {
        return false;
    }
    EACH_PAIR(y, map, pair)
    {
        yaml_node_t *field = nc_yaml_node(y, pair->key), *value = nc_yaml_node(y, pair->value);
        const char *name = nc_yaml_text(y, field, "a key");
        bool ok = name != NULL;
        if (!ok) {
            return false;
        }
        if (strcmp(name, "page") == 0) {
            ok = (r.page = nc_yaml_text(y, value, "'page'")) != NULL;
        } else if (strcmp(name, "display") == 0) {
            ok = (r.display = nc_yaml_text(y, value, "'display'")) != NULL;
        } else if (strcmp(name, "irql") == 0) {
            ok = nc_yaml_levels(y, value, &r.min, &r.max);
        } else if (strcmp(name, "phase") == 0) {
            ok = phase_read(y, value, &r.phase);
        } else if (strcmp(name, "once") == 0) {
            ok = nc_yaml_flag(y, value, "'once'", &r.once);
        } else if (strcmp(name, "half") == 0) {
            ok = nc_yaml_flag(y, value, "'half'", &r.half);
        } else if (strcmp(name, "names") == 0) {
            names = value;
        } else {
            ok = nc_yaml_fail(y, field, "a role has no key '%s' (display, irql, phase, once, half, page, names)", name);
        }
        if (!ok) {
            return false;
        }
    }
    if (r.min < 0) {
        return nc_yaml_fail(y, key, "a role needs 'irql'");
    }
    return role_add(y, key, &r) && more_names(y, names, role_add, &r);
}

/* RECORD: { FIELD: ROLE, ... } */
static bool slot_read(struct nc_contract_yaml *y, yaml_node_t *key, yaml_node_t *map)
{
    struct nc_slot_contract s = { .record = nc_yaml_text(y, key, "a record's name") };
    if (s.record == NULL || !nc_yaml_is_map(y, map, "a record's slots")) {
        return false;
    }
    EACH_PAIR(y, map, pair)
    {
        yaml_node_t *field = nc_yaml_node(y, pair->key), *role = nc_yaml_node(y, pair->value);
        s.field = nc_yaml_text(y, field, "a field's name");
        s.role = s.field != NULL ? nc_yaml_text(y, role, "a slot's role") : NULL;
        if (s.role == NULL) {
            return false;
        }
        nc_contract_set_mention(y->set, s.role, false, nc_yaml_origin(y, role));
        nc_contract_set_slot(y->set, &s, nc_yaml_origin(y, field));
    }
    return true;
}

static bool kind_read(struct nc_contract_yaml *y, yaml_node_t *key, yaml_node_t *map)
{
    struct nc_kind k = {
        .display = "registration", .characteristics = "", .instance = "", .end_function = "", .wait_function = ""
    };
    k.name = nc_yaml_text(y, key, "a kind's name");
    if (k.name == NULL || !nc_yaml_is_map(y, map, "a kind")) {
        return false;
    }
    const struct {
        const char *key;
        const char **text;
        bool *flag;
    } fields[] = { { "display", &k.display, NULL },
                   { "characteristics", &k.characteristics, NULL },
                   { "instance", &k.instance, NULL },
                   { "end", &k.end_function, NULL },
                   { "complete", &k.wait_function, NULL },
                   { "wait", NULL, &k.has_wait },
                   { "handle_is_address", NULL, &k.handle_is_address } };
    EACH_PAIR(y, map, pair)
    {
        yaml_node_t *field = nc_yaml_node(y, pair->key), *value = nc_yaml_node(y, pair->value);
        const char *name = nc_yaml_text(y, field, "a key");
        if (name == NULL) {
            return false;
        }
        size_t i = 0;
        while (i < sizeof fields / sizeof *fields && strcmp(fields[i].key, name) != 0) {
            i++;
        }
        if (i == sizeof fields / sizeof *fields) {
            return nc_yaml_fail(
                y, field,
                "a kind has no key '%s' (display, wait, handle_is_address, characteristics, instance, end, complete)",
                name);
        }
        if (fields[i].flag != NULL ? !nc_yaml_flag(y, value, name, fields[i].flag)
                                   : (*fields[i].text = nc_yaml_text(y, value, name)) == NULL) {
            return false;
        }
    }
    nc_contract_set_kind(y->set, &k, nc_yaml_origin(y, key));
    return true;
}

static bool section_read(struct nc_contract_yaml *y, yaml_node_t *key, yaml_node_t *map)
{
    static const struct {
        const char *name;
        bool (*read)(struct nc_contract_yaml *, yaml_node_t *, yaml_node_t *);
    } sections[] = {
        { "functions", function_read }, { "roles", role_read }, { "slots", slot_read }, { "kinds", kind_read }
    };
    const char *name = nc_yaml_text(y, key, "a key");
    if (name == NULL) {
        return false;
    }
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (strcmp(name, sections[i].name) != 0) {
            continue;
        }
        if (!nc_yaml_is_map(y, map, name)) {
            return false;
        }
        EACH_PAIR(y, map, pair)
        {
            if (++y->set->effect_total > TOTAL_LIMIT) {
                return nc_yaml_fail(y, map, "more than %d entries", TOTAL_LIMIT);
            }
            if (!sections[i].read(y, nc_yaml_node(y, pair->key), nc_yaml_node(y, pair->value))) {
                return false;
            }
        }
        return true;
    }
    return nc_yaml_fail(y, key, "unknown section '%s' (functions, roles, slots, kinds)", name);
}

static bool document_read(struct nc_contract_yaml *y)
{
    yaml_node_t *root = yaml_document_get_root_node(y->document);
    if (root == NULL) {
        return nc_yaml_fail(y, NULL, "the file has no contracts in it");
    }
    if (!nc_yaml_is_map(y, root, "the file")) {
        return false;
    }
    EACH_PAIR(y, root, pair)
    {
        if (!section_read(y, nc_yaml_node(y, pair->key), nc_yaml_node(y, pair->value))) {
            return false;
        }
    }
    return true;
}

static char *parser_error(const char *name, const yaml_parser_t *parser)
{
    const char *problem = parser->problem ? parser->problem : "not readable as YAML";
    size_t line = parser->problem_mark.line ? parser->problem_mark.line : parser->context_mark.line;
    char what[256];
    snprintf(what, sizeof what, "not valid YAML: %s", problem);
    return nc_contract_error(name, line + 1, what);
}

bool nc_contract_read(struct nc_contract_set *set, const char *text, size_t length, const char *name, char **error)
{
    *error = NULL;
    yaml_parser_t parser;
    yaml_document_t document;
    struct nc_contract_yaml y = { set, &document, nc_arena_strdup(set->arena, name), error };
    if (!yaml_parser_initialize(&parser)) {
        return nc_yaml_fail(&y, NULL, "out of memory");
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    bool ok = yaml_parser_load(&parser, &document);
    if (!ok) {
        *error = parser_error(name, &parser);
    } else {
        ok = document_read(&y);
        yaml_document_delete(&document);
    }
    if (ok) { /* a second document would be ignored silently */
        yaml_document_t rest;
        ok = yaml_parser_load(&parser, &rest);
        if (!ok) {
            *error = parser_error(name, &parser);
        } else {
            yaml_node_t *root = yaml_document_get_root_node(&rest);
            ok = root == NULL || nc_yaml_fail(&y, root, "the file holds more than one YAML document");
            yaml_document_delete(&rest);
        }
    }
    yaml_parser_delete(&parser);
    return ok;
}

char *nc_contract_read_file(const char *path, size_t *length, char **error)
{
    *error = NULL;
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t used = 0, capacity = 0;
    if (f != NULL) {
        errno = 0;
        do {
            if (capacity - used < 4096) {
                capacity = capacity ? capacity * 2 : 16384;
                text = nc_xrealloc(text, capacity);
            }
            used += fread(text + used, 1, capacity - used - 1, f);
        } while (!feof(f) && !ferror(f) && used <= FILE_LIMIT);
    }
    const char *what = f == NULL || ferror(f) ? strerror(errno ? errno : EIO)
                       : used > FILE_LIMIT    ? "larger than 16 MB"
                                              : NULL;
    if (f != NULL) {
        fclose(f);
    }
    if (what != NULL) {
        free(text);
        char message[256];
        snprintf(message, sizeof message, "cannot be read: %s", what);
        *error = nc_contract_error(path, 1, message);
        return NULL;
    }
    text[used] = '\0';
    *length = used;
    return text;
}
