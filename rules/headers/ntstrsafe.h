#ifndef NMRCHECK_NTSTRSAFE_H
#define NMRCHECK_NTSTRSAFE_H
#include "wdm.h"
#include "stdio.h"
typedef char *NTSTRSAFE_PSTR, *STRSAFE_LPSTR;
typedef const char *NTSTRSAFE_PCSTR, *STRSAFE_LPCSTR, *STRSAFE_PCNZCH;
typedef wchar_t *NTSTRSAFE_PWSTR, *STRSAFE_LPWSTR;
typedef const wchar_t *NTSTRSAFE_PCWSTR, *STRSAFE_LPCWSTR, *STRSAFE_PCNZWCH;
#define NTSTRSAFE_MAX_CCH 2147483647
#define NTSTRSAFE_MAX_LENGTH (NTSTRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH (0xffff / sizeof(wchar_t))
#define STRSAFE_MAX_CCH 2147483647
#define STRSAFE_FILL_BEHIND_NULL 0x00000200
#define STRSAFE_IGNORE_NULLS 0x00000100
#define STRSAFE_NULL_ON_FAILURE 0x00000800
#define STRSAFE_NO_TRUNCATION 0x00001000
#define STRSAFE_FILL_ON_FAILURE 0x00000400
#define STRSAFE_ZERO_LENGTH_ON_FAILURE 0x00002000
#define STRSAFE_E_INSUFFICIENT_BUFFER ((HRESULT)0x8007007AL)
/* @generated */
#ifdef __cplusplus
extern "C" {
#endif
NTSTATUS RtlStringCbPrintfA(char *to, size_t room, const char *format, ...);
NTSTATUS RtlStringCbPrintfExA(char *to, size_t room, char **end, size_t *left, ULONG flags, const char *format, ...);
NTSTATUS RtlStringCbVPrintfA(char *to, size_t room, const char *format, va_list arguments);
NTSTATUS RtlStringCbVPrintfExA(char *to, size_t room, char **end, size_t *left, ULONG flags, const char *format, va_list arguments);
NTSTATUS RtlStringCbCopyA(char *to, size_t room, const char *from);
NTSTATUS RtlStringCbCopyExA(char *to, size_t room, const char *from, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbCopyNA(char *to, size_t room, const char *from, size_t limit);
NTSTATUS RtlStringCbCopyNExA(char *to, size_t room, const char *from, size_t limit, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbCatA(char *to, size_t room, const char *from);
NTSTATUS RtlStringCbCatExA(char *to, size_t room, const char *from, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbCatNA(char *to, size_t room, const char *from, size_t limit);
NTSTATUS RtlStringCbCatNExA(char *to, size_t room, const char *from, size_t limit, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbLengthA(const char *text, size_t limit, size_t *length);
NTSTATUS RtlStringCbPrintfW(wchar_t *to, size_t room, const wchar_t *format, ...);
NTSTATUS RtlStringCbPrintfExW(wchar_t *to, size_t room, wchar_t **end, size_t *left, ULONG flags, const wchar_t *format, ...);
NTSTATUS RtlStringCbVPrintfW(wchar_t *to, size_t room, const wchar_t *format, va_list arguments);
NTSTATUS RtlStringCbVPrintfExW(wchar_t *to, size_t room, wchar_t **end, size_t *left, ULONG flags, const wchar_t *format, va_list arguments);
NTSTATUS RtlStringCbCopyW(wchar_t *to, size_t room, const wchar_t *from);
NTSTATUS RtlStringCbCopyExW(wchar_t *to, size_t room, const wchar_t *from, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbCopyNW(wchar_t *to, size_t room, const wchar_t *from, size_t limit);
NTSTATUS RtlStringCbCopyNExW(wchar_t *to, size_t room, const wchar_t *from, size_t limit, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbCatW(wchar_t *to, size_t room, const wchar_t *from);
NTSTATUS RtlStringCbCatExW(wchar_t *to, size_t room, const wchar_t *from, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbCatNW(wchar_t *to, size_t room, const wchar_t *from, size_t limit);
NTSTATUS RtlStringCbCatNExW(wchar_t *to, size_t room, const wchar_t *from, size_t limit, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCbLengthW(const wchar_t *text, size_t limit, size_t *length);
NTSTATUS RtlStringCbCopyUnicodeString(wchar_t *to, size_t room, PCUNICODE_STRING from);
NTSTATUS RtlStringCbCopyUnicodeStringEx(wchar_t *to, size_t room, PCUNICODE_STRING from, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchPrintfA(char *to, size_t room, const char *format, ...);
NTSTATUS RtlStringCchPrintfExA(char *to, size_t room, char **end, size_t *left, ULONG flags, const char *format, ...);
NTSTATUS RtlStringCchVPrintfA(char *to, size_t room, const char *format, va_list arguments);
NTSTATUS RtlStringCchVPrintfExA(char *to, size_t room, char **end, size_t *left, ULONG flags, const char *format, va_list arguments);
NTSTATUS RtlStringCchCopyA(char *to, size_t room, const char *from);
NTSTATUS RtlStringCchCopyExA(char *to, size_t room, const char *from, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchCopyNA(char *to, size_t room, const char *from, size_t limit);
NTSTATUS RtlStringCchCopyNExA(char *to, size_t room, const char *from, size_t limit, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchCatA(char *to, size_t room, const char *from);
NTSTATUS RtlStringCchCatExA(char *to, size_t room, const char *from, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchCatNA(char *to, size_t room, const char *from, size_t limit);
NTSTATUS RtlStringCchCatNExA(char *to, size_t room, const char *from, size_t limit, char **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchLengthA(const char *text, size_t limit, size_t *length);
NTSTATUS RtlStringCchPrintfW(wchar_t *to, size_t room, const wchar_t *format, ...);
NTSTATUS RtlStringCchPrintfExW(wchar_t *to, size_t room, wchar_t **end, size_t *left, ULONG flags, const wchar_t *format, ...);
NTSTATUS RtlStringCchVPrintfW(wchar_t *to, size_t room, const wchar_t *format, va_list arguments);
NTSTATUS RtlStringCchVPrintfExW(wchar_t *to, size_t room, wchar_t **end, size_t *left, ULONG flags, const wchar_t *format, va_list arguments);
NTSTATUS RtlStringCchCopyW(wchar_t *to, size_t room, const wchar_t *from);
NTSTATUS RtlStringCchCopyExW(wchar_t *to, size_t room, const wchar_t *from, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchCopyNW(wchar_t *to, size_t room, const wchar_t *from, size_t limit);
NTSTATUS RtlStringCchCopyNExW(wchar_t *to, size_t room, const wchar_t *from, size_t limit, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchCatW(wchar_t *to, size_t room, const wchar_t *from);
NTSTATUS RtlStringCchCatExW(wchar_t *to, size_t room, const wchar_t *from, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchCatNW(wchar_t *to, size_t room, const wchar_t *from, size_t limit);
NTSTATUS RtlStringCchCatNExW(wchar_t *to, size_t room, const wchar_t *from, size_t limit, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlStringCchLengthW(const wchar_t *text, size_t limit, size_t *length);
NTSTATUS RtlStringCchCopyUnicodeString(wchar_t *to, size_t room, PCUNICODE_STRING from);
NTSTATUS RtlStringCchCopyUnicodeStringEx(wchar_t *to, size_t room, PCUNICODE_STRING from, wchar_t **end, size_t *left, ULONG flags);
NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING to, const wchar_t *from);
NTSTATUS RtlUnicodeStringInitEx(PUNICODE_STRING to, const wchar_t *from, ULONG flags);
NTSTATUS RtlUnicodeStringValidate(PCUNICODE_STRING text);
NTSTATUS RtlUnicodeStringValidateEx(PCUNICODE_STRING text, ULONG flags);
NTSTATUS RtlUnicodeStringCopy(PUNICODE_STRING to, PCUNICODE_STRING from);
NTSTATUS RtlUnicodeStringCopyString(PUNICODE_STRING to, const wchar_t *from);
NTSTATUS RtlUnicodeStringCbCopyN(PUNICODE_STRING to, PCUNICODE_STRING from, size_t limit);
NTSTATUS RtlUnicodeStringCat(PUNICODE_STRING to, PCUNICODE_STRING from);
NTSTATUS RtlUnicodeStringCatString(PUNICODE_STRING to, const wchar_t *from);
NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING to, const wchar_t *format, ...);
NTSTATUS RtlUnicodeStringPrintfEx(PUNICODE_STRING to, PUNICODE_STRING rest, ULONG flags, const wchar_t *format, ...);
NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING to, const wchar_t *format, va_list arguments);
NTSTATUS RtlUnalignedStringCbLengthW(const wchar_t *text, size_t limit, size_t *length);
NTSTATUS RtlUnalignedStringCchLengthW(const wchar_t *text, size_t limit, size_t *length);
#ifdef __cplusplus
}
#endif
#define RtlStringCbPrintf RtlStringCbPrintfW
#define RtlStringCchPrintf RtlStringCchPrintfW
#define RtlStringCbCopy RtlStringCbCopyW
#define RtlStringCchCopy RtlStringCchCopyW
#define RtlStringCbCat RtlStringCbCatW
#define RtlStringCbLength RtlStringCbLengthW
#define RtlStringCchLength RtlStringCchLengthW
#define RtlStringCchCopyN RtlStringCchCopyNW
#endif
