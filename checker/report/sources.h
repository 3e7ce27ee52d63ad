/*
 * The text of source files, read when first asked for and kept. Belongs to one run; not thread-safe.
 */
#ifndef NC_REPORT_SOURCES_H
#define NC_REPORT_SOURCES_H

#include <stddef.h>
#include <stdint.h>

struct nc_sources;

struct nc_sources *nc_sources_new(void);
void nc_sources_free(struct nc_sources *s);

/* Text that stands for a file's content on disk (an editor's buffer). Copied. */
void nc_sources_set(struct nc_sources *s, const char *path, const char *text, size_t length);
/* The whole file, or NULL when it cannot be read. Lives as long as s; NUL-terminated. */
const char *nc_sources_text(struct nc_sources *s, const char *path, size_t *length);
size_t nc_sources_line_count(struct nc_sources *s, const char *path);
/* One line (from 1) without its end, not terminated there: see *length. NULL when there is none. */
const char *nc_sources_line(struct nc_sources *s, const char *path, uint32_t line, size_t *length);

/* Bytes of the token at the 1-based byte column: an identifier or number, else 1; 0 behind the line's end. */
size_t nc_source_token_length(const char *line, size_t length, uint32_t col);
/* UTF-16 code units in front of the 1-based byte column, plus 1: the column as SARIF and LSP (plus 1) count it. */
uint32_t nc_source_utf16_col(const char *line, size_t length, uint32_t col);

#endif
