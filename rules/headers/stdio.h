#ifndef NMRCHECK_STDIO_H
#define NMRCHECK_STDIO_H
#include "stddef.h"
#include "stdarg.h"
#ifdef __cplusplus
extern "C" {
#endif
int sprintf(char *to, const char *format, ...);
int snprintf(char *to, size_t room, const char *format, ...);
int _snprintf(char *to, size_t room, const char *format, ...);
int _snwprintf(wchar_t *to, size_t room, const wchar_t *format, ...);
int _snprintf_s(char *to, size_t room, size_t count, const char *format, ...);
int _snwprintf_s(wchar_t *to, size_t room, size_t count, const wchar_t *format, ...);
int sprintf_s(char *to, size_t room, const char *format, ...);
int swprintf(wchar_t *to, const wchar_t *format, ...);
int swprintf_s(wchar_t *to, size_t room, const wchar_t *format, ...);
int vsprintf(char *to, const char *format, va_list arguments);
int vsprintf_s(char *to, size_t room, const char *format, va_list arguments);
int vsnprintf(char *to, size_t room, const char *format, va_list arguments);
int _vsnprintf(char *to, size_t room, const char *format, va_list arguments);
int _vsnprintf_s(char *to, size_t room, size_t count, const char *format, va_list arguments);
int _vsnwprintf(wchar_t *to, size_t room, const wchar_t *format, va_list arguments);
int sscanf(const char *from, const char *format, ...);
int sscanf_s(const char *from, const char *format, ...);
int swscanf_s(const wchar_t *from, const wchar_t *format, ...);
#define _TRUNCATE ((size_t)-1)
#ifdef __cplusplus
}
#endif
#endif
