#ifndef NMRCHECK_STRING_H
#define NMRCHECK_STRING_H
#include "stddef.h"
#include "stdarg.h"
#ifdef __cplusplus
extern "C" {
#endif
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);
#ifdef __cplusplus
void *memchr(const void *buffer, int value, size_t size);
#else
void *memchr(const void *buffer, int value, size_t size);
#endif
int memcpy_s(void *to, size_t room, const void *from, size_t size);
int memmove_s(void *to, size_t room, const void *from, size_t size);
size_t strlen(const char *text);
size_t strnlen(const char *text, size_t limit);
size_t strnlen_s(const char *text, size_t limit);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t limit);
int _stricmp(const char *left, const char *right);
int _strnicmp(const char *left, const char *right, size_t limit);
char *strcpy(char *to, const char *from);
char *strncpy(char *to, const char *from, size_t limit);
char *strcat(char *to, const char *from);
char *strncat(char *to, const char *from, size_t limit);
char *strchr(const char *text, int c);
char *strrchr(const char *text, int c);
char *strstr(const char *text, const char *part);
char *strtok_s(char *text, const char *delimiters, char **context);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);
char *_strlwr(char *text);
char *_strupr(char *text);
int strcpy_s(char *to, size_t room, const char *from);
int strncpy_s(char *to, size_t room, const char *from, size_t limit);
int strcat_s(char *to, size_t room, const char *from);
size_t wcslen(const wchar_t *text);
size_t wcsnlen(const wchar_t *text, size_t limit);
int wcscmp(const wchar_t *left, const wchar_t *right);
int wcsncmp(const wchar_t *left, const wchar_t *right, size_t limit);
int _wcsicmp(const wchar_t *left, const wchar_t *right);
int _wcsnicmp(const wchar_t *left, const wchar_t *right, size_t limit);
wchar_t *wcscpy(wchar_t *to, const wchar_t *from);
wchar_t *wcsncpy(wchar_t *to, const wchar_t *from, size_t limit);
wchar_t *wcscat(wchar_t *to, const wchar_t *from);
wchar_t *wcsncat(wchar_t *to, const wchar_t *from, size_t limit);
wchar_t *wcschr(const wchar_t *text, wchar_t c);
wchar_t *wcsrchr(const wchar_t *text, wchar_t c);
wchar_t *wcsstr(const wchar_t *text, const wchar_t *part);
size_t wcsspn(const wchar_t *text, const wchar_t *set);
size_t wcscspn(const wchar_t *text, const wchar_t *set);
wchar_t *_wcslwr(wchar_t *text);
wchar_t *_wcsupr(wchar_t *text);
int wcscpy_s(wchar_t *to, size_t room, const wchar_t *from);
int wcsncpy_s(wchar_t *to, size_t room, const wchar_t *from, size_t limit);
int wcscat_s(wchar_t *to, size_t room, const wchar_t *from);
int wcsncat_s(wchar_t *to, size_t room, const wchar_t *from, size_t limit);
#ifdef __cplusplus
}
#endif
#endif
