/*
 * Reads contracts written in YAML (rules/contracts/README.md gives the schema). Used by contractc at build time and by
 * --contracts at run time. Unknown keys are errors: a misspelt key must not silently weaken a contract.
 */
#ifndef NC_ANALYSIS_CONTRACT_READER_H
#define NC_ANALYSIS_CONTRACT_READER_H

#include "analysis/contract_set.h"

/* Adds what the text says to the set. On an error returns false and puts "NAME:LINE: what" into *error (to free). */
bool nc_contract_read(struct nc_contract_set *set, const char *text, size_t length, const char *name, char **error);

/* The file's content (to free), with a 0 behind it; NULL and one line in *error (to free) if it cannot be read. */
char *nc_contract_read_file(const char *path, size_t *length, char **error);

/* The IRQL that a word names ("DISPATCH", "DISPATCH_LEVEL", "2"), or -1. */
int nc_contract_irql(const char *word);

#endif
