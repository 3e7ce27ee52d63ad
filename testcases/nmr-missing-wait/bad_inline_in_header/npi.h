/*
 * Defect: the inline function that ends a provider, for all files of the driver, doesn't wait. One line, one finding.
 * (Twin: ok_inline_in_header)
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
    NTSTATUS Status = NmrDeregisterProvider(Handle); // EXPECT: nmr-missing-wait

    NT_ASSERT(Status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(Status);
}
