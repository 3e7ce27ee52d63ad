#include "analysis/contractc/irql_tsv.h"

#include <string.h>

#include "analysis/contract_reader.h"

enum { NAME, KIND, HEADER, MIN, MAX, NOTE, COLUMNS };

static bool row_fail(char **error, const char *name, unsigned line, const char *what)
{
    *error = nc_contract_error(name, line, what);
    return false;
}

static void row_split(char *row, char *columns[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++) {
        columns[i] = row;
        char *tab = strchr(row, '\t');
        if (tab != NULL) {
            *tab = '\0';
            row = tab + 1;
        } else {
            row += strlen(row);
        }
    }
}

/*
 * The rows are sorted by name, so an earlier row of the same name is the last one. A lowest level is not taken over:
 * pages give one for many functions that work below it too, so lower bounds are written by hand.
 */
static void function_row(struct nc_contract_set *set, char *c[COLUMNS], int max, struct nc_contract_origin origin)
{
    struct nc_contract *last = set->function_count ? &set->functions[set->function_count - 1] : NULL;
    if (last != NULL && strcmp(last->name, c[NAME]) == 0) {
        struct nc_bound *bound = (struct nc_bound *)last->bounds; /* made below, ours */
        bound->max = (int8_t)(max > bound->max ? max : bound->max);
        return;
    }
    struct nc_bound *bound = nc_arena_alloc(set->arena, sizeof *bound);
    *bound = (struct nc_bound){ NC_PASSIVE, (int8_t)max, { NC_COND_ALWAYS, NC_ARG_NONE, 0 } };
    struct nc_contract f = { .name = c[NAME], .bounds = bound, .bound_count = 1 };
    f.page = nc_arena_printf(set->arena, "%s (%s)", c[NAME], c[HEADER]);
    nc_contract_set_function(set, &f, NC_GIVEN_PAGE | NC_GIVEN_BOUNDS, origin);
}

static void role_row(struct nc_contract_set *set, char *c[COLUMNS], int min, int max, struct nc_contract_origin origin)
{
    struct nc_role_contract *last = set->role_count ? &set->roles[set->role_count - 1] : NULL;
    if (last != NULL && strcmp(last->name, c[NAME]) == 0) {
        last->min = (int8_t)(min < last->min ? min : last->min);
        last->max = (int8_t)(max < last->max ? max : last->max); /* the highest level that every page agrees on */
        last->min = last->min < last->max ? last->min : last->max;
        return;
    }
    struct nc_role_contract r = { .name = c[NAME], .min = (int8_t)min, .max = (int8_t)max, .phase = NC_PHASE_RUNNING };
    r.page = nc_arena_printf(set->arena, "%s (%s)", c[NAME], c[HEADER]);
    r.display = nc_arena_printf(set->arena, "%s callback", c[NAME]);
    nc_contract_set_role(set, &r, origin);
}

bool nc_irql_tsv_read(struct nc_contract_set *set, char *text, const char *name, char **error)
{
    unsigned line = 0;
    bool header_seen = false;
    for (char *row = text, *next; row != NULL && *row != '\0'; row = next) {
        line++;
        next = strchr(row, '\n');
        if (next != NULL) {
            *next++ = '\0';
        }
        row[strcspn(row, "\r")] = '\0';
        if (*row == '#' || *row == '\0') {
            continue;
        }
        char *c[COLUMNS];
        row_split(row, c);
        if (!header_seen) {
            header_seen = true;
            if (strcmp(c[NAME], "name") != 0 || strcmp(c[MAX], "max") != 0) {
                return row_fail(error, name, line, "the columns must be: name kind header min max note");
            }
            continue;
        }
        if (*c[MIN] == '\0' && *c[MAX] == '\0') {
            continue;
        }
        int min = *c[MIN] ? nc_contract_irql(c[MIN]) : NC_PASSIVE, max = *c[MAX] ? nc_contract_irql(c[MAX]) : NC_HIGH;
        if (min < 0 || max < min) {
            return row_fail(error, name, line, "unknown IRQL");
        }
        struct nc_contract_origin origin = { name, line };
        if (strcmp(c[KIND], "callback") == 0) {
            if (min == NC_PASSIVE && max == NC_HIGH) {
                continue; /* "any level" on a callback's page: as the caller, which says nothing of a real entry */
            }
            role_row(set, c, min, max, origin);
        } else if (strcmp(c[KIND], "function") == 0) {
            function_row(set, c, max, origin);
        } else {
            return row_fail(error, name, line, "kind must be function or callback");
        }
    }
    return true;
}
