/*
 * What the contract reader's parts share: a cursor over a YAML document that makes "NAME:LINE: what" of a fault.
 */
#ifndef NC_ANALYSIS_CONTRACT_YAML_H
#define NC_ANALYSIS_CONTRACT_YAML_H

#include <yaml.h>

#include "analysis/contract_set.h"

struct nc_contract_yaml {
    struct nc_contract_set *set;
    yaml_document_t *document;
    const char *name; /* of the file, in the set's arena */
    char **error;
};

/* All of these return false (or NULL) after putting the error down. */
__attribute__((format(printf, 3, 4))) bool nc_yaml_fail(struct nc_contract_yaml *y, const yaml_node_t *at,
                                                        const char *format, ...);
yaml_node_t *nc_yaml_node(struct nc_contract_yaml *y, int id);
/* The text of a scalar, in the set's arena; `what` names it in messages. */
const char *nc_yaml_text(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what);
bool nc_yaml_is_map(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what);
bool nc_yaml_integer(const char *text, int64_t *value); /* decimal or 0x; whole text */
bool nc_yaml_flag(struct nc_contract_yaml *y, const yaml_node_t *node, const char *what, bool *value);
struct nc_contract_origin nc_yaml_origin(const struct nc_contract_yaml *y, const yaml_node_t *node);

/* "argN" -> N, "return", "none". */
bool nc_yaml_position(struct nc_contract_yaml *y, const yaml_node_t *node, int8_t *position);
/* "arg3 == 0", "arg0 & 0x10", "!(arg0 & 1)", "arg1 != NULL", "*arg4 == 0", "always". */
bool nc_yaml_condition(struct nc_contract_yaml *y, const yaml_node_t *node, struct nc_cond *when);
/* "PASSIVE", "<= DISPATCH", ">= DISPATCH", "APC..DISPATCH", "any". */
bool nc_yaml_levels(struct nc_contract_yaml *y, const yaml_node_t *node, int8_t *min, int8_t *max);
/* One item of an "effects:" list. */
bool nc_yaml_effect(struct nc_contract_yaml *y, yaml_node_t *node, struct nc_effect *effect);

#endif
