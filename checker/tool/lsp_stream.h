/*
 * JSON-RPC messages on file descriptors, framed as LSP does. A thread of its own reads, so that messages are there to
 * be looked at while work is under way.
 */
#ifndef NC_TOOL_LSP_STREAM_H
#define NC_TOOL_LSP_STREAM_H

#include <jansson.h>
#include <stdbool.h>

struct nc_lsp_stream;

enum nc_lsp_error {
    NC_LSP_PARSE_ERROR = -32700,
    NC_LSP_INVALID_REQUEST = -32600,
    NC_LSP_METHOD_NOT_FOUND = -32601,
    NC_LSP_INVALID_PARAMS = -32602,
    NC_LSP_NOT_INITIALIZED = -32002,
    NC_LSP_CANCELLED = -32800,
};

/* The reader thread lives until the input ends, also behind nc_lsp_stream_free. */
struct nc_lsp_stream *nc_lsp_stream_new(int input, int output);
void nc_lsp_stream_free(struct nc_lsp_stream *s);
/* The next message, or NULL when none came in time (< 0: no limit) or the input has ended (*ended). */
json_t *nc_lsp_next(struct nc_lsp_stream *s, int timeout_ms, bool *ended);

/* All of these take the references that they are given. */
void nc_lsp_notify(struct nc_lsp_stream *s, const char *method, json_t *params);
void nc_lsp_request(struct nc_lsp_stream *s, int id, const char *method, json_t *params);
void nc_lsp_respond(struct nc_lsp_stream *s, json_t *id, json_t *result);
void nc_lsp_respond_error(struct nc_lsp_stream *s, json_t *id, enum nc_lsp_error code, const char *message);

#endif
