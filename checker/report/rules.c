#include "report/rules.h"

#include <string.h>

static const struct nc_rule rules[] = {
#define NC_RULE(id, severity, group, title) { id, severity, group, title },
#include "report/rules.def"
#undef NC_RULE
};

enum { RULE_COUNT = sizeof rules / sizeof *rules, LONGEST_ID = 63 };

size_t nc_rule_count(void) { return RULE_COUNT; }

const struct nc_rule *nc_rule_at(size_t index) { return index < RULE_COUNT ? &rules[index] : NULL; }

int nc_rule_index(const char *id)
{
    for (int i = 0; i < RULE_COUNT; i++)
        if (strcmp(rules[i].id, id) == 0)
            return i;
    return -1;
}

const struct nc_rule *nc_rule_find(const char *id)
{
    int i = nc_rule_index(id);

    return i < 0 ? NULL : &rules[i];
}

/* Levenshtein distance; both strings at most LONGEST_ID long. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t row[LONGEST_ID + 1];
    size_t n = strlen(b);

    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t best = diagonal + (a[i] != b[j]);

            diagonal = row[j + 1];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (diagonal + 1 < best)
                best = diagonal + 1;
            row[j + 1] = best;
        }
    }
    return row[n];
}

const char *nc_rule_nearest(const char *id)
{
    const char *nearest = NULL;
    size_t best = 7; /* farther than this is no typing mistake */

    if (strlen(id) > LONGEST_ID)
        return NULL;
    for (size_t i = 0; i < RULE_COUNT; i++) {
        size_t d = edit_distance(id, rules[i].id);

        if (d < best) {
            best = d;
            nearest = rules[i].id;
        }
    }
    return nearest;
}
