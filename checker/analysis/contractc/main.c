/*
 * contractc: the build tool that turns the rule data into C tables.
 *
 *     contractc -o OUT.c IRQL.tsv FILE.yaml...
 *
 * Exit code 0, or 2 with one line on standard error; OUT.c is not left half written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract_reader.h"
#include "analysis/contract_set.h"
#include "analysis/contractc/emit.h"
#include "analysis/contractc/irql_tsv.h"
#include "support/arena.h"

static int fail(char *error)
{
    fprintf(stderr, "contractc: %s\n", error);
    free(error);
    return 2;
}

static bool irql_layer(const char *path, struct nc_arena *arena, struct nc_contract_tables *tables, char **error)
{
    size_t length;
    char *text = nc_contract_read_file(path, &length, error);
    if (text == NULL) {
        return false;
    }
    char *kept = nc_arena_strdup(arena, text); /* the rows' names stay in it */
    free(text);
    struct nc_contract_set set;
    nc_contract_set_init(&set, arena);
    bool ok = nc_irql_tsv_read(&set, kept, path, error) && nc_contract_set_finish(&set, NULL, tables, error);
    nc_contract_set_free(&set);
    return ok;
}

static bool yaml_layer(char **paths, int count, struct nc_arena *arena, const struct nc_contract_tables *base,
                       struct nc_contract_tables *tables, char **error)
{
    struct nc_contract_set set;
    nc_contract_set_init(&set, arena);
    bool ok = true;
    for (int i = 0; ok && i < count; i++) {
        size_t length;
        char *text = nc_contract_read_file(paths[i], &length, error);
        ok = text != NULL && nc_contract_read(&set, text, length, paths[i], error);
        free(text);
    }
    ok = ok && nc_contract_set_finish(&set, base, tables, error);
    nc_contract_set_free(&set);
    return ok;
}

/* The upper layer, and what the lower one has besides. */
static bool merge(const struct nc_contract_tables *upper, const struct nc_contract_tables *lower,
                  struct nc_arena *arena, struct nc_contract_tables *tables, char **error)
{
    struct nc_contract_set set;
    const struct nc_contract_origin nowhere = { "(merged)", 0 };
    nc_contract_set_init(&set, arena);
    for (uint32_t i = 0; i < upper->function_count; i++) {
        nc_contract_set_function(&set, &upper->functions[i], 0, nowhere);
    }
    for (uint32_t i = 0; i < lower->function_count; i++) {
        if (!nc_tables_function(upper, lower->functions[i].name)) {
            nc_contract_set_function(&set, &lower->functions[i], 0, nowhere);
        }
    }
    for (uint32_t i = 0; i < upper->role_count; i++) {
        nc_contract_set_role(&set, &upper->roles[i], nowhere);
    }
    for (uint32_t i = 0; i < lower->role_count; i++) {
        if (!nc_tables_role(upper, lower->roles[i].name)) {
            nc_contract_set_role(&set, &lower->roles[i], nowhere);
        }
    }
    for (uint32_t i = 0; i < upper->slot_count; i++) {
        nc_contract_set_slot(&set, &upper->slots[i], nowhere);
    }
    for (uint32_t i = 0; i < upper->kind_count; i++) {
        nc_contract_set_kind(&set, &upper->kinds[i], nowhere);
    }
    bool ok = nc_contract_set_finish(&set, NULL, tables, error);
    nc_contract_set_free(&set);
    return ok;
}

int main(int argc, char **argv)
{
    if (argc < 5 || strcmp(argv[1], "-o") != 0) {
        fprintf(stderr, "usage: contractc -o OUT.c IRQL.tsv FILE.yaml...\n");
        return 2;
    }
    struct nc_arena *arena = nc_arena_new();
    struct nc_contract_tables irql, yaml, tables;
    char *error = NULL;
    if (!irql_layer(argv[3], arena, &irql, &error) || !yaml_layer(argv + 4, argc - 4, arena, &irql, &yaml, &error) ||
        !merge(&yaml, &irql, arena, &tables, &error)) {
        nc_arena_free(arena);
        return fail(error);
    }
    FILE *out = fopen(argv[2], "w");
    bool ok = out != NULL;
    if (ok) {
        nc_contract_emit(out, &tables);
        ok = !ferror(out);
        ok = fclose(out) == 0 && ok;
    }
    nc_arena_free(arena);
    if (!ok) {
        remove(argv[2]);
        fprintf(stderr, "contractc: %s: cannot be written\n", argv[2]);
        return 2;
    }
    return 0;
}
