#ifndef NMRCHECK_STDLIB_H
#define NMRCHECK_STDLIB_H
#include "stddef.h"
#ifdef __cplusplus
extern "C" {
#endif
int abs(int value);
long labs(long value);
int atoi(const char *text);
long atol(const char *text);
long long _atoi64(const char *text);
int _wtoi(const wchar_t *text);
long strtol(const char *text, char **end, int base);
unsigned long strtoul(const char *text, char **end, int base);
long wcstol(const wchar_t *text, wchar_t **end, int base);
unsigned long wcstoul(const wchar_t *text, wchar_t **end, int base);
unsigned long long _wcstoui64(const wchar_t *text, wchar_t **end, int base);
unsigned long long _strtoui64(const char *text, char **end, int base);
int rand(void);
void srand(unsigned int seed);
void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *));
void *bsearch(const void *key, const void *base, size_t count, size_t size,
              int (*compare)(const void *, const void *));
unsigned short _byteswap_ushort(unsigned short value);
unsigned long _byteswap_ulong(unsigned long value);
unsigned long long _byteswap_uint64(unsigned long long value);
unsigned int _rotl(unsigned int value, int shift);
unsigned int _rotr(unsigned int value, int shift);
unsigned long long _rotl64(unsigned long long value, int shift);
unsigned long long _rotr64(unsigned long long value, int shift);
int _itow_s(int value, wchar_t *buffer, size_t room, int radix);
int _itoa_s(int value, char *buffer, size_t room, int radix);
#ifndef __cplusplus
#ifndef min
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#endif
#ifdef __cplusplus
}
#endif
#endif
