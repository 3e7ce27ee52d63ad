#include "project/solution.h"

#include <dirent.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/disk.h"
#include "report/paths.h"
#include "support/arena.h"
#include "support/strlist.h"

/* Solutions are far smaller; and so many folders up is a solution looked for. */
enum { MAX_FILE = 8 << 20, MAX_LEVELS = 8, MAX_PROJECTS = 5000 };

static bool has_suffix(const char *text, const char *suffix)
{
    size_t n = strlen(text), m = strlen(suffix);

    return n >= m && strcasecmp(text + n - m, suffix) == 0;
}

static struct nc_solution_project *add_project(struct nc_solution *s, const char *name)
{
    char *folder = nc_path_parent(s->path);

    s->projects = nc_xrealloc(s->projects, (s->count + 1) * sizeof *s->projects);
    s->projects[s->count] = (struct nc_solution_project){ .path = nc_disk_path(name, folder) };
    free(folder);
    return &s->projects[s->count++];
}

/* The n-th quoted text of a line (from 0; to free), or NULL. */
static char *quoted(const char *line, size_t length, unsigned n)
{
    const char *end = line + length;

    for (unsigned i = 0;; i++) {
        const char *open = memchr(line, '"', (size_t)(end - line)), *close;

        if (!open)
            return NULL;
        close = memchr(open + 1, '"', (size_t)(end - open - 1));
        if (!close)
            return NULL;
        if (i == n)
            return nc_strformat("%.*s", (int)(close - open - 1), open + 1);
        line = close + 1;
    }
}

/* "{GUID}.Release|x64.ActiveCfg = Debug|x64": what is built of a project. */
static void read_mapping(struct nc_solution_project *p, const char *text, const char *guid, const char *configuration,
                         const char *platform)
{
    char *key = nc_strformat("%s.%s|%s.ActiveCfg", guid, configuration, platform);
    const char *at = strcasestr(text, key), *value, *bar, *end;

    free(key);
    if (!at || !(value = strchr(at, '=')))
        return;
    value += 1 + strspn(value + 1, " \t");
    end = value + strcspn(value, "\r\n");
    bar = memchr(value, '|', (size_t)(end - value));
    if (!bar)
        return;
    p->configuration = nc_strformat("%.*s", (int)(bar - value), value);
    p->platform = nc_strformat("%.*s", (int)(end - bar - 1), bar + 1);
}

static int read_text(struct nc_solution *s, const char *text, const char *configuration, const char *platform)
{
    if (!strstr(text, "Microsoft Visual Studio Solution File"))
        return 2;
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\r\n"), blanks = strspn(line, " \t");

        if (strncmp(line + blanks, "Project(", 8) == 0 && s->count < MAX_PROJECTS) {
            char *name = quoted(line, length, 2), *guid = quoted(line, length, 3);

            if (name && guid && has_suffix(name, ".vcxproj"))
                read_mapping(add_project(s, name), text, guid, configuration, platform);
            free(name);
            free(guid);
        }
        line += length;
        line += strspn(line, "\r\n");
    }
    return 0;
}

/* <Solution><Folder><Project Path="a/a.vcxproj"/></Folder></Solution> */
static void read_elements(struct nc_solution *s, const xmlNode *parent, unsigned depth)
{
    for (const xmlNode *node = parent->children; node && depth < 100; node = node->next) {
        xmlChar *path;

        if (node->type != XML_ELEMENT_NODE)
            continue;
        path = strcasecmp((const char *)node->name, "Project") == 0 ? xmlGetProp(node, (const xmlChar *)"Path") : NULL;
        if (path && has_suffix((const char *)path, ".vcxproj") && s->count < MAX_PROJECTS)
            add_project(s, (const char *)path);
        xmlFree(path);
        read_elements(s, node, depth + 1);
    }
}

static int read_xml(struct nc_solution *s, const char *text, size_t length)
{
    xmlDoc *document =
        xmlReadMemory(text, (int)length, s->path, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    int result = root && !document->intSubset && strcasecmp((const char *)root->name, "Solution") == 0 ? 0 : 2;

    if (result == 0)
        read_elements(s, root, 0);
    if (document)
        xmlFreeDoc(document);
    return result;
}

int nc_solution_read(struct nc_solution *s, const char *path, const char *configuration, const char *platform,
                     char **error)
{
    size_t length = 0;
    char *text;
    int result;

    *s = (struct nc_solution){ .path = nc_disk_path(path, NULL) };
    text = nc_disk_read(s->path, MAX_FILE, &length, error);
    if (!text)
        return 2;
    result = has_suffix(path, ".slnx") ? read_xml(s, text, length) : read_text(s, text, configuration, platform);
    free(text);
    if (result != 0)
        *error = nc_strformat("'%s' is not a Visual Studio solution", path);
    return result;
}

void nc_solution_clear(struct nc_solution *s)
{
    for (size_t i = 0; i < s->count; i++) {
        free(s->projects[i].path);
        free(s->projects[i].configuration);
        free(s->projects[i].platform);
    }
    free(s->projects);
    free(s->path);
    *s = (struct nc_solution){ 0 };
}

static bool names_project(const char *solution, const char *project)
{
    size_t length = 0;
    char *error = NULL, *text = nc_disk_read(solution, MAX_FILE, &length, &error), *folder = nc_path_parent(solution);
    char *name = nc_path_below(project, folder) ? nc_path_display(project, folder) : NULL;
    bool named = false;

    for (char *c = text; c && *c; c++)
        if (*c == '\\')
            *c = '/';
    if (text && name)
        named = strcasestr(text, name) != NULL;
    free(name);
    free(folder);
    free(text);
    free(error);
    return named;
}

/* A solution in this very folder that names the project (to free), or NULL. */
static char *solution_in(const char *folder, const char *project)
{
    struct nc_strlist names = { 0 };
    DIR *directory = opendir(folder);
    struct dirent *entry;
    char *found = NULL;

    while (directory && (entry = readdir(directory)) != NULL)
        if (has_suffix(entry->d_name, ".sln") || has_suffix(entry->d_name, ".slnx"))
            nc_strlist_take(&names, nc_path_join(folder, entry->d_name));
    if (directory)
        closedir(directory);
    nc_strlist_sort(&names);
    for (size_t i = 0; i < names.count && !found; i++)
        if (names_project(names.items[i], project))
            found = nc_strcopy(names.items[i]);
    nc_strlist_clear(&names);
    return found;
}

char *nc_solution_above(const char *project)
{
    char *folder = nc_path_parent(project), *found = NULL;

    for (unsigned level = 0; level < MAX_LEVELS && !found; level++) {
        char *parent;

        found = solution_in(folder, project);
        parent = nc_path_parent(folder);
        if (strcmp(parent, folder) == 0) {
            free(parent);
            break;
        }
        free(folder);
        folder = parent;
    }
    free(folder);
    return found;
}
