/* What a driver's own header may have that a file must see again when the header was parsed for several files. */
#pragma once
#include <ntddk.h>
#include <netioddk.h>
#include "missing_in_header.h"

#define COMMON_TAG 'nmoC'

/* A name that nothing declares. */
UNKNOWN_BY_HEADER CommonUnknown(_Unknown_annotation_ PVOID Argument);

typedef struct _COMMON {
    LIST_ENTRY Link;
    HANDLE Handle;
    ULONG Flags : 3;
} COMMON, *PCOMMON;

/* A definition that every file has, and one that is called. */
static const ULONG CommonTable[] = { 1, 2, 3 };
static __forceinline ULONG CommonNext(ULONG Value)
{
    return Value + CommonTable[Value % 3];
}
VOID CommonDefined(PCOMMON Common)
{
    Common->Flags = CommonNext(Common->Flags);
}

DRIVER_UNLOAD CommonUnload;
NTSTATUS CommonPaged(_In_ PCOMMON Common);
_IRQL_requires_max_(APC_LEVEL) VOID CommonLow(VOID);
#pragma alloc_text(PAGE, CommonPaged)
static int CommonBroken(void) { return undeclared_in_header.member; }
