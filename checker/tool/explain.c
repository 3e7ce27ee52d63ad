#include "tool/explain.h"

#include <stdio.h>
#include <string.h>

#include "report/report.h"
#include "report/rule_pages.h"
#include "report/rules.h"
#include "tool/options.h"

int nc_explain(const char *id)
{
    const struct nc_rule *rule = nc_rule_find(id);
    const char *page;

    if (!rule)
        return nc_options_check_rule(id, "--explain") ? 0 : 2;
    page = nc_rule_page(id);
    if (page)
        fputs(page, stdout);
    else
        printf("# %s\n\n%s: %s.\n", rule->id, nc_severity_name(rule->severity), rule->title);
    return 0;
}

int nc_list_rules(void)
{
    const char *group = "";

    for (size_t i = 0; i < nc_rule_count(); i++) {
        const struct nc_rule *rule = nc_rule_at(i);

        if (strcmp(group, rule->group) != 0)
            printf("%s%s\n", i > 0 ? "\n" : "", rule->group);
        group = rule->group;
        printf("  %-32s %-8s %s\n", rule->id, nc_severity_name(rule->severity), rule->title);
    }
    return 0;
}
