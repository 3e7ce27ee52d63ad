#pragma once
#include <ntddk.h>

#define ALLOC_ZERO  0x1
#define ALLOC_PAGED 0x2

PVOID Alloc(SIZE_T Size, ULONG Flags);
VOID Release(PVOID Memory);
