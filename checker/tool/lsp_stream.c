#include "tool/lsp_stream.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "support/arena.h"
#include "support/write.h"

enum { LONGEST_MESSAGE = 256 << 20 };

struct node {
    struct node *next;
    json_t *message; /* NULL: text that is no JSON */
};

struct nc_lsp_stream {
    FILE *input;
    int output;
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    struct node *first, *last;
    bool ended;
    unsigned users; /* the reader thread and the owner; the last one frees */
};

static void leave(struct nc_lsp_stream *s)
{
    bool last;

    pthread_mutex_lock(&s->lock);
    last = --s->users == 0;
    pthread_mutex_unlock(&s->lock);
    if (!last)
        return;
    while (s->first) {
        struct node *next = s->first->next;

        json_decref(s->first->message);
        free(s->first);
        s->first = next;
    }
    if (s->input)
        fclose(s->input);
    pthread_cond_destroy(&s->arrived);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static void push(struct nc_lsp_stream *s, json_t *message, bool ended)
{
    struct node *node = ended ? NULL : nc_xmalloc(sizeof *node);

    pthread_mutex_lock(&s->lock);
    if (ended) {
        s->ended = true;
    } else {
        *node = (struct node){ NULL, message };
        if (s->last)
            s->last->next = node;
        else
            s->first = node;
        s->last = node;
    }
    pthread_cond_signal(&s->arrived);
    pthread_mutex_unlock(&s->lock);
}

/* The length that a message's header gives, or -1 at the end of input, or when the header is none. */
static long read_header(struct nc_lsp_stream *s)
{
    char line[512];
    long length = -1;

    while (fgets(line, sizeof line, s->input)) {
        if (strcmp(line, "\r\n") == 0 || strcmp(line, "\n") == 0) {
            if (length >= 0)
                return length;
            continue;
        }
        if (strncasecmp(line, "Content-Length:", 15) == 0) {
            char *end;

            length = strtol(line + 15, &end, 10);
            if (end == line + 15 || length < 0 || length > LONGEST_MESSAGE)
                return -1;
        }
    }
    return -1;
}

static void *read_messages(void *argument)
{
    struct nc_lsp_stream *s = argument;
    long length;

    while ((length = read_header(s)) >= 0) {
        char *text = nc_xmalloc((size_t)length + 1);
        size_t got = fread(text, 1, (size_t)length, s->input);
        json_error_t error;

        if (got == (size_t)length)
            push(s, json_loadb(text, got, 0, &error), false);
        free(text);
        if (got != (size_t)length)
            break;
    }
    push(s, NULL, true);
    leave(s);
    return NULL;
}

struct nc_lsp_stream *nc_lsp_stream_new(int input, int output)
{
    struct nc_lsp_stream *s = nc_xmalloc(sizeof *s);
    pthread_condattr_t attributes;
    pthread_t thread;

    *s = (struct nc_lsp_stream){ .input = fdopen(input, "rb"), .output = output, .users = 2 };
    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&s->arrived, &attributes);
    pthread_condattr_destroy(&attributes);
    if (!s->input || pthread_create(&thread, NULL, read_messages, s) != 0) {
        s->ended = true;
        s->users = 1;
    } else {
        pthread_detach(thread);
    }
    return s;
}

void nc_lsp_stream_free(struct nc_lsp_stream *s) { leave(s); }

json_t *nc_lsp_next(struct nc_lsp_stream *s, int timeout_ms, bool *ended)
{
    struct timespec until;
    struct node *node;
    json_t *message = NULL;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += timeout_ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_mutex_lock(&s->lock);
    while (!s->first && !s->ended) {
        int code = timeout_ms < 0 ? pthread_cond_wait(&s->arrived, &s->lock)
                                  : pthread_cond_timedwait(&s->arrived, &s->lock, &until);

        if (code == ETIMEDOUT)
            break;
    }
    node = s->first;
    if (node) {
        s->first = node->next;
        if (!s->first)
            s->last = NULL;
    }
    *ended = !node && s->ended;
    pthread_mutex_unlock(&s->lock);
    if (node) {
        message = node->message ? node->message : json_null();
        free(node);
    }
    return message;
}

static void send_message(struct nc_lsp_stream *s, json_t *message)
{
    char header[64];
    char *text;

    json_object_set_new(message, "jsonrpc", json_string("2.0"));
    text = json_dumps(message, JSON_COMPACT);
    if (text) {
        int n = snprintf(header, sizeof header, "Content-Length: %zu\r\n\r\n", strlen(text));

        /* When the client is gone the input ends. */
        if (nc_write_all(s->output, header, (size_t)n))
            nc_write_all(s->output, text, strlen(text));
    }
    free(text);
    json_decref(message);
}

void nc_lsp_notify(struct nc_lsp_stream *s, const char *method, json_t *params)
{
    send_message(s, json_pack("{s:s, s:o}", "method", method, "params", params));
}

void nc_lsp_request(struct nc_lsp_stream *s, int id, const char *method, json_t *params)
{
    json_t *message = json_pack("{s:i, s:s}", "id", id, "method", method);

    if (params)
        json_object_set_new(message, "params", params);
    send_message(s, message);
}

void nc_lsp_respond(struct nc_lsp_stream *s, json_t *id, json_t *result)
{
    send_message(s, json_pack("{s:o, s:o}", "id", id, "result", result));
}

void nc_lsp_respond_error(struct nc_lsp_stream *s, json_t *id, enum nc_lsp_error code, const char *message)
{
    send_message(s, json_pack("{s:o, s:{s:i, s:s}}", "id", id ? id : json_null(), "error", "code", (int)code, "message",
                              message));
}
