/*
 * JSON strings from text of any encoding: what is not UTF-8 becomes U+FFFD, so that a string is always made.
 */
#ifndef NC_REPORT_JSON_TEXT_H
#define NC_REPORT_JSON_TEXT_H

#include <jansson.h>
#include <stddef.h>

json_t *nc_json_string(const char *text);
json_t *nc_json_string_n(const char *text, size_t length);

#endif
