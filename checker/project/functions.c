#include "project/functions.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/buffer.h"
#include "project/disk.h"
#include "report/paths.h"
#include "support/arena.h"

static bool is(const char *a, const char *b) { return strcasecmp(a, b) == 0; }

static char *with_slash(const char *path)
{
    size_t n = strlen(path);

    return n == 0 || path[n - 1] == '/' || path[n - 1] == '\\' ? nc_strcopy(path) : nc_strformat("%s/", path);
}

static char *msbuild_function(const struct nc_scope *scope, const char *name, char *const *args, size_t count)
{
    char *path, *parent;

    if (is(name, "GetPathOfFileAbove") && count >= 1) {
        char *folder = count > 1 ? nc_disk_path(args[1], scope->folder) : nc_path_parent(scope->file);

        path = nc_disk_find_above(folder, args[0]);
        free(folder);
        return path ? path : nc_strcopy("");
    }
    if (is(name, "GetDirectoryNameOfFileAbove") && count >= 2) {
        char *folder = nc_disk_path(args[0], scope->folder);

        path = nc_disk_find_above(folder, args[1]);
        free(folder);
        if (!path)
            return nc_strcopy("");
        parent = nc_path_parent(path);
        free(path);
        return parent;
    }
    if (is(name, "EnsureTrailingSlash") && count == 1)
        return with_slash(args[0]);
    if (is(name, "NormalizePath") && count == 1)
        return nc_disk_path(args[0], scope->folder);
    if (is(name, "NormalizeDirectory") && count == 1) {
        path = nc_disk_path(args[0], scope->folder);
        parent = with_slash(path);
        free(path);
        return parent;
    }
    if (is(name, "ValueOrDefault") && count == 2)
        return nc_strcopy(*args[0] ? args[0] : args[1]);
    if (is(name, "IsOSPlatform") && count == 1)
        return nc_strcopy(is(args[0], "windows") ? "True" : "False");
    if (is(name, "Escape") || is(name, "Unescape"))
        return nc_strcopy(count > 0 ? args[0] : "");
    if (is(name, "Add") && count == 2)
        return nc_strformat("%lld", strtoll(args[0], NULL, 10) + strtoll(args[1], NULL, 10));
    return NULL;
}

static char *combine(const struct nc_scope *scope, char *const *args, size_t count)
{
    struct nc_buffer b = { 0 };

    (void)scope;
    for (size_t i = 0; i < count; i++) {
        if (args[i][0] == '/' || (isalpha((unsigned char)args[i][0]) && args[i][1] == ':'))
            free(nc_buffer_take(&b));
        else if (b.length > 0 && b.text[b.length - 1] != '/' && b.text[b.length - 1] != '\\')
            nc_buffer_put(&b, "/");
        nc_buffer_put(&b, args[i]);
    }
    return nc_buffer_take(&b);
}

static char *path_function(const struct nc_scope *scope, const char *name, char *const *args, size_t count)
{
    const char *dot;

    if (is(name, "Combine"))
        return combine(scope, args, count);
    if (count == 0)
        return NULL;
    dot = strrchr(nc_path_name(args[0]), '.');
    if (is(name, "GetFullPath"))
        return nc_disk_path(args[0], scope->folder);
    if (is(name, "GetDirectoryName"))
        return nc_path_parent(args[0]);
    if (is(name, "GetFileName"))
        return nc_strcopy(nc_path_name(args[0]));
    if (is(name, "GetExtension"))
        return nc_strcopy(dot ? dot : "");
    if (is(name, "GetFileNameWithoutExtension")) {
        const char *file = nc_path_name(args[0]);

        return nc_strformat("%.*s", (int)(dot ? (size_t)(dot - file) : strlen(file)), file);
    }
    return NULL;
}

char *nc_static_function(const struct nc_scope *scope, const char *type, const char *name, char *const *args,
                         size_t count)
{
    if (is(type, "MSBuild"))
        return msbuild_function(scope, name, args, count);
    if (is(type, "System.IO.Path"))
        return path_function(scope, name, args, count);
    if ((is(type, "System.IO.File") || is(type, "System.IO.Directory")) && is(name, "Exists") && count == 1) {
        char *path = nc_disk_path(args[0], scope->folder);
        bool exists = is(type, "System.IO.File") ? nc_disk_is_file(path) : nc_disk_is_folder(path);

        free(path);
        return nc_strcopy(exists ? "True" : "False");
    }
    if (is(type, "System.String") && is(name, "IsNullOrEmpty") && count == 1)
        return nc_strcopy(*args[0] ? "False" : "True");
    if (is(type, "System.Environment") && is(name, "GetEnvironmentVariable") && count == 1) {
        const char *value = getenv(args[0]);

        return nc_strcopy(value ? value : "");
    }
    if (is(type, "System.Runtime.InteropServices.RuntimeInformation"))
        return nc_strcopy(is(name, "OSArchitecture") || is(name, "ProcessArchitecture") ? "X64" : "");
    return NULL;
}

/* The result's size where a replacement would make it larger and larger. */
enum { MAX_REPLACED = 1 << 20 };

static char *replace(const char *value, const char *from, const char *to)
{
    struct nc_buffer b = { 0 };
    size_t n = strlen(from);
    const char *at;

    while (n > 0 && b.length < MAX_REPLACED && (at = strstr(value, from)) != NULL) {
        nc_buffer_add(&b, value, (size_t)(at - value));
        nc_buffer_put(&b, to);
        value = at + n;
    }
    nc_buffer_put(&b, value);
    return nc_buffer_take(&b);
}

static char *change_case(const char *value, int (*change)(int))
{
    char *copy = nc_strcopy(value);

    for (char *c = copy; *c; c++)
        *c = (char)change((unsigned char)*c);
    return copy;
}

static char *trim(const char *value, const char *set, bool front, bool back)
{
    size_t n;

    while (front && *value && strchr(set, *value))
        value++;
    n = strlen(value);
    while (back && n > 0 && strchr(set, value[n - 1]))
        n--;
    return nc_strformat("%.*s", (int)n, value);
}

static char *substring(const char *value, char *const *args, size_t count)
{
    size_t n = strlen(value), from = strtoul(args[0], NULL, 10), length;

    if (from > n)
        from = n;
    length = count > 1 ? strtoul(args[1], NULL, 10) : n - from;
    return nc_strformat("%.*s", (int)(length < n - from ? length : n - from), value + from);
}

char *nc_string_method(const char *value, const char *name, char *const *args, size_t count)
{
    size_t n = strlen(value), m = count > 0 ? strlen(args[0]) : 0;

    if (is(name, "ToLower") || is(name, "ToLowerInvariant"))
        return change_case(value, tolower);
    if (is(name, "ToUpper") || is(name, "ToUpperInvariant"))
        return change_case(value, toupper);
    if (is(name, "Trim") || is(name, "TrimStart") || is(name, "TrimEnd"))
        return trim(value, count > 0 ? args[0] : " \t\r\n", !is(name, "TrimEnd"), !is(name, "TrimStart"));
    if (is(name, "ToString"))
        return nc_strcopy(value);
    if (is(name, "Length") && count == 0)
        return nc_strformat("%zu", n);
    if (count == 0)
        return NULL;
    if (is(name, "Replace") && count == 2)
        return replace(value, args[0], args[1]);
    if (is(name, "Substring"))
        return substring(value, args, count);
    if (is(name, "StartsWith"))
        return nc_strcopy(strncmp(value, args[0], m) == 0 ? "True" : "False");
    if (is(name, "EndsWith"))
        return nc_strcopy(n >= m && strcmp(value + n - m, args[0]) == 0 ? "True" : "False");
    if (is(name, "Contains"))
        return nc_strcopy(strstr(value, args[0]) ? "True" : "False");
    return NULL;
}
