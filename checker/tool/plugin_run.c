#include "tool/plugin_run.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/contract.h"
#include "model/module_file.h"
#include "report/report.h"
#include "report/rules.h"
#include "report/sources.h"
#include "report/suppress.h"
#include "tool/driver.h"
#include "tool/options.h"

struct plugin {
    struct nc_options options;
    const char *module_file;
    bool only_module;
    const struct nc_plugin_host *host;
};

static int complain(const struct plugin *p, char *text)
{
    p->host->problem(p->host->user, text);
    free(text);
    return -1;
}

/* The part behind "name=", or NULL. */
static const char *value_of(const char *argument, const char *name)
{
    size_t n = strlen(name);

    return strncmp(argument, name, n) == 0 && argument[n] == '=' ? argument + n + 1 : NULL;
}

static int add_rule(struct plugin *p, struct nc_strlist *list, const char *id)
{
    const char *nearest = nc_rule_nearest(id);

    if (!nc_rule_find(id))
        return complain(p, nc_strformat("nmrcheck: there is no rule '%s'%s%s", id, nearest ? "; nearest is " : "",
                                        nearest ? nearest : ""));
    nc_strlist_add(list, id);
    return 0;
}

static int parse_argument(struct plugin *p, const char *argument)
{
    const char *value;

    if ((value = value_of(argument, "module")) != NULL) {
        p->module_file = value;
    } else if (strcmp(argument, "only-module") == 0) {
        p->only_module = true;
    } else if ((value = value_of(argument, "contracts")) != NULL) {
        nc_strlist_add(&p->options.contracts, value);
    } else if ((value = value_of(argument, "entry")) != NULL) {
        free(p->options.entry);
        p->options.entry = nc_strcopy(value);
    } else if ((value = value_of(argument, "rule")) != NULL) {
        return add_rule(p, &p->options.only_rules, value);
    } else if ((value = value_of(argument, "disable")) != NULL) {
        return add_rule(p, &p->options.disabled_rules, value);
    } else {
        return complain(p, nc_strformat("nmrcheck: unknown plugin argument '%s' (known: module=FILE, only-module, "
                                        "contracts=FILE, entry=NAME, rule=ID, disable=ID)",
                                        argument));
    }
    return 0;
}

static int analyse(const struct plugin *p, const struct nc_module *m)
{
    const struct nc_contracts *contracts = nc_options_contracts(&p->options);
    struct nc_sources *sources = nc_sources_new(); /* reads no file for a unit without findings */
    struct nc_driver_options driver = { .contracts = contracts, .entry = p->options.entry, .sources = sources };
    struct nc_suppressions suppressions = { 0 };
    struct nc_findings *findings;
    struct nc_report *report;
    int count = 0;

    if (!contracts) {
        nc_sources_free(sources);
        return -1;
    }
    findings = nc_driver_check(&m, 1, &driver, NULL);
    if (findings->count > 0) {
        report = nc_report_new(findings, sources);
        for (size_t i = 0; i < report->count; i++) {
            const char *file = report->results[i].finding->place.file;

            if (i == 0 || strcmp(file, report->results[i - 1].finding->place.file) != 0)
                nc_suppressions_read(&suppressions, sources, file);
        }
        nc_suppressions_apply(&suppressions, report);
        for (size_t i = 0; i < report->count; i++)
            if (report->results[i].state == NC_RESULT_OPEN &&
                nc_options_rule_on(&p->options, report->results[i].finding->rule)) {
                p->host->finding(p->host->user, report->results[i].finding);
                count++;
            }
        nc_report_free(report);
        nc_suppressions_clear(&suppressions);
    }
    nc_sources_free(sources);
    nc_findings_free(findings);
    nc_contracts_free((struct nc_contracts *)contracts);
    return count;
}

int nc_plugin_run(struct nc_module *m, const char *const *args, size_t arg_count, const struct nc_plugin_host *host)
{
    struct plugin p = { .host = host };
    char *error = NULL;
    int result = 0;

    for (size_t i = 0; result == 0 && i < arg_count; i++)
        result = parse_argument(&p, args[i]);
    if (result == 0 && p.module_file && nc_module_save(m, p.module_file, &error) != 0)
        result = complain(&p, nc_strformat("nmrcheck: %s", error ? error : "cannot write the module"));
    if (result == 0 && !p.only_module)
        result = analyse(&p, m);
    free(error);
    nc_options_clear(&p.options);
    return result;
}
