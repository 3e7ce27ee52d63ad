#include "report/baseline.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/json_text.h"
#include "report/paths.h"
#include "report/report.h"
#include "support/arena.h"

static int fail(char **error, const char *path, const char *why)
{
    size_t n = strlen(path) + strlen(why) + 40;

    *error = nc_xmalloc(n);
    snprintf(*error, n, "the baseline '%s': %s", path, why);
    return -1;
}

int nc_baseline_apply(struct nc_report *r, const char *path, size_t *gone, char **error)
{
    json_error_t problem;
    json_t *document = json_load_file(path, 0, &problem), *known, *entry;
    size_t index;

    *gone = 0;
    if (!document)
        return fail(error, path, problem.text);
    if (json_integer_value(json_object_get(document, "version")) != 1 ||
        !json_is_array(json_object_get(document, "findings"))) {
        json_decref(document);
        return fail(error, path, "not written by --baseline-write of this version");
    }
    known = json_object();
    json_array_foreach(json_object_get(document, "findings"), index, entry)
    {
        const char *print = json_string_value(json_object_get(entry, "fingerprint"));

        if (print)
            json_object_set_new(known, print, json_true());
    }
    *gone = json_object_size(known);
    for (size_t i = 0; i < r->count; i++) {
        if (!json_object_get(known, r->results[i].fingerprint))
            continue;
        --*gone;
        if (r->results[i].state == NC_RESULT_OPEN)
            r->results[i].state = NC_RESULT_BASELINE;
    }
    json_decref(known);
    json_decref(document);
    nc_report_recount(r);
    return 0;
}

int nc_baseline_write(const struct nc_report *r, const char *path, char **error)
{
    json_t *document = json_object(), *findings = json_array();
    FILE *out = fopen(path, "wb");
    int result = 0;

    if (!out) {
        json_decref(document);
        json_decref(findings);
        return fail(error, path, strerror(errno));
    }
    for (size_t i = 0; i < r->count; i++) {
        const struct nc_finding *finding = r->results[i].finding;
        json_t *entry;
        char *file;

        if (r->results[i].state != NC_RESULT_OPEN && r->results[i].state != NC_RESULT_BASELINE)
            continue;
        entry = json_object();
        file = nc_path_display(finding->place.file, r->root);
        json_object_set_new(entry, "fingerprint", json_string(r->results[i].fingerprint));
        json_object_set_new(entry, "rule", json_string(finding->rule));
        json_object_set_new(entry, "file", nc_json_string(file));
        json_object_set_new(entry, "function", nc_json_string(finding->place.function));
        json_object_set_new(entry, "message", nc_json_string(finding->message));
        json_array_append_new(findings, entry);
        free(file);
    }
    json_object_set_new(document, "version", json_integer(1));
    json_object_set_new(document, "findings", findings);
    if (json_dumpf(document, out, JSON_INDENT(2)) != 0 || fputc('\n', out) == EOF)
        result = fail(error, path, "cannot be written");
    if (fclose(out) != 0 && result == 0)
        result = fail(error, path, strerror(errno));
    json_decref(document);
    return result;
}
