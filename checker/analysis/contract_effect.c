/* Reads one effect by its schema. */
#include <stdio.h>
#include <string.h>

#include "analysis/contract_reader.h"
#include "analysis/contract_schema.h"
#include "analysis/contract_yaml.h"

static bool pool(struct nc_contract_yaml *y, const yaml_node_t *node, int64_t *value)
{
    const char *text = nc_yaml_text(y, node, "'pool'");
    if (text == NULL) {
        return false;
    }
    if (strcmp(text, "nonpaged") == 0) {
        *value = NC_POOL_NONPAGED;
    } else if (strcmp(text, "paged") == 0) {
        *value = NC_POOL_PAGED;
    } else if (strcmp(text, "unknown") == 0) {
        *value = NC_POOL_UNKNOWN;
    } else {
        return nc_yaml_fail(y, node, "'pool' must be nonpaged, paged or unknown, not '%s'", text);
    }
    return true;
}

static bool level(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what, int64_t *value)
{
    const char *text = nc_yaml_text(y, node, what);
    if (text == NULL) {
        return false;
    }
    *value = nc_contract_irql(text);
    return *value >= 0 ||
           nc_yaml_fail(y, node, "'%s' is no IRQL: use PASSIVE, APC, DISPATCH, DIRQL, CLOCK or HIGH", text);
}

static bool number(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what, int64_t *value)
{
    const char *text = nc_yaml_text(y, node, what);
    return text != NULL &&
           (nc_yaml_integer(text, value) || nc_yaml_fail(y, node, "'%s' must be a number, not '%s'", what, text));
}

static bool operand(struct nc_contract_yaml *y, const yaml_node_t *node, const struct nc_operand *o,
                    struct nc_effect *e)
{
    switch (o->type) {
    case NC_OPERAND_ARG:
        return nc_yaml_position(y, node, &e->a[o->place]);
    case NC_OPERAND_KIND:
    case NC_OPERAND_ROLE:
    case NC_OPERAND_TEXT:
        e->text = nc_yaml_text(y, node, o->name);
        if (e->text != NULL && o->type != NC_OPERAND_TEXT) {
            nc_contract_set_mention(y->set, e->text, o->type == NC_OPERAND_KIND, nc_yaml_origin(y, node));
        }
        return e->text != NULL;
    case NC_OPERAND_NUMBER:
        return number(y, node, o->name, &e->value);
    case NC_OPERAND_INDEX: {
        int64_t n;
        if (!number(y, node, o->name, &n)) {
            return false;
        }
        e->a[o->place] = (int8_t)n;
        return (n >= 0 && n <= 60) ||
               nc_yaml_fail(y, node, "'%s' must be the position of a parameter, from 0", o->name);
    }
    case NC_OPERAND_IRQL:
        return level(y, node, o->name, &e->value);
    case NC_OPERAND_FLAG: {
        bool flag;
        if (!nc_yaml_flag(y, node, o->name, &flag)) {
            return false;
        }
        e->value = flag;
        return true;
    }
    case NC_OPERAND_POOL:
        return pool(y, node, &e->value);
    case NC_OPERAND_POOL_TYPE:
    case NC_OPERAND_POOL_FLAGS:
        e->value = o->type == NC_OPERAND_POOL_TYPE ? NC_POOL_BY_TYPE : NC_POOL_BY_FLAGS;
        return nc_yaml_position(y, node, &e->a[2]);
    case NC_OPERAND_ARG_OR_IRQL:
        if (node->type == YAML_SCALAR_NODE && nc_contract_irql((const char *)node->data.scalar.value) >= 0) {
            e->value = nc_contract_irql((const char *)node->data.scalar.value);
            return true;
        }
        return nc_yaml_position(y, node, &e->a[o->place]);
    }
    return false;
}

static const struct nc_operand *operand_find(const struct nc_effect_schema *s, const char *name)
{
    for (const struct nc_operand *o = s->operands; o->name != NULL; o++) {
        if (strcmp(o->name, name) == 0) {
            return o;
        }
    }
    return NULL;
}

static bool operands(struct nc_contract_yaml *y, const yaml_node_t *map, const struct nc_effect_schema *s,
                     struct nc_effect *e)
{
    uint32_t seen = 0;
    for (yaml_node_pair_t *pair = map->data.mapping.pairs.start; pair < map->data.mapping.pairs.top; pair++) {
        const yaml_node_t *key = nc_yaml_node(y, pair->key), *value = nc_yaml_node(y, pair->value);
        const char *name = nc_yaml_text(y, key, "a key");
        if (name == NULL) {
            return false;
        }
        if (strcmp(name, "when") == 0) {
            if (!nc_yaml_condition(y, value, &e->when)) {
                return false;
            }
            continue;
        }
        const struct nc_operand *o = operand_find(s, name);
        if (o == NULL) {
            return nc_yaml_fail(y, key, "effect '%s' has no key '%s'", s->name, name);
        }
        uint32_t bit = 1u << (o - s->operands);
        if (seen & bit) {
            return nc_yaml_fail(y, key, "'%s' is given twice", name);
        }
        seen |= bit;
        if (!operand(y, value, o, e)) {
            return false;
        }
    }
    for (const struct nc_operand *o = s->operands; o->name != NULL; o++) {
        if (o->required && !(seen & 1u << (o - s->operands))) {
            return nc_yaml_fail(y, map, "effect '%s' needs '%s'", s->name, o->name);
        }
    }
    return true;
}

/* "- returns: 0", "- returns: status", "- returns: { arg: arg0 }" */
static bool returns(struct nc_contract_yaml *y, const yaml_node_t *node, struct nc_effect *e)
{
    static const char *const words[] = { "status", "success", "nonnull", "pending", "bool", "field", "failure" };
    const char *text = nc_yaml_text(y, node, "'returns'");
    if (text == NULL || nc_yaml_integer(text, &e->value)) {
        return text != NULL;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], text) == 0) {
            e->text = words[i];
            return true;
        }
    }
    return nc_yaml_fail(
        y, node, "'returns' is a number, status, success, failure, pending, nonnull, bool or { arg: argN }, not '%s'",
        text);
}

bool nc_yaml_effect(struct nc_contract_yaml *y, yaml_node_t *node, struct nc_effect *e)
{
    yaml_node_t *key = node, *value = NULL;
    if (node->type == YAML_MAPPING_NODE) {
        yaml_node_pair_t *pair = node->data.mapping.pairs.start;
        if (node->data.mapping.pairs.top - pair != 1) {
            return nc_yaml_fail(y, node, "an effect is one key with its operands, like '- free: arg0'");
        }
        key = nc_yaml_node(y, pair->key);
        value = nc_yaml_node(y, pair->value);
    }
    const char *name = nc_yaml_text(y, key, "an effect");
    if (name == NULL) {
        return false;
    }
    const struct nc_effect_schema *s = nc_effect_schema_find(name);
    if (s == NULL) {
        return nc_yaml_fail(y, key, "there is no effect '%s'", name);
    }
    *e = (struct nc_effect){ .op = s->op, .text = "", .value = s->value };
    memset(e->a, NC_ARG_NONE, sizeof e->a);
    e->when = (struct nc_cond){ NC_COND_ALWAYS, NC_ARG_NONE, 0 };

    if (value == NULL) {
        for (const struct nc_operand *o = s->operands; o->name != NULL; o++) {
            if (o->required) {
                return nc_yaml_fail(y, key, "effect '%s' needs '%s'", s->name, o->name);
            }
        }
        return s->op != NC_EFF_RETURNS || nc_yaml_fail(y, key, "'returns' needs a value");
    }
    if (value->type == YAML_MAPPING_NODE) {
        if (!operands(y, value, s, e)) {
            return false;
        }
        return true;
    }
    if (s->op == NC_EFF_RETURNS) {
        return returns(y, value, e);
    }
    if (s->shorthand < 0) {
        return nc_yaml_fail(y, value, "effect '%s' needs a mapping of its operands", s->name);
    }
    return operand(y, value, &s->operands[s->shorthand], e);
}
