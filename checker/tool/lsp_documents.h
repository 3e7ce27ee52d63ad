/*
 * The documents that the client has open, with the text as it is in the editor. Positions are LSP's: lines and UTF-16
 * code units from 0.
 */
#ifndef NC_TOOL_LSP_DOCUMENTS_H
#define NC_TOOL_LSP_DOCUMENTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct nc_document {
    char *uri;  /* as the client writes it */
    char *path; /* absolute */
    char *text; /* NUL-terminated */
    size_t length;
};

struct nc_documents {
    struct nc_document *items;
    size_t count, capacity;
};

/* NULL when the URI names no file. */
struct nc_document *nc_document_open(struct nc_documents *d, const char *uri, const char *text);
struct nc_document *nc_document_by_uri(struct nc_documents *d, const char *uri);
struct nc_document *nc_document_by_path(struct nc_documents *d, const char *path);
void nc_document_close(struct nc_documents *d, struct nc_document *document);
/* One element of didChange's contentChanges. False if it makes no sense. */
bool nc_document_change(struct nc_document *document, const json_t *change);
/* Byte offset of a position; positions behind the line's or text's end are its end. */
size_t nc_document_offset(const struct nc_document *document, size_t line, size_t character);
/* The identifier at a position (to free), or NULL. */
char *nc_document_word(const struct nc_document *document, size_t line, size_t character);

#endif
