#ifndef NMRCHECK_STDDEF_H
#define NMRCHECK_STDDEF_H
#include "sal.h"
typedef unsigned long long size_t;
typedef long long ptrdiff_t;
#ifndef __cplusplus
typedef unsigned short wchar_t;
#endif
#ifndef NULL
#ifdef __cplusplus
#define NULL 0
#else
#define NULL ((void *)0)
#endif
#endif
#define offsetof(type, member) __builtin_offsetof(type, member)
typedef unsigned short wint_t;
typedef unsigned short wctype_t;
typedef int errno_t;
typedef unsigned long long rsize_t;
#ifdef __cplusplus
namespace std {
typedef decltype(__nullptr) nullptr_t;
}
#endif
#endif
