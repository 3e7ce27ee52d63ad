/*
 * What the parts of the evaluation share.
 */
#ifndef NC_PROJECT_EVALUATE_INNER_H
#define NC_PROJECT_EVALUATE_INNER_H

#include <libxml/tree.h>

#include "project/evaluate.h"

/* An element to be evaluated once all properties are known. */
struct nc_late_element {
    xmlNode *node;
    size_t file; /* index into the evaluation's files */
};

struct nc_evaluator {
    struct nc_evaluation *e;
    const struct nc_evaluation_input *input;
    char *folder; /* the project's */
    xmlDoc **documents;
    size_t document_count;
    struct nc_strlist stack; /* files whose evaluation is under way */
    struct nc_late_element *late;
    size_t late_count, late_capacity;
    size_t budget; /* bytes that expansion may still produce */
    bool had_directory_props, had_directory_targets;
    char *error; /* the first one */
};

/* Where a text of files[file] stands. */
struct nc_scope nc_evaluator_scope(struct nc_evaluator *v, size_t file);
bool nc_element_is(const xmlNode *node, const char *name);
/* To free; NULL when there is none. */
char *nc_element_attribute(const xmlNode *node, const char *name);
char *nc_element_text(const xmlNode *node);
bool nc_element_condition(const struct nc_scope *scope, const xmlNode *node);

/* First pass over one file and what it imports. */
void nc_evaluate_file(struct nc_evaluator *v, const char *path);
/* The later passes. */
void nc_evaluate_definitions(struct nc_evaluator *v);
void nc_evaluate_items(struct nc_evaluator *v);

#endif
