/* Item definitions and items: the passes that see all properties. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/condition.h"
#include "project/disk.h"
#include "project/evaluate_inner.h"
#include "report/paths.h"
#include "support/arena.h"

/* More items than any project has. */
enum { MAX_ITEMS = 100000 };

static struct nc_definition *definition(struct nc_evaluation *e, const char *type)
{
    for (size_t i = 0; i < e->definition_count; i++)
        if (strcasecmp(e->definitions[i].type, type) == 0)
            return &e->definitions[i];
    e->definitions = nc_xrealloc(e->definitions, (e->definition_count + 1) * sizeof *e->definitions);
    e->definitions[e->definition_count] = (struct nc_definition){ .type = nc_strcopy(type) };
    return &e->definitions[e->definition_count++];
}

/* Only these are worth keeping. */
static bool is_wanted_type(const xmlNode *node)
{
    static const char *const unwanted[] = { "None", "Text", "Image", "Content", "Media", "Font", "Natvis", NULL };

    for (const char *const *type = unwanted; *type; type++)
        if (nc_element_is(node, *type))
            return false;
    return node->type == XML_ELEMENT_NODE;
}

static void set_metadata(struct nc_scope *scope, struct nc_properties *metadata, const char *name, const char *text)
{
    char *value;

    scope->metadata = metadata;
    value = nc_expand(scope, text);
    nc_properties_set(metadata, name, value);
    free(value);
}

static void read_metadata(struct nc_scope *scope, struct nc_properties *metadata, const xmlNode *node)
{
    for (const xmlAttr *a = node->properties; a; a = a->next) {
        static const char *const own[] = { "Include", "Exclude",   "Remove",         "Update",
                                           "Label",   "Condition", "KeepDuplicates", NULL };
        const char *const *known = own;
        char *text;

        while (*known && strcasecmp(*known, (const char *)a->name) != 0)
            known++;
        if (*known)
            continue;
        text = nc_element_attribute(node, (const char *)a->name);
        if (text)
            set_metadata(scope, metadata, (const char *)a->name, text);
        free(text);
    }
    for (const xmlNode *child = node->children; child; child = child->next) {
        char *text;

        scope->metadata = metadata;
        if (child->type != XML_ELEMENT_NODE || !nc_element_condition(scope, child))
            continue;
        text = nc_element_text(child);
        set_metadata(scope, metadata, (const char *)child->name, text);
        free(text);
    }
}

void nc_evaluate_definitions(struct nc_evaluator *v)
{
    for (size_t i = 0; i < v->late_count && v->budget > 0; i++) {
        struct nc_scope scope = nc_evaluator_scope(v, v->late[i].file);

        if (!nc_element_is(v->late[i].node, "ItemDefinitionGroup") || !nc_element_condition(&scope, v->late[i].node))
            continue;
        for (const xmlNode *node = v->late[i].node->children; node; node = node->next) {
            if (!is_wanted_type(node))
                continue;
            scope.metadata = &definition(v->e, (const char *)node->name)->metadata;
            if (nc_element_condition(&scope, node))
                read_metadata(&scope, &definition(v->e, (const char *)node->name)->metadata, node);
        }
    }
}

/* The identities that a list of patterns stands for: absolute paths. */
static void expand_list(struct nc_evaluator *v, const struct nc_scope *scope, const char *text,
                        struct nc_strlist *paths)
{
    struct nc_strlist parts = { 0 };
    char *value = nc_expand(scope, text);

    nc_split_list(value, &parts);
    for (size_t i = 0; i < parts.count && paths->count < MAX_ITEMS; i++) {
        nc_unescape(parts.items[i]);
        if (!nc_disk_glob(parts.items[i], v->folder, paths))
            nc_scope_note(scope, "the wildcard '%s' stands for too many files; some are left out", parts.items[i]);
    }
    nc_strlist_clear(&parts);
    free(value);
}

static void expand_names(const struct nc_scope *scope, const char *text, struct nc_strlist *names)
{
    char *value = nc_expand(scope, text);

    nc_split_list(value, names);
    free(value);
}

static void add_item(struct nc_evaluator *v, const xmlNode *node, const char *path)
{
    struct nc_items *items = &v->e->items;

    if (items->count == items->capacity) {
        items->capacity = items->capacity ? items->capacity * 2 : 32;
        items->list = nc_xrealloc(items->list, items->capacity * sizeof *items->list);
    }
    items->list[items->count] =
        (struct nc_item){ .type = nc_strcopy((const char *)node->name), .identity = nc_strcopy(path) };
    nc_properties_copy(&items->list[items->count].metadata, &definition(v->e, (const char *)node->name)->metadata);
    items->count++;
}

static void include(struct nc_evaluator *v, struct nc_scope *scope, const xmlNode *node, const char *list)
{
    struct nc_strlist paths = { 0 }, excluded = { 0 };
    char *exclude = nc_element_attribute(node, "Exclude");
    /* "Debug|x64" and names of packages are no paths. */
    bool names = nc_element_is(node, "ProjectConfiguration") || nc_element_is(node, "PackageReference");

    if (names)
        expand_names(scope, list, &paths);
    else
        expand_list(v, scope, list, &paths);
    if (exclude)
        expand_list(v, scope, exclude, &excluded);
    nc_strlist_sort(&excluded);
    for (size_t i = 0; i < paths.count && v->e->items.count < MAX_ITEMS; i++) {
        struct nc_item *item;

        if (nc_strlist_has(&excluded, paths.items[i]))
            continue;
        add_item(v, node, paths.items[i]);
        item = &v->e->items.list[v->e->items.count - 1];
        scope->identity = item->identity;
        read_metadata(scope, &item->metadata, node);
        scope->identity = NULL;
    }
    nc_strlist_clear(&paths);
    nc_strlist_clear(&excluded);
    free(exclude);
}

/* Update and Remove: items that are there already. */
static void change(struct nc_evaluator *v, struct nc_scope *scope, const xmlNode *node, const char *list, bool remove)
{
    struct nc_items *items = &v->e->items;
    struct nc_strlist paths = { 0 };
    size_t kept = 0;

    expand_list(v, scope, list, &paths);
    for (size_t i = 0; i < items->count; i++) {
        struct nc_item *item = &items->list[i];
        bool named = strcasecmp(item->type, (const char *)node->name) == 0 && nc_strlist_has(&paths, item->identity);

        if (named && remove) {
            free(item->type);
            free(item->identity);
            nc_properties_clear(&item->metadata);
            continue;
        }
        if (named) {
            scope->identity = item->identity;
            read_metadata(scope, &item->metadata, node);
            scope->identity = NULL;
        }
        items->list[kept++] = *item;
    }
    items->count = kept;
    nc_strlist_clear(&paths);
}

static void item_element(struct nc_evaluator *v, struct nc_scope *scope, const xmlNode *node)
{
    static const char *const forms[] = { "Include", "Update", "Remove" };

    scope->metadata = &definition(v->e, (const char *)node->name)->metadata;
    if (!nc_element_condition(scope, node))
        return;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char *list = nc_element_attribute(node, forms[i]);

        if (list && i == 0)
            include(v, scope, node, list);
        else if (list)
            change(v, scope, node, list, i == 2);
        free(list);
    }
}

void nc_evaluate_items(struct nc_evaluator *v)
{
    for (size_t i = 0; i < v->late_count && v->budget > 0; i++) {
        struct nc_scope scope = nc_evaluator_scope(v, v->late[i].file);

        scope.items = &v->e->items;
        if (!nc_element_is(v->late[i].node, "ItemGroup") || !nc_element_condition(&scope, v->late[i].node))
            continue;
        for (const xmlNode *node = v->late[i].node->children; node; node = node->next) {
            scope.metadata = NULL;
            if (is_wanted_type(node))
                item_element(v, &scope, node);
        }
    }
}
