#include "analysis/contract_yaml.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract_reader.h"

bool nc_yaml_fail(struct nc_contract_yaml *y, const yaml_node_t *at, const char *format, ...)
{
    char what[512];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    *y->error = nc_contract_error(y->name, at ? at->start_mark.line + 1 : 1, what);
    return false;
}

struct nc_contract_origin nc_yaml_origin(const struct nc_contract_yaml *y, const yaml_node_t *node)
{
    return (struct nc_contract_origin){ y->name, (uint32_t)node->start_mark.line + 1 };
}

yaml_node_t *nc_yaml_node(struct nc_contract_yaml *y, int id) { return yaml_document_get_node(y->document, id); }

const char *nc_yaml_text(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what)
{
    if (node->type != YAML_SCALAR_NODE) {
        nc_yaml_fail(y, node, "%s must be a single value", what);
        return NULL;
    }
    const char *text = (const char *)node->data.scalar.value;
    size_t length = node->data.scalar.length;
    if (length == 0 || strlen(text) != length) {
        nc_yaml_fail(y, node, "%s is empty", what);
        return NULL;
    }
    if (length > 300) {
        nc_yaml_fail(y, node, "%s is longer than 300 characters", what);
        return NULL;
    }
    return nc_arena_strdup(y->set->arena, text);
}

bool nc_yaml_is_map(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what)
{
    return node->type == YAML_MAPPING_NODE || nc_yaml_fail(y, node, "%s must be a mapping of keys to values", what);
}

bool nc_yaml_integer(const char *text, int64_t *value)
{
    char *end;
    errno = 0;
    *value = strtoll(text, &end, 0);
    if (errno == ERANGE && text[0] != '-') { /* status codes and masks are often written unsigned */
        errno = 0;
        *value = (int64_t)strtoull(text, &end, 0);
    }
    return errno == 0 && end != text && *end == '\0';
}

bool nc_yaml_flag(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what, bool *value)
{
    const char *text = nc_yaml_text(y, node, what);
    if (text == NULL) {
        return false;
    }
    *value = strcmp(text, "true") == 0 || strcmp(text, "yes") == 0;
    return *value || strcmp(text, "false") == 0 || strcmp(text, "no") == 0 ||
           nc_yaml_fail(y, node, "%s must be true or false, not '%s'", what, text);
}

/* Reads "argN" at *text and moves behind it. */
static bool argument(const char **text, int8_t *position)
{
    const char *at = *text;
    if (strncmp(at, "arg", 3) != 0 || at[3] < '0' || at[3] > '9') {
        return false;
    }
    int n = 0;
    for (at += 3; *at >= '0' && *at <= '9'; at++) {
        n = n * 10 + (*at - '0');
        if (n > 60) {
            return false;
        }
    }
    *position = (int8_t)n;
    *text = at;
    return true;
}

bool nc_yaml_position(struct nc_contract_yaml *y, const yaml_node_t *node, int8_t *position)
{
    const char *text = nc_yaml_text(y, node, "an argument");
    if (text == NULL) {
        return false;
    }
    if (strcmp(text, "return") == 0) {
        *position = NC_ARG_RETURN;
        return true;
    }
    if (strcmp(text, "none") == 0) {
        *position = NC_ARG_NONE;
        return true;
    }
    const char *at = text;
    return (argument(&at, position) && *at == '\0') ||
           nc_yaml_fail(y, node, "'%s' is not an argument: write arg0, arg1, ..., return or none", text);
}

static void skip(const char **text)
{
    while (**text == ' ') {
        ++*text;
    }
}

static bool word(const char **text, const char *expected)
{
    skip(text);
    size_t length = strlen(expected);
    if (strncmp(*text, expected, length) != 0) {
        return false;
    }
    *text += length;
    skip(text);
    return true;
}

/* "== 0", "!= NULL", "& 1" behind an argument; the end of the text or `close` must follow. */
static bool comparison(const char *text, const char *close, bool points, struct nc_cond *when)
{
    bool equal = word(&text, "==");
    bool unequal = !equal && word(&text, "!=");
    bool mask = !equal && !unequal && word(&text, "&");
    if (!equal && !unequal && !mask) {
        return false;
    }
    char value[64];
    size_t length = 0;
    while (text[length] != '\0' && text[length] != ' ' && text[length] != ')' && length < sizeof value - 1) {
        value[length] = text[length];
        length++;
    }
    value[length] = '\0';
    text += length;
    if (!word(&text, close) || *text != '\0') {
        return false;
    }
    if (strcmp(value, "NULL") == 0) {
        when->op = equal ? NC_COND_NULL : NC_COND_NOT_NULL;
        return !mask && !points;
    }
    if (!nc_yaml_integer(value, &when->value)) {
        return false;
    }
    if (points) {
        when->op = equal ? NC_COND_POINTS_TO_ZERO : NC_COND_NOT_POINTS_TO_ZERO;
        return !mask && when->value == 0;
    }
    when->op = equal ? NC_COND_EQ : unequal ? NC_COND_NE : NC_COND_MASK;
    return true;
}

bool nc_yaml_condition(struct nc_contract_yaml *y, const yaml_node_t *node, struct nc_cond *when)
{
    const char *text = nc_yaml_text(y, node, "'when'");
    if (text == NULL) {
        return false;
    }
    *when = (struct nc_cond){ NC_COND_ALWAYS, NC_ARG_NONE, 0 };
    if (strcmp(text, "always") == 0) {
        return true;
    }
    const char *at = text;
    bool negated = word(&at, "!");
    if (negated) {
        if (word(&at, "(") && argument(&at, &when->arg) && comparison(at, ")", false, when) &&
            when->op == NC_COND_MASK) {
            when->op = NC_COND_NOMASK;
            return true;
        }
    } else {
        bool points = word(&at, "*");
        if (argument(&at, &when->arg) && comparison(at, "", points, when)) {
            return true;
        }
    }
    return nc_yaml_fail(y, node,
                        "condition '%s' is none of: argN == NUMBER, argN != NUMBER, argN == NULL, argN != NULL, "
                        "argN & NUMBER, !(argN & NUMBER), *argN == 0, *argN != 0",
                        text);
}

int nc_contract_irql(const char *text)
{
    static const struct {
        const char *name;
        int level;
    } names[] = { { "PASSIVE", NC_PASSIVE }, { "APC", NC_APC },     { "DISPATCH", NC_DISPATCH },
                  { "DIRQL", NC_DIRQL },     { "CLOCK", NC_CLOCK }, { "HIGH", NC_HIGH } };
    size_t length = strlen(text);
    if (length > 6 && strcmp(text + length - 6, "_LEVEL") == 0) {
        length -= 6;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strlen(names[i].name) == length && memcmp(names[i].name, text, length) == 0) {
            return names[i].level;
        }
    }
    int64_t number;
    return nc_yaml_integer(text, &number) && number >= NC_PASSIVE && number <= NC_HIGH ? (int)number : -1;
}

bool nc_yaml_levels(struct nc_contract_yaml *y, const yaml_node_t *node, int8_t *min, int8_t *max)
{
    const char *text = nc_yaml_text(y, node, "'irql'");
    if (text == NULL) {
        return false;
    }
    int low = NC_PASSIVE, high = NC_HIGH;
    const char *at = text, *dots = strstr(text, "..");
    if (strcmp(text, "any") == 0) {
        /* as initialised */
    } else if (word(&at, "<=")) {
        high = nc_contract_irql(at);
    } else if (word(&at, ">=")) {
        low = nc_contract_irql(at);
    } else if (dots != NULL) {
        char *first = nc_arena_strdup(y->set->arena, text);
        first[dots - text] = '\0';
        low = nc_contract_irql(first);
        high = nc_contract_irql(dots + 2);
    } else {
        low = high = nc_contract_irql(text);
    }
    *min = (int8_t)low;
    *max = (int8_t)high;
    return (low >= 0 && high >= low) ||
           nc_yaml_fail(
               y, node,
               "'%s' is no IRQL: write LEVEL, <= LEVEL, >= LEVEL, LEVEL..LEVEL or any; levels are PASSIVE, APC, "
               "DISPATCH, DIRQL, CLOCK, HIGH",
               text);
}
