#include "tool/lsp_hover.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract.h"
#include "support/strlist.h"

static const char *irql_name(int level)
{
    switch (level) {
    case NC_PASSIVE:
        return "PASSIVE_LEVEL";
    case NC_APC:
        return "APC_LEVEL";
    case NC_DISPATCH:
        return "DISPATCH_LEVEL";
    case NC_CLOCK:
        return "CLOCK_LEVEL";
    case NC_HIGH:
        return "HIGH_LEVEL";
    default:
        return "DIRQL";
    }
}

static void print_range(FILE *out, int min, int max)
{
    if (min == max)
        fprintf(out, "IRQL = `%s`", irql_name(min));
    else if (min <= NC_PASSIVE && max >= NC_HIGH)
        fputs("any IRQL", out);
    else if (min <= NC_PASSIVE)
        fprintf(out, "IRQL <= `%s`", irql_name(max));
    else if (max >= NC_HIGH)
        fprintf(out, "IRQL >= `%s`", irql_name(min));
    else
        fprintf(out, "`%s` <= IRQL <= `%s`", irql_name(min), irql_name(max));
}

static void print_condition(FILE *out, const struct nc_cond *when)
{
    if (when->op == NC_COND_ALWAYS)
        return;
    fprintf(out, ", when argument %d ", when->arg + 1);
    switch (when->op) {
    case NC_COND_EQ:
        fprintf(out, "is %lld", (long long)when->value);
        break;
    case NC_COND_NE:
        fprintf(out, "is not %lld", (long long)when->value);
        break;
    case NC_COND_MASK:
        fprintf(out, "has bits of 0x%llx", (unsigned long long)when->value);
        break;
    case NC_COND_NOMASK:
        fprintf(out, "has no bits of 0x%llx", (unsigned long long)when->value);
        break;
    case NC_COND_NULL:
        fputs("is NULL", out);
        break;
    case NC_COND_NOT_NULL:
        fputs("is not NULL", out);
        break;
    case NC_COND_POINTS_TO_ZERO:
        fputs("points to 0", out);
        break;
    default:
        fputs("does not point to 0", out);
        break;
    }
}

static const char *display_of(const struct nc_contracts *contracts, const char *kind)
{
    const struct nc_kind *k = nc_kind_find(contracts, kind);

    return k ? k->display : kind;
}

/* The effects that a caller has to answer for. */
static bool print_effect(FILE *out, const struct nc_contracts *contracts, const struct nc_effect *e)
{
    const char *text = e->text ? e->text : "";

    switch (e->op) {
    case NC_EFF_ACQUIRE:
        fprintf(out, "- on success acquires a %s", display_of(contracts, text));
        break;
    case NC_EFF_END:
        fprintf(out, "- ends a %s", display_of(contracts, text));
        break;
    case NC_EFF_COMPLETE:
        fprintf(out, "- waits until the end of a %s is complete", display_of(contracts, text));
        break;
    case NC_EFF_BIND:
        fputs("- on success makes the binding: its context and dispatch must outlive it", out);
        break;
    case NC_EFF_DETACH_DONE:
        fputs("- completes a detach: the binding context may be gone afterwards", out);
        break;
    case NC_EFF_ALLOC:
        fputs("- allocates memory; may give NULL", out);
        break;
    case NC_EFF_ALLOC_SURE:
        fputs("- allocates memory; never gives NULL", out);
        break;
    case NC_EFF_FREE:
        fprintf(out, "- frees argument %d", e->a[0] + 1);
        break;
    case NC_EFF_FREE_OBJECT:
        fprintf(out, "- frees what argument %d owns", e->a[0] + 1);
        break;
    case NC_EFF_LOCK:
        fprintf(out, "- acquires a lock (%s)", text);
        break;
    case NC_EFF_LOCK_SHARED:
        fprintf(out, "- acquires a lock (%s), shared", text);
        break;
    case NC_EFF_TRY_LOCK:
        fprintf(out, "- tries to acquire a lock (%s)", text);
        break;
    case NC_EFF_UNLOCK:
        fprintf(out, "- releases a lock (%s)", text);
        break;
    case NC_EFF_RAISE:
        fputs("- raises the IRQL", out);
        break;
    case NC_EFF_LOWER:
        fputs("- lowers the IRQL", out);
        break;
    case NC_EFF_BLOCKS:
        fputs("- may block", out);
        break;
    case NC_EFF_CALLS:
        fprintf(out, "- calls argument %d before it returns", e->a[0] + 1);
        break;
    case NC_EFF_CALLS_LATER:
        fprintf(out, "- keeps argument %d as a callback", e->a[0] + 1);
        break;
    case NC_EFF_QUEUES:
        fprintf(out, "- queues the callback in argument %d", e->a[0] + 1);
        break;
    case NC_EFF_KEEPS:
        fprintf(out, "- keeps argument %d beyond the call", e->a[0] + 1);
        break;
    case NC_EFF_NORETURN:
        fputs("- does not return", out);
        break;
    case NC_EFF_THROWS:
        fputs("- may raise an exception", out);
        break;
    default:
        return false;
    }
    print_condition(out, &e->when);
    fputc('\n', out);
    return true;
}

static void print_contract(FILE *out, const struct nc_contracts *contracts, const struct nc_contract *c)
{
    fprintf(out, "**%s**\n\n", c->name);
    for (unsigned i = 0; i < c->bound_count; i++) {
        fputs("- ", out);
        print_range(out, c->bounds[i].min, c->bounds[i].max);
        print_condition(out, &c->bounds[i].when);
        fputc('\n', out);
    }
    for (unsigned i = 0; i < c->effect_count; i++)
        print_effect(out, contracts, &c->effects[i]);
    if (c->page && *c->page)
        fprintf(out, "\n*%s*\n", c->page);
}

char *nc_hover_text(const struct nc_contracts *contracts, const char *word)
{
    const struct nc_contract *contract = nc_contract_find(contracts, word);
    const struct nc_role_contract *role = contract ? NULL : nc_role_find(contracts, word);
    char *text = NULL;
    size_t length;
    FILE *out;

    if (!contract && !role)
        return NULL;
    out = open_memstream(&text, &length);
    if (!out)
        return NULL;
    if (contract) {
        print_contract(out, contracts, contract);
    } else {
        fprintf(out, "**%s**: %s\n\n- runs at ", role->name,
                role->display && *role->display ? role->display : "callback");
        print_range(out, role->min, role->max);
        if (role->page && *role->page)
            fprintf(out, "\n\n*%s*\n", role->page);
    }
    fclose(out);
    return text;
}
