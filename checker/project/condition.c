#include "project/condition.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/disk.h"
#include "report/paths.h"
#include "support/arena.h"

enum { MAX_NESTING = 100 };

struct reader {
    const struct nc_scope *scope;
    const char *at;
    unsigned depth, unused; /* unused: inside a part whose value does not matter */
    bool failed;
};

static bool read_or(struct reader *r);

static void blanks(struct reader *r)
{
    while (isspace((unsigned char)*r->at))
        r->at++;
}

static bool take(struct reader *r, const char *text)
{
    size_t n = strlen(text);

    blanks(r);
    if (strncasecmp(r->at, text, n) != 0)
        return false;
    if (isalpha((unsigned char)text[0]) && (isalnum((unsigned char)r->at[n]) || r->at[n] == '_'))
        return false;
    r->at += n;
    return true;
}

/* Length of a bare word: $(...) with what is in it, or letters, digits and dots. */
static size_t bare_length(const char *text)
{
    size_t i = 0;

    while (text[i]) {
        if ((text[i] == '$' || text[i] == '%' || text[i] == '@') && text[i + 1] == '(') {
            unsigned depth = 0;

            for (i++; text[i]; i++) {
                depth += text[i] == '(';
                if (text[i] == ')' && --depth == 0)
                    break;
            }
            i += text[i] != '\0';
        } else if (isalnum((unsigned char)text[i]) || strchr("._-|*:\\/", text[i])) {
            i++;
        } else {
            break;
        }
    }
    return i;
}

/* A value (to free), or NULL. */
static char *read_value(struct reader *r)
{
    char *raw, *value;

    blanks(r);
    if (*r->at == '\'') {
        const char *end = r->at + 1;
        unsigned depth = 0;

        while (*end && (*end != '\'' || depth > 0)) { /* functions in it may hold quotes of their own */
            if (*end == '(' && (depth > 0 || strchr("$%@", end[-1])))
                depth++;
            else if (*end == ')' && depth > 0)
                depth--;
            end++;
        }
        if (!*end)
            return NULL;
        raw = nc_strformat("%.*s", (int)(end - r->at - 1), r->at + 1);
        r->at = end + 1;
    } else {
        size_t n = bare_length(r->at);

        if (n == 0)
            return NULL;
        raw = nc_strformat("%.*s", (int)n, r->at);
        r->at += n;
    }
    value = nc_expand(r->scope, raw);
    nc_unescape(value);
    free(raw);
    return value;
}

static bool is_true(const char *text)
{
    return strcasecmp(text, "true") == 0 || strcasecmp(text, "on") == 0 || strcasecmp(text, "yes") == 0 ||
           strcasecmp(text, "!false") == 0;
}

static bool is_false(const char *text)
{
    return strcasecmp(text, "false") == 0 || strcasecmp(text, "off") == 0 || strcasecmp(text, "no") == 0 ||
           strcasecmp(text, "!true") == 0;
}

static bool read_function(struct reader *r, bool *result)
{
    bool exists = take(r, "Exists"), slash = !exists && take(r, "HasTrailingSlash");
    char *value;

    if (!exists && !slash)
        return false;
    *result = false;
    value = take(r, "(") ? read_value(r) : NULL;
    if (!value || !take(r, ")")) {
        r->failed = true;
    } else if (slash) {
        size_t n = strlen(value);

        *result = n > 0 && (value[n - 1] == '/' || value[n - 1] == '\\');
    } else if (*value) {
        char *path = nc_disk_path(value, r->scope->folder);

        *result = nc_disk_exists(path);
        free(path);
    }
    free(value);
    return true;
}

/* Numbers and versions: part by part. False if either is none. */
static bool compare_versions(const char *a, const char *b, int *order)
{
    if (!isdigit((unsigned char)*a) || !isdigit((unsigned char)*b))
        return false;
    *order = 0;
    while (*a || *b) {
        char *end_a, *end_b;
        unsigned long x = strtoul(a, &end_a, strncasecmp(a, "0x", 2) == 0 ? 16 : 10);
        unsigned long y = strtoul(b, &end_b, strncasecmp(b, "0x", 2) == 0 ? 16 : 10);

        if ((*end_a && *end_a != '.') || (*end_b && *end_b != '.'))
            return false;
        if (*order == 0)
            *order = x < y ? -1 : x > y;
        a = *end_a ? end_a + 1 : end_a;
        b = *end_b ? end_b + 1 : end_b;
    }
    return true;
}

static bool equal(const char *a, const char *b)
{
    int order;

    if (strcasecmp(a, b) == 0)
        return true;
    if (compare_versions(a, b, &order))
        return order == 0;
    return (is_true(a) && is_true(b)) || (is_false(a) && is_false(b));
}

static bool compare(struct reader *r, const char *a, const char *op, const char *b)
{
    int order;

    if (op[0] == '=' || op[0] == '!')
        return equal(a, b) == (op[0] == '=');
    if (!compare_versions(a, b, &order)) {
        r->failed = r->failed || r->unused == 0;
        return false;
    }
    return (op[1] == '=' && order == 0) || (op[0] == '<' ? order < 0 : order > 0);
}

static bool read_comparison(struct reader *r)
{
    static const char *const ops[] = { "==", "!=", "<=", ">=", "<", ">" };
    char *left = read_value(r), *right;
    bool result = false;

    if (!left) {
        r->failed = true;
        return false;
    }
    for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
        if (!take(r, ops[i]))
            continue;
        right = read_value(r);
        if (right)
            result = compare(r, left, ops[i], right);
        else
            r->failed = true;
        free(right);
        free(left);
        return result;
    }
    result = is_true(left);
    if (!result && !is_false(left))
        r->failed = true;
    free(left);
    return result;
}

static bool read_not(struct reader *r)
{
    bool result = false;

    if (r->failed || ++r->depth > MAX_NESTING) {
        r->failed = true;
        return false;
    }
    blanks(r);
    if (r->at[0] == '!' && r->at[1] != '=') {
        r->at++;
        result = !read_not(r);
    } else if (take(r, "(")) {
        result = read_or(r);
        if (!take(r, ")"))
            r->failed = true;
    } else if (!read_function(r, &result)) {
        result = read_comparison(r);
    }
    r->depth--;
    return result;
}

/* The right side of an operator; `unused`: the left one has decided already. */
static bool read_right(struct reader *r, bool (*side)(struct reader *), bool unused)
{
    bool result;

    r->unused += unused;
    result = side(r);
    r->unused -= unused;
    return result;
}

static bool read_and(struct reader *r)
{
    bool result = read_not(r);

    while (!r->failed && take(r, "and"))
        result = read_right(r, read_not, !result) && result;
    return result;
}

static bool read_or(struct reader *r)
{
    bool result = read_and(r);

    while (!r->failed && take(r, "or"))
        result = read_right(r, read_and, result) || result;
    return result;
}

bool nc_condition(const struct nc_scope *scope, const char *text)
{
    struct reader r = { .scope = scope, .at = text };
    bool result;

    if (!text)
        return true;
    blanks(&r);
    if (!*r.at)
        return true;
    result = read_or(&r);
    blanks(&r);
    if (!r.failed && !*r.at)
        return result;
    nc_scope_note(scope, "the condition \"%s\" is not understood; taken as false", text);
    return false;
}
