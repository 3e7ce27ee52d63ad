/* For user-mode sources beside a driver: the base types, and what nearly every one of them uses. */
#ifndef NMRCHECK_WINDOWS_H
#define NMRCHECK_WINDOWS_H
#include "nmrcheck/basetypes.h"
#include "guiddef.h"
#include "stdlib.h"
#include "string.h"
#include "winerror.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef GENERIC_READ
#define GENERIC_READ 0x80000000L
#define GENERIC_WRITE 0x40000000L
#define GENERIC_EXECUTE 0x20000000L
#define GENERIC_ALL 0x10000000L
#endif
#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5
#ifndef WAIT_OBJECT_0
#define WAIT_OBJECT_0 0
#define WAIT_ABANDONED 0x80
#define WAIT_TIMEOUT 258L
#define WAIT_FAILED 0xffffffffu
#endif
#ifndef INFINITE
#define INFINITE 0xffffffffu
#endif

typedef struct _SECURITY_ATTRIBUTES {
    DWORD nLength;
    LPVOID lpSecurityDescriptor;
    BOOL bInheritHandle;
} SECURITY_ATTRIBUTES, *PSECURITY_ATTRIBUTES, *LPSECURITY_ATTRIBUTES;
typedef struct _OVERLAPPED {
    ULONG_PTR Internal, InternalHigh;
    union {
        struct {
            DWORD Offset, OffsetHigh;
        };
        PVOID Pointer;
    };
    HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;
typedef struct _FILETIME {
    DWORD dwLowDateTime, dwHighDateTime;
} FILETIME, *PFILETIME, *LPFILETIME;
typedef struct _SYSTEMTIME {
    WORD wYear, wMonth, wDayOfWeek, wDay, wHour, wMinute, wSecond, wMilliseconds;
} SYSTEMTIME, *PSYSTEMTIME, *LPSYSTEMTIME;
typedef struct _RTL_CRITICAL_SECTION {
    PVOID Opaque[5];
} CRITICAL_SECTION, *PCRITICAL_SECTION, *LPCRITICAL_SECTION;
typedef struct _RTL_SRWLOCK {
    PVOID Ptr;
} SRWLOCK, *PSRWLOCK;
typedef struct _RTL_CONDITION_VARIABLE {
    PVOID Ptr;
} CONDITION_VARIABLE, *PCONDITION_VARIABLE;
#define SRWLOCK_INIT { 0 }
typedef DWORD(WINAPI *LPTHREAD_START_ROUTINE)(LPVOID parameter);

DWORD GetLastError(void);
void SetLastError(DWORD error);
HANDLE CreateFileA(LPCSTR, DWORD, DWORD, LPSECURITY_ATTRIBUTES, DWORD, DWORD, HANDLE);
HANDLE CreateFileW(LPCWSTR, DWORD, DWORD, LPSECURITY_ATTRIBUTES, DWORD, DWORD, HANDLE);
HANDLE CreateEventA(LPSECURITY_ATTRIBUTES, BOOL, BOOL, LPCSTR);
HANDLE CreateEventW(LPSECURITY_ATTRIBUTES, BOOL, BOOL, LPCWSTR);
HANDLE CreateThread(LPSECURITY_ATTRIBUTES, SIZE_T, LPTHREAD_START_ROUTINE, LPVOID, DWORD, DWORD *);
BOOL CloseHandle(HANDLE);
BOOL DeviceIoControl(HANDLE, DWORD, LPVOID, DWORD, LPVOID, DWORD, DWORD *, LPOVERLAPPED);
DWORD WaitForSingleObject(HANDLE, DWORD);
HMODULE LoadLibraryA(LPCSTR);
HMODULE LoadLibraryW(LPCWSTR);
HMODULE GetModuleHandleA(LPCSTR);
HMODULE GetModuleHandleW(LPCWSTR);
HANDLE GetProcessHeap(void);
LPVOID HeapAlloc(HANDLE, DWORD, SIZE_T);
BOOL HeapFree(HANDLE, DWORD, LPVOID);
LPVOID VirtualAlloc(LPVOID, SIZE_T, DWORD, DWORD);
HANDLE GetCurrentProcess(void);
HANDLE GetCurrentThread(void);
void Sleep(DWORD);

#ifdef __cplusplus
}
#endif
#endif
