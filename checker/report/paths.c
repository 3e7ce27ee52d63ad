#include "report/paths.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/arena.h"

static char *copy_n(const char *text, size_t n)
{
    char *copy = nc_xmalloc(n + 1);

    memcpy(copy, text, n);
    copy[n] = '\0';
    return copy;
}

static char *copy(const char *text) { return copy_n(text, strlen(text)); }

char *nc_path_cwd(void)
{
    char *cwd = getcwd(NULL, 0);

    return cwd ? cwd : copy("/");
}

static bool is_absolute(const char *path)
{
    return path[0] == '/' || (isalpha((unsigned char)path[0]) && path[1] == ':');
}

char *nc_path_join(const char *folder, const char *name)
{
    size_t n = strlen(folder), m = strlen(name);
    bool slash = n > 0 && folder[n - 1] != '/';
    char *path = nc_xmalloc(n + slash + m + 1);

    memcpy(path, folder, n);
    if (slash)
        path[n] = '/';
    memcpy(path + n + slash, name, m + 1);
    return path;
}

/* Resolves "." and ".." and doubled slashes of an absolute path in place. */
static void resolve(char *path)
{
    size_t out = 0, in = 0;

    while (path[in]) {
        size_t start, length;

        while (path[in] == '/')
            in++;
        start = in;
        while (path[in] && path[in] != '/')
            in++;
        length = in - start;
        if (length == 0 || (length == 1 && path[start] == '.'))
            continue;
        if (length == 2 && path[start] == '.' && path[start + 1] == '.') {
            while (out > 0 && path[--out] != '/')
                ;
            continue;
        }
        path[out++] = '/';
        memmove(path + out, path + start, length);
        out += length;
    }
    if (out == 0)
        path[out++] = '/';
    path[out] = '\0';
}

char *nc_path_absolute(const char *path, const char *base)
{
    char *cwd = NULL;
    char *absolute;

    if (is_absolute(path)) {
        absolute = copy(path);
    } else {
        if (!base)
            base = cwd = nc_path_cwd();
        absolute = nc_path_join(base, path);
    }
    for (char *c = absolute; *c; c++)
        if (*c == '\\')
            *c = '/';
    if (absolute[0] == '/')
        resolve(absolute);
    free(cwd);
    return absolute;
}

const char *nc_path_name(const char *path)
{
    const char *name = path;

    for (const char *c = path; *c; c++)
        if (*c == '/' || *c == '\\')
            name = c + 1;
    return name;
}

char *nc_path_parent(const char *path)
{
    size_t n = (size_t)(nc_path_name(path) - path);

    if (n == 0)
        return copy(".");
    if (n == 1)
        return copy("/");
    return copy_n(path, n - 1);
}

bool nc_path_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    if (n == 1 && folder[0] == '/')
        return path[0] == '/';
    return strncmp(path, folder, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

char *nc_path_display(const char *path, const char *folder)
{
    size_t n = strlen(folder);

    if (!nc_path_below(path, folder) || n <= 1)
        return copy(path);
    return path[n] ? copy(path + n + 1) : copy(".");
}

char *nc_path_find_up(const char *folder, const char *name)
{
    char *at = nc_path_absolute(folder, NULL);

    for (;;) {
        char *candidate = nc_path_join(at, name);
        bool found = access(candidate, F_OK) == 0;
        char *parent;

        free(candidate);
        if (found)
            return at;
        if (strcmp(at, "/") == 0) {
            free(at);
            return NULL;
        }
        parent = nc_path_parent(at);
        free(at);
        at = parent;
    }
}

char *nc_path_uri(const char *path)
{
    static const char hex[] = "0123456789ABCDEF";
    char *uri = nc_xmalloc(strlen(path) * 3 + 9);
    char *out = uri;

    if (path[0] == '/')
        out += sprintf(out, "file://");
    else if (is_absolute(path))
        out += sprintf(out, "file:///");
    for (const unsigned char *c = (const unsigned char *)path; *c; c++) {
        if (*c == '\\') {
            *out++ = '/';
        } else if (isalnum(*c) || strchr("/-._~:@!$&'()*+,;=", *c)) {
            *out++ = (char)*c;
        } else {
            *out++ = '%';
            *out++ = hex[*c >> 4];
            *out++ = hex[*c & 15];
        }
    }
    *out = '\0';
    return uri;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)tolower((unsigned char)c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *nc_path_from_uri(const char *uri)
{
    char *path, *out;

    if (strncmp(uri, "file://", 7) != 0)
        return NULL;
    uri += 7;
    if (strncmp(uri, "localhost/", 10) == 0)
        uri += 9;
    path = out = nc_xmalloc(strlen(uri) + 1);
    for (; *uri; uri++) {
        if (*uri == '%' && hex_value(uri[1]) >= 0 && hex_value(uri[2]) >= 0) {
            *out++ = (char)(hex_value(uri[1]) * 16 + hex_value(uri[2]));
            uri += 2;
        } else {
            *out++ = *uri;
        }
    }
    *out = '\0';
    return path;
}

bool nc_path_is_virtual(const char *path) { return path[0] == '<' || path[0] == '\0'; }
