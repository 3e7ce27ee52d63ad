#include "tool/lsp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "analysis/contract.h"
#include "report/json_text.h"
#include "report/paths.h"
#include "report/sources.h"
#include "tool/config.h"
#include "tool/driver.h"
#include "tool/lsp_diagnostics.h"
#include "tool/lsp_hover.h"
#include "tool/lsp_stream.h"
#include "tool/lsp_workspace.h"
#include "tool/options.h"
#include "tool/units.h"

enum { DEBOUNCE_MS = 200, PROGRESS_WAIT_MS = 1000, PROGRESS_REQUEST = 1 };

enum progress { PROGRESS_NONE, PROGRESS_ASKED, PROGRESS_ON, PROGRESS_OVER };

struct pending_pull { /* a diagnostics request that waits for the analysis */
    json_t *id;
    char *path;
};

struct server {
    struct nc_options *options;
    struct nc_lsp_stream *stream;
    struct nc_workspace workspace;
    bool initialized, started, shut_down, exiting;
    bool pulls, refreshes, reports_progress; /* what the client can do */
    uint64_t work_from_ns;                   /* no work before: the user is typing */
    enum progress progress;
    size_t first_total;
    struct nc_strlist published; /* files whose diagnostics the client has */
    struct pending_pull *waiting;
    size_t waiting_count;
    int next_request;
};

static const char *text_at(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* ---- progress of the first analysis ---- */

static void send_progress(struct server *s, json_t *value)
{
    nc_lsp_notify(s->stream, "$/progress", json_pack("{s:s, s:o}", "token", "nmrcheck/first", "value", value));
}

static void ask_for_progress(struct server *s)
{
    s->first_total = s->workspace.dirty_count;
    if (!s->reports_progress || s->first_total == 0)
        return;
    s->progress = PROGRESS_ASKED;
    s->work_from_ns = nc_now_ns() + PROGRESS_WAIT_MS * 1000000ull; /* the answer is there at once, if at all */
    nc_lsp_request(s->stream, PROGRESS_REQUEST, "window/workDoneProgress/create",
                   json_pack("{s:s}", "token", "nmrcheck/first"));
}

static void on_response(struct server *s, const json_t *message)
{
    if (json_integer_value(json_object_get(message, "id")) != PROGRESS_REQUEST || s->progress != PROGRESS_ASKED)
        return;
    s->progress = json_object_get(message, "error") || s->workspace.analysed ? PROGRESS_OVER : PROGRESS_ON;
    s->work_from_ns = 0;
    if (s->progress == PROGRESS_ON)
        send_progress(s, json_pack("{s:s, s:s, s:b, s:i}", "kind", "begin", "title", "nmrcheck: reading the driver",
                                   "cancellable", 0, "percentage", 0));
}

static void report_progress(struct server *s)
{
    size_t left = s->workspace.dirty_count;

    if (s->progress != PROGRESS_ON)
        return;
    if (s->workspace.analysed) {
        send_progress(s, json_pack("{s:s}", "kind", "end"));
        s->progress = PROGRESS_OVER;
    } else if (left <= s->first_total) {
        send_progress(s, json_pack("{s:s, s:i}", "kind", "report", "percentage",
                                   (int)((s->first_total - left) * 100 / s->first_total)));
    }
}

/* ---- diagnostics ---- */

static json_t *full_report(const struct server *s, const char *path)
{
    char *id = nc_strformat("%u", s->workspace.generation);
    json_t *report =
        json_pack("{s:s, s:s, s:o}", "kind", "full", "resultId", id, "items", nc_lsp_diagnostics(&s->workspace, path));

    free(id);
    return report;
}

static void publish_file(struct server *s, const char *path)
{
    char *uri = nc_lsp_uri(&s->workspace, path);

    nc_lsp_notify(s->stream, "textDocument/publishDiagnostics",
                  json_pack("{s:s, s:o}", "uri", uri, "diagnostics", nc_lsp_diagnostics(&s->workspace, path)));
    free(uri);
}

/* After an analysis: pushes to clients that do not pull, wakes those that do. A file that has none any more is told so.
 */
static void publish(struct server *s)
{
    struct nc_strlist files = { 0 };

    for (size_t i = 0; i < s->waiting_count; i++) {
        nc_lsp_respond(s->stream, s->waiting[i].id, full_report(s, s->waiting[i].path));
        free(s->waiting[i].path);
    }
    if (s->pulls && s->waiting_count == 0 && s->refreshes)
        nc_lsp_request(s->stream, s->next_request++, "workspace/diagnostic/refresh", NULL);
    s->waiting_count = 0;
    nc_lsp_files_with_findings(&s->workspace, &files);
    for (size_t i = 0; i < files.count; i++) /* what is not open is not pulled */
        if (!s->pulls || !nc_document_by_path(&s->workspace.documents, files.items[i]))
            publish_file(s, files.items[i]);
    for (size_t i = 0; i < s->published.count; i++)
        if (!nc_strlist_has(&files, s->published.items[i]))
            publish_file(s, s->published.items[i]);
    nc_strlist_clear(&s->published);
    s->published = files;
}

static void work(struct server *s)
{
    if (!nc_workspace_step(&s->workspace))
        return;
    report_progress(s);
    if (s->workspace.analysed)
        publish(s);
}

static void work_later(struct server *s) { s->work_from_ns = nc_now_ns() + DEBOUNCE_MS * 1000000ull; }

/* ---- notifications ---- */

static struct nc_document *document_of(struct server *s, const json_t *params)
{
    const char *uri = text_at(json_object_get(params, "textDocument"), "uri");

    return uri ? nc_document_by_uri(&s->workspace.documents, uri) : NULL;
}

static bool is_as_on_disk(const struct nc_document *document)
{
    struct nc_sources *sources = nc_sources_new();
    size_t length;
    const char *text = nc_sources_text(sources, document->path, &length);
    bool same = text && length == document->length && memcmp(text, document->text, length) == 0;

    nc_sources_free(sources);
    return same;
}

static void did_open(struct server *s, const json_t *params)
{
    const json_t *item = json_object_get(params, "textDocument");
    const char *uri = text_at(item, "uri"), *text = text_at(item, "text");
    struct nc_document *document = uri && text ? nc_document_open(&s->workspace.documents, uri, text) : NULL;

    /* All that includes a header would be read again. */
    if (document && !(nc_path_is_header(document->path) && is_as_on_disk(document)))
        nc_workspace_touch(&s->workspace, document->path);
}

static void did_change(struct server *s, const json_t *params)
{
    struct nc_document *document = document_of(s, params);
    const json_t *change;
    size_t i;

    if (!document)
        return;
    json_array_foreach(json_object_get(params, "contentChanges"), i, change)
    {
        if (!nc_document_change(document, change))
            fprintf(stderr, "nmrcheck: a change of %s makes no sense\n", document->uri);
    }
    nc_workspace_touch(&s->workspace, document->path);
    work_later(s);
}

static void did_close(struct server *s, const json_t *params)
{
    struct nc_document *document = document_of(s, params);

    if (!document)
        return;
    nc_workspace_touch(&s->workspace, document->path); /* what is on disk counts again */
    nc_document_close(&s->workspace.documents, document);
}

static void did_change_files(struct server *s, const json_t *params)
{
    const json_t *change;
    size_t i;

    json_array_foreach(json_object_get(params, "changes"), i, change)
    {
        const char *uri = text_at(change, "uri");
        char *raw = uri ? nc_path_from_uri(uri) : NULL;

        if (raw && !nc_document_by_uri(&s->workspace.documents, uri)) {
            char *path = nc_path_absolute(raw, NULL);

            if (access(path, R_OK) == 0)
                nc_workspace_touch(&s->workspace, path);
            free(path);
        }
        free(raw);
    }
    work_later(s);
}

static void cancel(struct server *s, const json_t *params)
{
    const json_t *id = json_object_get(params, "id");

    for (size_t i = 0; i < s->waiting_count; i++)
        if (json_equal(s->waiting[i].id, id)) {
            nc_lsp_respond_error(s->stream, s->waiting[i].id, NC_LSP_CANCELLED, "cancelled");
            free(s->waiting[i].path);
            s->waiting[i] = s->waiting[--s->waiting_count];
            return;
        }
}

/* ---- requests ---- */

static json_t *capabilities(void)
{
    return json_pack("{s:{s:s, s:{s:b, s:i, s:{s:b}}, s:b, s:{s:[s]}, s:{s:s, s:b, s:b}}, s:{s:s, s:s}}",
                     "capabilities", "positionEncoding", "utf-16", "textDocumentSync", "openClose", 1, "change", 2,
                     "save", "includeText", 0, "hoverProvider", 1, "codeActionProvider", "codeActionKinds", "quickfix",
                     "diagnosticProvider", "identifier", "nmrcheck", "interFileDependencies", 1, "workspaceDiagnostics",
                     0, "serverInfo", "name", "nmrcheck", "version", nc_version());
}

static void add_uri_folder(struct server *s, const char *uri)
{
    char *folder = uri ? nc_path_from_uri(uri) : NULL;

    if (folder)
        nc_workspace_add_folder(&s->workspace, folder);
    free(folder);
}

/* json_object_get on a path of keys. */
static bool can(const json_t *at, const char *a, const char *b, const char *c)
{
    at = json_object_get(at, a);
    if (b)
        at = json_object_get(at, b);
    if (c)
        at = json_object_get(at, c);
    return at && !json_is_false(at) && !json_is_null(at);
}

static json_t *initialize(struct server *s, const json_t *params)
{
    const json_t *client = json_object_get(params, "capabilities"), *folders, *folder;
    size_t i;

    s->pulls = can(client, "textDocument", "diagnostic", NULL);
    s->refreshes = can(client, "workspace", "diagnostics", "refreshSupport");
    s->reports_progress = can(client, "window", "workDoneProgress", NULL);
    s->initialized = true;
    folders = json_object_get(params, "workspaceFolders");
    json_array_foreach(folders, i, folder) { add_uri_folder(s, text_at(folder, "uri")); }
    if (json_array_size(folders) == 0)
        add_uri_folder(s, text_at(params, "rootUri"));
    return capabilities();
}

static json_t *hover(struct server *s, const json_t *params)
{
    const struct nc_document *document = document_of(s, params);
    const json_t *position = json_object_get(params, "position");
    char *word, *text;
    json_t *result = json_null();

    if (!document)
        return result;
    word = nc_document_word(document, (size_t)json_integer_value(json_object_get(position, "line")),
                            (size_t)json_integer_value(json_object_get(position, "character")));
    text = word ? nc_hover_text(s->workspace.contracts, word) : NULL;
    if (text)
        result = json_pack("{s:{s:s, s:o}}", "contents", "kind", "markdown", "value", nc_json_string(text));
    free(text);
    free(word);
    return result;
}

static json_t *code_actions(struct server *s, const json_t *params)
{
    const struct nc_document *document = document_of(s, params);
    const json_t *range = json_object_get(params, "range");

    if (!document)
        return json_array();
    return nc_lsp_code_actions(&s->workspace, document->path,
                               (size_t)json_integer_value(json_object_get(json_object_get(range, "start"), "line")),
                               (size_t)json_integer_value(json_object_get(json_object_get(range, "end"), "line")));
}

static void pull(struct server *s, json_t *id, const json_t *params)
{
    const struct nc_document *document = document_of(s, params);
    const char *previous = text_at(params, "previousResultId");

    if (!document) {
        nc_lsp_respond(s->stream, id, json_pack("{s:s, s:[]}", "kind", "full", "items"));
    } else if (!s->workspace.analysed) {
        s->waiting = realloc(s->waiting, (s->waiting_count + 1) * sizeof *s->waiting);
        if (!s->waiting)
            abort();
        s->waiting[s->waiting_count++] = (struct pending_pull){ id, nc_strcopy(document->path) };
    } else if (previous && strtoul(previous, NULL, 10) == s->workspace.generation) {
        nc_lsp_respond(s->stream, id, json_pack("{s:s, s:s}", "kind", "unchanged", "resultId", previous));
    } else {
        nc_lsp_respond(s->stream, id, full_report(s, document->path));
    }
}

static void on_request(struct server *s, const char *method, json_t *id, const json_t *params)
{
    json_incref(id);
    if (s->shut_down)
        nc_lsp_respond_error(s->stream, id, NC_LSP_INVALID_REQUEST, "shut down");
    else if (strcmp(method, "initialize") == 0 && s->initialized)
        nc_lsp_respond_error(s->stream, id, NC_LSP_INVALID_REQUEST, "initialized already");
    else if (strcmp(method, "initialize") == 0)
        nc_lsp_respond(s->stream, id, initialize(s, params));
    else if (!s->initialized)
        nc_lsp_respond_error(s->stream, id, NC_LSP_NOT_INITIALIZED, "not initialized");
    else if (strcmp(method, "shutdown") == 0) {
        s->shut_down = true;
        nc_lsp_respond(s->stream, id, json_null());
    } else if (strcmp(method, "textDocument/hover") == 0)
        nc_lsp_respond(s->stream, id, hover(s, params));
    else if (strcmp(method, "textDocument/codeAction") == 0)
        nc_lsp_respond(s->stream, id, code_actions(s, params));
    else if (strcmp(method, "textDocument/diagnostic") == 0)
        pull(s, id, params);
    else
        nc_lsp_respond_error(s->stream, id, NC_LSP_METHOD_NOT_FOUND, method);
}

static void on_notification(struct server *s, const char *method, const json_t *params)
{
    static const struct {
        const char *method;
        void (*handler)(struct server *s, const json_t *params);
    } table[] = {
        { "textDocument/didOpen", did_open },
        { "textDocument/didChange", did_change },
        { "textDocument/didClose", did_close },
        { "$/cancelRequest", cancel },
        { "workspace/didChangeWatchedFiles", did_change_files },
    };

    if (strcmp(method, "exit") == 0) {
        s->exiting = true;
        return;
    }
    if (!s->initialized || s->shut_down)
        return;
    if (strcmp(method, "initialized") == 0) {
        s->started = true;
        ask_for_progress(s);
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(method, table[i].method) == 0)
            table[i].handler(s, params);
}

static void on_message(struct server *s, const json_t *message)
{
    const char *method = text_at(message, "method");
    json_t *id = json_object_get(message, "id");

    if (json_is_null(message))
        nc_lsp_respond_error(s->stream, NULL, NC_LSP_PARSE_ERROR, "not JSON");
    else if (method && id)
        on_request(s, method, id, json_object_get(message, "params"));
    else if (method)
        on_notification(s, method, json_object_get(message, "params"));
    else if (id)
        on_response(s, message);
    else
        nc_lsp_respond_error(s->stream, NULL, NC_LSP_INVALID_REQUEST, "neither request nor notification");
}

/* How long the next message may be waited for: 0 while there is work that is due. */
static int patience(const struct server *s)
{
    uint64_t now = nc_now_ns();

    if (!s->started || s->shut_down || (s->workspace.dirty_count == 0 && s->workspace.analysed))
        return -1;
    return now >= s->work_from_ns ? 0 : (int)((s->work_from_ns - now) / 1000000 + 1);
}

static void serve(struct server *s)
{
    bool ended = false;

    while (!s->exiting && !ended) {
        int timeout = patience(s);
        json_t *message = nc_lsp_next(s->stream, timeout, &ended);

        if (message) {
            on_message(s, message);
            json_decref(message);
        } else if (!ended && timeout >= 0 && patience(s) == 0) {
            work(s);
        }
    }
}

int nc_run_lsp(struct nc_options *options)
{
    struct server s = { .options = options, .next_request = PROGRESS_REQUEST + 1 };
    const struct nc_contracts *contracts;
    int output;

    if (nc_config_read(options) != 0 || (contracts = nc_options_contracts(options)) == NULL)
        return 2;
    output = dup(STDOUT_FILENO); /* nothing else may print into the protocol */
    dup2(STDERR_FILENO, STDOUT_FILENO);
    s.stream = nc_lsp_stream_new(STDIN_FILENO, output);
    nc_workspace_init(&s.workspace, options, contracts);
    serve(&s);
    for (size_t i = 0; i < s.waiting_count; i++) {
        json_decref(s.waiting[i].id);
        free(s.waiting[i].path);
    }
    free(s.waiting);
    nc_strlist_clear(&s.published);
    nc_workspace_clear(&s.workspace);
    nc_lsp_stream_free(s.stream);
    close(output);
    nc_contracts_free((struct nc_contracts *)contracts);
    return s.shut_down ? 0 : 1;
}
