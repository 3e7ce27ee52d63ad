/*
 * Good: the inline function that ends a provider, for all files of the driver, waits.
 * (Twin: bad_inline_in_header)
 */
#pragma once
#include <ntddk.h>
#include <netioddk.h>

NTSTATUS FirstStart(VOID);
VOID FirstStop(VOID);
NTSTATUS SecondStart(VOID);
VOID SecondStop(VOID);

static __forceinline VOID NpiEndProvider(HANDLE Handle)
{
    NTSTATUS Status = NmrDeregisterProvider(Handle);

    NT_ASSERT(Status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(Status);
    NmrWaitForProviderDeregisterComplete(Handle);
}
