#include "project/evaluate.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/condition.h"
#include "project/disk.h"
#include "project/evaluate_inner.h"
#include "report/paths.h"
#include "support/arena.h"

/* Limits against files that never end. Real projects stay far below. */
enum { MAX_FILE = 16 << 20, MAX_FILES = 500, MAX_DEPTH = 60, MAX_NESTING = 100, MAX_TEXT = 256 << 20 };

/* Folders that only the toolset has; imports from there are imitated or left out. */
static const char toolset_folder[] = "/<toolset>";

bool nc_element_is(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcasecmp((const char *)node->name, name) == 0;
}

char *nc_element_attribute(const xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    char *copy = value ? nc_strcopy((const char *)value) : NULL;

    xmlFree(value);
    return copy;
}

char *nc_element_text(const xmlNode *node)
{
    xmlChar *value = xmlNodeGetContent(node);
    char *copy = nc_strcopy(value ? (const char *)value : "");

    xmlFree(value);
    return copy;
}

struct nc_scope nc_evaluator_scope(struct nc_evaluator *v, size_t file)
{
    return (struct nc_scope){ .properties = &v->e->properties,
                              .file = v->e->files.items[file],
                              .folder = v->folder,
                              .notes = &v->e->notes,
                              .budget = &v->budget };
}

bool nc_element_condition(const struct nc_scope *scope, const xmlNode *node)
{
    char *text = nc_element_attribute(node, "Condition");
    bool result = nc_condition(scope, text);

    free(text);
    return result;
}

static void fail(struct nc_evaluator *v, char *message)
{
    if (v->error)
        free(message);
    else
        v->error = message;
}

static xmlDoc *read_document(struct nc_evaluator *v, const char *path)
{
    size_t length = 0;
    char *error = NULL, *text = nc_disk_read(path, MAX_FILE, &length, &error);
    xmlParserCtxt *context;
    xmlDoc *document = NULL;

    if (!text) {
        fail(v, error);
        return NULL;
    }
    context = xmlNewParserCtxt();
    if (context)
        document = xmlCtxtReadMemory(context, text, (int)length, path, NULL,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS);
    if (!document) {
        const xmlError *problem = context ? xmlCtxtGetLastError(context) : NULL;
        const char *message = problem && problem->message ? problem->message : "not XML\n";

        fail(v, nc_strformat("%s:%d: %.*s", path, problem ? problem->line : 1, (int)strcspn(message, "\n"), message));
    }
    xmlFreeParserCtxt(context);
    free(text);
    if (document && (document->intSubset || !xmlDocGetRootElement(document) ||
                     !nc_element_is(xmlDocGetRootElement(document), "Project"))) {
        fail(v, nc_strformat("%s: not a project: its root element is not Project", path));
        xmlFreeDoc(document);
        return NULL;
    }
    return document;
}

static void keep_for_later(struct nc_evaluator *v, xmlNode *node, size_t file)
{
    if (v->late_count == v->late_capacity) {
        v->late_capacity = v->late_capacity ? v->late_capacity * 2 : 64;
        v->late = nc_xrealloc(v->late, v->late_capacity * sizeof *v->late);
    }
    v->late[v->late_count++] = (struct nc_late_element){ .node = node, .file = file };
}

static void property_group(struct nc_evaluator *v, const xmlNode *group, size_t file)
{
    struct nc_scope scope = nc_evaluator_scope(v, file);

    if (!nc_element_condition(&scope, group))
        return;
    for (const xmlNode *node = group->children; node; node = node->next) {
        char *text, *value;

        if (node->type != XML_ELEMENT_NODE || !nc_element_condition(&scope, node))
            continue;
        text = nc_element_text(node);
        value = nc_expand(&scope, text);
        nc_properties_set(&v->e->properties, (const char *)node->name, value);
        free(value);
        free(text);
    }
}

static void set_default(struct nc_evaluator *v, const char *name, const char *text)
{
    struct nc_scope scope = nc_evaluator_scope(v, 0);
    const char *old = nc_properties_get(&v->e->properties, name);
    char *value;

    if (old && *old)
        return;
    value = nc_expand(&scope, text);
    nc_properties_set(&v->e->properties, name, value);
    free(value);
}

static void default_folders(struct nc_evaluator *v)
{
    set_default(v, "TargetName", "$(MSBuildProjectName)");
    set_default(v, "IntDir", "$(Platform)\\$(Configuration)\\");
    set_default(v, "OutDir", "$(SolutionDir)$(Platform)\\$(Configuration)\\");
    set_default(v, "TargetExt", "");
    set_default(v, "TargetPath", "$(OutDir)$(TargetName)$(TargetExt)");
}

/* Directory.Build.props comes with the toolset's first import. */
static void directory_file(struct nc_evaluator *v, bool *had, const char *name)
{
    char *path;

    if (*had)
        return;
    *had = true;
    path = nc_disk_find_above(v->folder, name);
    if (path)
        nc_evaluate_file(v, path);
    free(path);
}

/* $(VCTargetsPath)\Microsoft.Cpp.Default.props and its like. */
static void toolset_import(struct nc_evaluator *v, const char *path)
{
    const char *name = nc_path_name(path);

    if (strcasecmp(name, "Microsoft.Cpp.Default.props") == 0) {
        directory_file(v, &v->had_directory_props, "Directory.Build.props");
    } else if (strcasecmp(name, "Microsoft.Cpp.props") == 0) {
        directory_file(v, &v->had_directory_props, "Directory.Build.props");
        default_folders(v);
    } else if (strcasecmp(name, "Microsoft.Cpp.targets") == 0) {
        directory_file(v, &v->had_directory_targets, "Directory.Build.targets");
    }
}

static void import_one(struct nc_evaluator *v, const char *text, const char *folder)
{
    struct nc_strlist paths = { 0 };
    char *slashed = nc_strcopy(text);

    for (char *c = slashed; *c; c++)
        if (*c == '\\')
            *c = '/';
    if (strncmp(slashed, toolset_folder, sizeof toolset_folder - 1) == 0) {
        toolset_import(v, slashed);
        free(slashed);
        return;
    }
    nc_disk_glob(slashed, folder, &paths);
    for (size_t i = 0; i < paths.count && !v->error; i++) {
        if (nc_disk_is_file(paths.items[i])) {
            nc_evaluate_file(v, paths.items[i]);
        } else {
            struct nc_scope scope = nc_evaluator_scope(v, 0);

            nc_scope_note(&scope, "the imported file '%s' is not there", paths.items[i]);
            v->e->incomplete = true;
            directory_file(v, &v->had_directory_props, "Directory.Build.props");
        }
    }
    nc_strlist_clear(&paths);
    free(slashed);
}

static void import(struct nc_evaluator *v, const xmlNode *node, size_t file)
{
    struct nc_scope scope = nc_evaluator_scope(v, file);
    char *folder = nc_path_parent(scope.file), *text, *value;
    struct nc_strlist parts = { 0 };

    scope.folder = folder; /* an import's condition looks from the file that it is in */
    text = nc_element_condition(&scope, node) ? nc_element_attribute(node, "Project") : NULL;
    value = text ? nc_expand(&scope, text) : NULL;
    if (value) {
        nc_split_list(value, &parts);
        for (size_t i = 0; i < parts.count && !v->error; i++) {
            nc_unescape(parts.items[i]);
            import_one(v, parts.items[i], folder);
        }
    }
    nc_strlist_clear(&parts);
    free(value);
    free(text);
    free(folder);
}

static void elements(struct nc_evaluator *v, xmlNode *parent, size_t file, unsigned depth);

static void choose(struct nc_evaluator *v, xmlNode *node, size_t file, unsigned depth)
{
    for (xmlNode *branch = node->children; branch; branch = branch->next) {
        struct nc_scope scope = nc_evaluator_scope(v, file);

        if (nc_element_is(branch, "Otherwise") ||
            (nc_element_is(branch, "When") && nc_element_condition(&scope, branch))) {
            elements(v, branch, file, depth + 1);
            return;
        }
    }
}

static void elements(struct nc_evaluator *v, xmlNode *parent, size_t file, unsigned depth)
{
    if (depth > MAX_NESTING)
        return;
    for (xmlNode *node = parent->children; node && !v->error; node = node->next) {
        struct nc_scope scope = nc_evaluator_scope(v, file);

        if (nc_element_is(node, "PropertyGroup"))
            property_group(v, node, file);
        else if (nc_element_is(node, "ItemGroup") || nc_element_is(node, "ItemDefinitionGroup"))
            keep_for_later(v, node, file);
        else if (nc_element_is(node, "Import"))
            import(v, node, file);
        else if (nc_element_is(node, "ImportGroup") && nc_element_condition(&scope, node))
            elements(v, node, file, depth + 1);
        else if (nc_element_is(node, "Choose"))
            choose(v, node, file, depth);
    }
    if (v->budget == 0)
        fail(v, nc_strformat("%s: its properties grow without end", v->e->files.items[0]));
}

void nc_evaluate_file(struct nc_evaluator *v, const char *path)
{
    size_t file = v->e->files.count;
    xmlDoc *document;

    if (nc_strlist_has(&v->stack, path)) {
        fail(v, nc_strformat("%s: the file '%s' imports itself, by way of '%s'", v->e->files.items[0], path,
                             v->stack.items[v->stack.count - 1]));
        return;
    }
    if (nc_strlist_has(&v->e->files, path)) /* the second import of a file counts as none */
        return;
    if (file >= MAX_FILES || v->stack.count >= MAX_DEPTH) {
        fail(v, nc_strformat("%s: it imports too many files", v->e->files.items[0]));
        return;
    }
    nc_strlist_add(&v->e->files, path);
    document = read_document(v, path);
    if (!document)
        return;
    v->documents = nc_xrealloc(v->documents, (v->document_count + 1) * sizeof *v->documents);
    v->documents[v->document_count++] = document;
    nc_strlist_add(&v->stack, path);
    elements(v, xmlDocGetRootElement(document), file, 0);
    free(v->stack.items[--v->stack.count]);
}

/* Properties that MSBuild gives every project. */
static void start_properties(struct nc_evaluator *v)
{
    const struct nc_evaluation_input *in = v->input;
    struct nc_properties *p = &v->e->properties;
    const char *name = nc_path_name(in->path), *dot = strrchr(name, '.');
    char *stem = nc_strformat("%.*s", (int)(dot ? (size_t)(dot - name) : strlen(name)), name);
    char *folder_slash = nc_strformat("%s/", v->folder);

    nc_properties_fix(p, "Configuration", in->configuration);
    nc_properties_fix(p, "Platform", in->platform);
    nc_properties_fix(p, "VCTargetsPath", toolset_folder);
    nc_properties_fix(p, "MSBuildExtensionsPath", toolset_folder);
    nc_properties_fix(p, "MSBuildToolsPath", toolset_folder);
    nc_properties_fix(p, "UserRootDir", toolset_folder);
    nc_properties_fix(p, "MSBuildProjectFullPath", in->path);
    nc_properties_fix(p, "MSBuildProjectFile", name);
    nc_properties_fix(p, "MSBuildProjectName", stem);
    nc_properties_fix(p, "MSBuildProjectExtension", dot ? dot : "");
    nc_properties_fix(p, "MSBuildProjectDirectory", v->folder);
    nc_properties_fix(p, "ProjectDir", folder_slash);
    nc_properties_fix(p, "ProjectPath", in->path);
    nc_properties_fix(p, "ProjectFileName", name);
    nc_properties_set(p, "ProjectName", stem);
    nc_properties_set(p, "VisualStudioVersion", "17.0");
    nc_properties_set(p, "DefaultPlatformToolset", "v143");
    nc_properties_set(p, "OS", "Windows_NT");
    if (in->solution) {
        char *folder = nc_path_parent(in->solution), *slash = nc_strformat("%s/", folder);

        nc_properties_fix(p, "SolutionDir", slash);
        nc_properties_fix(p, "SolutionPath", in->solution);
        nc_properties_fix(p, "SolutionFileName", nc_path_name(in->solution));
        free(slash);
        free(folder);
    } else {
        nc_properties_set(p, "SolutionDir", folder_slash);
    }
    if (in->toolset)
        nc_properties_copy(p, in->toolset);
    free(folder_slash);
    free(stem);
}

int nc_evaluate(struct nc_evaluation *e, const struct nc_evaluation_input *input, char **error)
{
    struct nc_evaluator v = { .e = e, .input = input, .budget = MAX_TEXT };

    *e = (struct nc_evaluation){ 0 };
    v.folder = nc_path_parent(input->path);
    start_properties(&v);
    nc_evaluate_file(&v, input->path);
    if (!v.error) {
        directory_file(&v, &v.had_directory_props, "Directory.Build.props");
        default_folders(&v);
    }
    if (!v.error)
        nc_evaluate_definitions(&v);
    if (!v.error)
        nc_evaluate_items(&v);
    if (!v.error && v.budget == 0)
        v.error = nc_strformat("%s: its properties grow without end", input->path);
    for (size_t i = 0; i < v.document_count; i++)
        xmlFreeDoc(v.documents[i]);
    free(v.documents);
    free(v.late);
    free(v.folder);
    nc_strlist_clear(&v.stack);
    *error = v.error;
    return v.error ? 2 : 0;
}

void nc_evaluation_clear(struct nc_evaluation *e)
{
    nc_properties_clear(&e->properties);
    for (size_t i = 0; i < e->items.count; i++) {
        free(e->items.list[i].type);
        free(e->items.list[i].identity);
        nc_properties_clear(&e->items.list[i].metadata);
    }
    free(e->items.list);
    for (size_t i = 0; i < e->definition_count; i++) {
        free(e->definitions[i].type);
        nc_properties_clear(&e->definitions[i].metadata);
    }
    free(e->definitions);
    nc_strlist_clear(&e->files);
    nc_strlist_clear(&e->notes);
    *e = (struct nc_evaluation){ 0 };
}

const char *nc_evaluation_property(const struct nc_evaluation *e, const char *name)
{
    const char *value = nc_properties_get(&e->properties, name);

    return value ? value : "";
}

const char *nc_evaluation_default(const struct nc_evaluation *e, const char *type, const char *name)
{
    for (size_t i = 0; i < e->definition_count; i++)
        if (strcasecmp(e->definitions[i].type, type) == 0) {
            const char *value = nc_properties_get(&e->definitions[i].metadata, name);

            return value ? value : "";
        }
    return "";
}
