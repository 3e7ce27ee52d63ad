/* SARIF 2.1.0: one run, with the rules that nmrcheck knows, each finding's path as a code flow, and what could not be
 * analysed as notifications. */
#include <stdlib.h>
#include <string.h>

#include "report/json_text.h"
#include "report/paths.h"
#include "report/report.h"
#include "report/rule_pages.h"
#include "report/rules.h"
#include "report/sarif_parts.h"
#include "support/arena.h"

enum { NC_GAP_KIND_NOTE = 3 }; /* NC_GAP_NOTE of model/module.h, which reporters do not see */

static json_t *message(const char *text)
{
    json_t *object = json_object();

    json_object_set_new(object, "text", nc_json_string(text));
    return object;
}

static const char *level_of(enum nc_severity severity) { return nc_severity_name(severity); }

/* "nmr-missing-wait" -> "NmrMissingWait", the form that SARIF wants for a rule's name. */
static json_t *pascal_name(const char *id)
{
    char name[64];
    size_t n = 0;
    int upper = 1;

    for (; *id && n + 1 < sizeof name; id++) {
        if (*id == '-') {
            upper = 1;
            continue;
        }
        name[n++] = upper && *id >= 'a' && *id <= 'z' ? (char)(*id - 'a' + 'A') : *id;
        upper = 0;
    }
    return json_stringn(name, n);
}

/* The rule's title as a sentence. */
static char *sentence(const char *title)
{
    size_t n = strlen(title);
    char *text = nc_xmalloc(n + 2);

    memcpy(text, title, n);
    if (n > 0 && text[0] >= 'a' && text[0] <= 'z' && strncmp(text, "nmr", 3) != 0)
        text[0] = (char)(text[0] - 'a' + 'A');
    if (n == 0 || text[n - 1] != '.')
        text[n++] = '.';
    text[n] = '\0';
    return text;
}

/* The first paragraph of the page under its heading, on one line; NULL when there is none. */
static char *first_paragraph(const char *page)
{
    const char *end;
    char *text;
    size_t n;

    while (*page == '#' || *page == '\n') {
        const char *line = strchr(page, '\n');

        if (!line)
            return NULL;
        page = line + 1;
    }
    end = strstr(page, "\n\n");
    n = end ? (size_t)(end - page) : strlen(page);
    while (n > 0 && page[n - 1] == '\n')
        n--;
    if (n == 0)
        return NULL;
    text = nc_xmalloc(n + 1);
    memcpy(text, page, n);
    text[n] = '\0';
    for (char *c = text; *c; c++)
        if (*c == '\n')
            *c = ' ';
    return text;
}

static json_t *describe_rule(const struct nc_rule *rule)
{
    json_t *object = json_object();
    json_t *configuration = json_object(), *properties = json_object();
    const char *page = nc_rule_page(rule->id);
    char *title = sentence(rule->title);
    char *full = page ? first_paragraph(page) : NULL;
    json_t *help = message(page ? page : title);

    json_object_set_new(object, "id", json_string(rule->id));
    json_object_set_new(object, "name", pascal_name(rule->id));
    json_object_set_new(object, "shortDescription", message(title));
    json_object_set_new(object, "fullDescription", message(full ? full : title));
    if (page)
        json_object_set_new(help, "markdown", nc_json_string(page));
    json_object_set_new(object, "help", help);
    json_object_set_new(configuration, "level", json_string(level_of(rule->severity)));
    json_object_set_new(object, "defaultConfiguration", configuration);
    json_object_set_new(properties, "category", json_string(rule->group));
    json_object_set_new(properties, "precision", json_string("very-high"));
    json_object_set_new(properties, "problem.severity", json_string(level_of(rule->severity)));
    json_object_set_new(object, "properties", properties);
    free(title);
    free(full);
    return object;
}

/* The changes of one file by one fix. */
static json_t *artifact_change(const struct nc_report *r, const struct nc_fix *fix, const char *file)
{
    json_t *change = json_object(), *replacements = json_array();

    for (size_t i = 0; i < fix->edit_count; i++) {
        json_t *replacement;

        if (strcmp(fix->edits[i].file, file) != 0)
            continue;
        replacement = json_object();
        json_object_set_new(replacement, "deletedRegion", nc_sarif_edit_region(r, &fix->edits[i]));
        if (*fix->edits[i].text)
            json_object_set_new(replacement, "insertedContent", message(fix->edits[i].text));
        json_array_append_new(replacements, replacement);
    }
    json_object_set_new(change, "artifactLocation", nc_sarif_artifact(r, file));
    json_object_set_new(change, "replacements", replacements);
    return change;
}

static json_t *fix_object(const struct nc_report *r, const struct nc_fix *fix)
{
    json_t *object = json_object(), *changes = json_array();

    for (size_t i = 0; i < fix->edit_count; i++) {
        size_t first = 0;

        while (strcmp(fix->edits[first].file, fix->edits[i].file) != 0)
            first++;
        if (first == i)
            json_array_append_new(changes, artifact_change(r, fix, fix->edits[i].file));
    }
    json_object_set_new(object, "description", message(fix->title));
    json_object_set_new(object, "artifactChanges", changes);
    return object;
}

/* The path as one thread flow; the finding's own place is its last step. */
static json_t *code_flows(const struct nc_report *r, const struct nc_finding *finding)
{
    json_t *flow = json_object(), *thread = json_object(), *steps = json_array();
    json_t *threads = json_array(), *flows = json_array();

    for (size_t i = 0; i < finding->step_count; i++) {
        json_t *step = json_object();
        json_t *location = nc_sarif_location(r, &finding->steps[i].place);

        json_object_set_new(location, "message", message(finding->steps[i].text));
        json_object_set_new(step, "location", location);
        json_object_set_new(step, "executionOrder", json_integer((json_int_t)i + 1));
        json_array_append_new(steps, step);
    }
    json_object_set_new(thread, "locations", steps);
    json_array_append_new(threads, thread);
    json_object_set_new(flow, "threadFlows", threads);
    json_array_append_new(flows, flow);
    return flows;
}

static json_t *related(const struct nc_report *r, const struct nc_finding *finding)
{
    json_t *locations = json_array();

    for (size_t i = 0; i < finding->step_count; i++) {
        json_t *location = nc_sarif_location(r, &finding->steps[i].place);

        json_object_set_new(location, "id", json_integer((json_int_t)i + 1));
        json_object_set_new(location, "message", message(finding->steps[i].text));
        json_array_append_new(locations, location);
    }
    return locations;
}

static json_t *suppressions(const struct nc_result *result)
{
    json_t *list = json_array();
    json_t *object = json_object();

    if (result->state == NC_RESULT_SUPPRESSED) {
        json_object_set_new(object, "kind", json_string("inSource"));
        json_object_set_new(object, "status", json_string("accepted"));
        if (result->justification)
            json_object_set_new(object, "justification", nc_json_string(result->justification));
    } else {
        json_object_set_new(object, "kind", json_string("external"));
        json_object_set_new(object, "status", json_string("accepted"));
        json_object_set_new(object, "justification", json_string("in the baseline"));
    }
    json_array_append_new(list, object);
    return list;
}

static json_t *result_object(const struct nc_report *r, const struct nc_result *result)
{
    const struct nc_finding *finding = result->finding;
    json_t *object = json_object(), *locations = json_array(), *prints = json_object(), *fixes;
    char *text = sentence(finding->message);

    json_object_set_new(object, "ruleId", json_string(finding->rule));
    if (nc_rule_index(finding->rule) >= 0)
        json_object_set_new(object, "ruleIndex", json_integer(nc_rule_index(finding->rule)));
    json_object_set_new(object, "level", json_string(level_of(finding->severity)));
    json_object_set_new(object, "message", message(text));
    free(text);
    json_array_append_new(locations, nc_sarif_location(r, &finding->place));
    json_object_set_new(object, "locations", locations);
    json_object_set_new(prints, "nmrcheck/v1", json_string(result->fingerprint));
    json_object_set_new(object, "partialFingerprints", prints);
    if (finding->step_count > 0) {
        json_object_set_new(object, "codeFlows", code_flows(r, finding));
        json_object_set_new(object, "relatedLocations", related(r, finding));
    }
    if (finding->fix_count > 0) {
        fixes = json_array();
        for (size_t i = 0; i < finding->fix_count; i++)
            if (finding->fixes[i].edit_count > 0)
                json_array_append_new(fixes, fix_object(r, &finding->fixes[i]));
        json_object_set_new(object, "fixes", fixes);
    }
    if (result->state == NC_RESULT_SUPPRESSED || result->state == NC_RESULT_BASELINE)
        json_object_set_new(object, "suppressions", suppressions(result));
    if (result->state == NC_RESULT_BASELINE)
        json_object_set_new(object, "baselineState", json_string("unchanged"));
    return object;
}

static json_t *driver(void)
{
    json_t *object = json_object(), *rules = json_array(), *notifications = json_array(), *gap = json_object();

    json_object_set_new(object, "name", json_string("nmrcheck"));
    json_object_set_new(
        object, "fullName",
        json_string("nmrcheck, a checker for Network Module Registrar and IRQL use in Windows drivers"));
    json_object_set_new(object, "version", json_string(nc_version()));
    json_object_set_new(object, "semanticVersion", json_string(nc_version()));
#ifdef NMRCHECK_URI /* where the build's owner publishes it */
    json_object_set_new(object, "informationUri", json_string(NMRCHECK_URI));
#endif
    for (size_t i = 0; i < nc_rule_count(); i++)
        json_array_append_new(rules, describe_rule(nc_rule_at(i)));
    json_object_set_new(object, "rules", rules);
    json_object_set_new(gap, "id", json_string("not-analysed"));
    json_object_set_new(gap, "name", json_string("NotAnalysed"));
    json_object_set_new(gap, "shortDescription", message("A part of the code could not be analysed."));
    json_object_set_new(gap, "fullDescription",
                        message("A function, header or construct could not be analysed; nothing is known of it."));
    json_array_append_new(notifications, gap);
    json_object_set_new(object, "notifications", notifications);
    return object;
}

static json_t *notification(const struct nc_report *r, const struct nc_gap_note *gap)
{
    json_t *object = json_object(), *descriptor = json_object();
    size_t n = strlen(gap->what) + strlen(gap->reason) + 4;
    char *text = nc_xmalloc(n);

    snprintf(text, n, "%s%s%s.", gap->what, *gap->what && *gap->reason ? ": " : "", gap->reason);
    json_object_set_new(descriptor, "id", json_string("not-analysed"));
    json_object_set_new(descriptor, "index", json_integer(0));
    json_object_set_new(object, "descriptor", descriptor);
    json_object_set_new(object, "message", message(text));
    json_object_set_new(object, "level", json_string(gap->kind == NC_GAP_KIND_NOTE ? "note" : "warning"));
    if (*gap->place.file && !nc_path_is_virtual(gap->place.file)) {
        json_t *locations = json_array();

        json_array_append_new(locations, nc_sarif_location(r, &gap->place));
        json_object_set_new(object, "locations", locations);
    }
    free(text);
    return object;
}

static json_t *invocations(const struct nc_report *r)
{
    json_t *list = json_array(), *object = json_object(), *notifications = json_array();

    json_object_set_new(object, "executionSuccessful", json_boolean(!r->failed));
    for (size_t i = 0; i < r->findings->gap_count; i++)
        json_array_append_new(notifications, notification(r, &r->findings->gaps[i]));
    json_object_set_new(object, "toolExecutionNotifications", notifications);
    json_array_append_new(list, object);
    return list;
}

static json_t *base_ids(const struct nc_report *r)
{
    json_t *bases = json_object(), *root = json_object();
    char *folder = nc_path_join(r->root, ""); /* a base must end with a slash */
    char *uri = nc_path_uri(folder);

    json_object_set_new(root, "uri", json_string(uri));
    json_object_set_new(root, "description", message("The root of the checkout."));
    json_object_set_new(bases, "SRCROOT", root);
    free(uri);
    free(folder);
    return bases;
}

void nc_report_sarif(const struct nc_report *r, FILE *out)
{
    json_t *log = json_object(), *runs = json_array(), *run = json_object(), *tool = json_object();
    json_t *results = json_array();

    json_object_set_new(log, "$schema", json_string("https://json.schemastore.org/sarif-2.1.0.json"));
    json_object_set_new(log, "version", json_string("2.1.0"));
    json_object_set_new(tool, "driver", driver());
    json_object_set_new(run, "tool", tool);
    json_object_set_new(run, "invocations", invocations(r));
    json_object_set_new(run, "originalUriBaseIds", base_ids(r));
    json_object_set_new(run, "columnKind", json_string("utf16CodeUnits"));
    for (size_t i = 0; i < r->count; i++)
        if (r->results[i].state != NC_RESULT_UNTOUCHED)
            json_array_append_new(results, result_object(r, &r->results[i]));
    json_object_set_new(run, "results", results);
    json_array_append_new(runs, run);
    json_object_set_new(log, "runs", runs);
    json_dumpf(log, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(log);
}
