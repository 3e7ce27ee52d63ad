#include "project/expand.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/buffer.h"
#include "project/functions.h"
#include "report/paths.h"
#include "support/arena.h"

/* Calls in calls; deeper ones are empty. */
enum { MAX_NESTING = 32, MAX_ARGUMENTS = 8 };

static char *expand(const struct nc_scope *scope, const char *text, size_t length, unsigned depth);

void nc_scope_note(const struct nc_scope *scope, const char *format, const char *what)
{
    struct nc_buffer b = { 0 };
    const char *hole = strstr(format, "%s");
    char *note;

    nc_buffer_add(&b, format, (size_t)(hole - format));
    nc_buffer_put(&b, what);
    nc_buffer_put(&b, hole + 2);
    note = nc_buffer_take(&b);
    if (!scope->notes || scope->notes->count > 200 || nc_strlist_has(scope->notes, note))
        free(note);
    else
        nc_strlist_take(scope->notes, note);
}

void nc_unescape(char *text)
{
    char *out = text;

    for (; *text; text++) {
        if (text[0] == '%' && isxdigit((unsigned char)text[1]) && isxdigit((unsigned char)text[2])) {
            char digits[3] = { text[1], text[2], '\0' };

            *out++ = (char)strtol(digits, NULL, 16);
            text += 2;
        } else {
            *out++ = *text;
        }
    }
    *out = '\0';
}

void nc_split_list(const char *text, struct nc_strlist *parts)
{
    while (*text) {
        size_t n = strcspn(text, ";"), begin = 0, end = n;

        while (begin < end && isspace((unsigned char)text[begin]))
            begin++;
        while (end > begin && isspace((unsigned char)text[end - 1]))
            end--;
        if (end > begin)
            nc_strlist_take(parts, nc_strformat("%.*s", (int)(end - begin), text + begin));
        text += n;
        if (*text)
            text++;
    }
}

/* Length of what stands in the parentheses that begin at text[0], or `length` + 1 if they are not closed. */
static size_t inside(const char *text, size_t length)
{
    unsigned depth = 0;
    char quote = '\0';

    for (size_t i = 0; i < length; i++) {
        char c = text[i];

        if (quote) {
            if (c == quote)
                quote = '\0';
        } else if ((c == '\'' || c == '"' || c == '`') && depth > 1) {
            quote = c;
        } else if (c == '(') {
            depth++;
        } else if (c == ')' && --depth == 0) {
            return i - 1;
        }
    }
    return length + 1;
}

/* MSBuildThisFile and its like depend on where the text stands. NULL if `name` is none of them. */
static char *this_file(const struct nc_scope *scope, const char *name)
{
    const char *file = nc_path_name(scope->file), *dot = strrchr(file, '.');
    char *parent, *result;

    if (strncasecmp(name, "MSBuildThisFile", 15) != 0)
        return NULL;
    name += 15;
    if (*name == '\0')
        return nc_strcopy(file);
    if (strcasecmp(name, "FullPath") == 0)
        return nc_strcopy(scope->file);
    if (strcasecmp(name, "Name") == 0)
        return nc_strformat("%.*s", (int)(dot ? (size_t)(dot - file) : strlen(file)), file);
    if (strcasecmp(name, "Extension") == 0)
        return nc_strcopy(dot ? dot : "");
    if (strncasecmp(name, "Directory", 9) != 0)
        return NULL;
    parent = nc_path_parent(scope->file);
    result = nc_strformat("%s%s", parent, strcmp(parent, "/") == 0 ? "" : "/");
    free(parent);
    return result;
}

static char *property(const struct nc_scope *scope, const char *name)
{
    const char *value = nc_properties_get(scope->properties, name);
    char *special = value ? NULL : this_file(scope, name);

    if (special)
        return special;
    if (!value && *name)
        value = getenv(name); /* the environment's variables are properties */
    return nc_strcopy(value ? value : "");
}

static char *unquote(char *text)
{
    size_t n = strlen(text);

    if (n >= 2 && strchr("'\"`", text[0]) && text[n - 1] == text[0]) {
        memmove(text, text + 1, n - 2);
        text[n - 2] = '\0';
    }
    return text;
}

/* "a, 'b', $(C)" -> expanded arguments. Their number. */
static size_t read_arguments(const struct nc_scope *scope, const char *text, size_t length, unsigned depth,
                             char **arguments)
{
    size_t count = 0, start = 0, end, parens = 0;
    char quote = '\0';

    for (size_t i = 0; i <= length && count < MAX_ARGUMENTS; i++) {
        char c = i < length ? text[i] : ',';

        if (quote) {
            if (c == quote)
                quote = '\0';
        } else if (c == '\'' || c == '"' || c == '`') {
            quote = c;
        } else if (c == '(') {
            parens++;
        } else if (c == ')' && parens > 0) {
            parens--;
        }
        if (i < length && (quote || parens > 0 || c != ','))
            continue;
        end = i;
        while (start < end && isspace((unsigned char)text[start]))
            start++;
        while (end > start && isspace((unsigned char)text[end - 1]))
            end--;
        if (end > start || count > 0)
            arguments[count++] = unquote(expand(scope, text + start, end - start, depth + 1));
        start = i + 1;
    }
    return count;
}

/* value.Method(...).Method(...); takes `value`. */
static char *methods(const struct nc_scope *scope, char *value, const char *text, size_t length, unsigned depth)
{
    while (length > 1 && text[0] == '.') {
        size_t n = 1, args = 0, count = 0;
        char *name, *arguments[MAX_ARGUMENTS], *result;

        while (n < length && (isalnum((unsigned char)text[n]) || text[n] == '_'))
            n++;
        name = nc_strformat("%.*s", (int)(n - 1), text + 1);
        if (n < length && text[n] == '(') {
            args = inside(text + n, length - n);
            if (args <= length - n)
                count = read_arguments(scope, text + n + 1, args, depth, arguments);
        }
        result = nc_string_method(value, name, arguments, count);
        if (!result)
            nc_scope_note(scope, "the property function '%s' is not known; taken as empty", name);
        for (size_t i = 0; i < count; i++)
            free(arguments[i]);
        free(name);
        free(value);
        value = result ? result : nc_strcopy("");
        if (n >= length || text[n] != '(' || args > length - n)
            return value;
        text += n + args + 2;
        length -= n + args + 2;
    }
    return value;
}

/* [Type]::Name(...)... */
static char *static_call(const struct nc_scope *scope, const char *text, size_t length, unsigned depth)
{
    const char *close = memchr(text, ']', length);
    size_t type_length, n, args = 0, count = 0;
    char *type, *name, *arguments[MAX_ARGUMENTS], *result;

    if (!close || (size_t)(close - text) + 3 > length || close[1] != ':' || close[2] != ':')
        return nc_strcopy("");
    type_length = (size_t)(close - text) - 1;
    n = type_length + 4;
    while (n < length && (isalnum((unsigned char)text[n]) || text[n] == '_'))
        n++;
    type = nc_strformat("%.*s", (int)type_length, text + 1);
    name = nc_strformat("%.*s", (int)(n - type_length - 4), text + type_length + 4);
    if (n < length && text[n] == '(') {
        args = inside(text + n, length - n);
        if (args <= length - n)
            count = read_arguments(scope, text + n + 1, args, depth, arguments);
    }
    result = nc_static_function(scope, type, name, arguments, count);
    if (!result)
        nc_scope_note(scope, "the property function '%s' is not known; taken as empty", name);
    for (size_t i = 0; i < count; i++)
        free(arguments[i]);
    free(type);
    free(name);
    if (!result)
        return nc_strcopy("");
    if (n < length && text[n] == '(' && args <= length - n && n + args + 2 < length)
        return methods(scope, result, text + n + args + 2, length - n - args - 2, depth);
    return result;
}

static char *dollar(const struct nc_scope *scope, const char *text, size_t length, unsigned depth)
{
    size_t n = 0;
    char *name, *value;

    while (length > 0 && isspace((unsigned char)text[0]))
        text++, length--;
    if (length > 0 && text[0] == '[')
        return static_call(scope, text, length, depth);
    if (length > 9 && strncasecmp(text, "Registry:", 9) == 0)
        return nc_strcopy("");
    while (n < length && text[n] != '.' && text[n] != '[')
        n++;
    name = nc_strformat("%.*s", (int)n, text);
    for (size_t i = n; i > 0 && isspace((unsigned char)name[i - 1]); i--)
        name[i - 1] = '\0';
    value = property(scope, name);
    free(name);
    return n < length && text[n] == '.' ? methods(scope, value, text + n, length - n, depth) : value;
}

static char *well_known(const struct nc_scope *scope, const char *name)
{
    const char *file = nc_path_name(scope->identity), *dot = strrchr(file, '.');

    if (strcasecmp(name, "Identity") == 0 || strcasecmp(name, "FullPath") == 0)
        return nc_strcopy(scope->identity);
    if (strcasecmp(name, "Filename") == 0)
        return nc_strformat("%.*s", (int)(dot ? (size_t)(dot - file) : strlen(file)), file);
    if (strcasecmp(name, "Extension") == 0)
        return nc_strcopy(dot ? dot : "");
    if (strcasecmp(name, "RelativeDir") == 0)
        return nc_strformat("%.*s", (int)(file - scope->identity), scope->identity);
    return NULL;
}

static char *metadata(const struct nc_scope *scope, const char *text, size_t length)
{
    const char *dot = memchr(text, '.', length), *value;
    char *name, *special;

    if (dot) { /* Type.Name: the type is that of the item at hand */
        length -= (size_t)(dot + 1 - text);
        text = dot + 1;
    }
    name = nc_strformat("%.*s", (int)length, text);
    value = scope->metadata ? nc_properties_get(scope->metadata, name) : NULL;
    special = !value && scope->identity ? well_known(scope, name) : NULL;
    free(name);
    return special ? special : nc_strcopy(value ? value : "");
}

static char *item_list(const struct nc_scope *scope, const char *text, size_t length)
{
    struct nc_buffer b = { 0 };

    for (size_t i = 0; scope->items && i < scope->items->count && b.length < *scope->budget; i++) {
        const struct nc_item *item = &scope->items->list[i];

        if (strlen(item->type) != length || strncasecmp(item->type, text, length) != 0)
            continue;
        if (b.length > 0)
            nc_buffer_put(&b, ";");
        nc_buffer_put(&b, item->identity);
    }
    return nc_buffer_take(&b);
}

static char *expand(const struct nc_scope *scope, const char *text, size_t length, unsigned depth)
{
    struct nc_buffer b = { 0 };

    for (size_t i = 0; i < length && depth < MAX_NESTING;) {
        char c = text[i], *value;
        size_t n;

        if ((c != '$' && c != '%' && c != '@') || i + 1 >= length || text[i + 1] != '(' ||
            (n = inside(text + i + 1, length - i - 1)) > length - i - 1) {
            nc_buffer_add(&b, text + i++, 1);
            continue;
        }
        if (c == '$')
            value = dollar(scope, text + i + 2, n, depth + 1);
        else if (c == '%')
            value = metadata(scope, text + i + 2, n);
        else
            value = item_list(scope, text + i + 2, n);
        if (strlen(value) > *scope->budget) {
            *scope->budget = 0;
            *value = '\0';
        }
        *scope->budget -= strlen(value);
        nc_buffer_put(&b, value);
        free(value);
        i += n + 3;
    }
    return nc_buffer_take(&b);
}

char *nc_expand(const struct nc_scope *scope, const char *text)
{
    return *scope->budget == 0 ? nc_strcopy("") : expand(scope, text, strlen(text), 0);
}
