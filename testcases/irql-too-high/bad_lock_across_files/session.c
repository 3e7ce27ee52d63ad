#include "moorhen.h"

static ULONG MoorhenCounts[4];

static NTSTATUS
MoorhenPersist(MOORHEN_MODE Mode)
{
    return RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"moorhen", L"Count", REG_DWORD, &MoorhenCounts[Mode], sizeof(ULONG)); // EXPECT: irql-too-high
}

NTSTATUS
MoorhenSessionRun(MOORHEN_MODE Mode)
{
    NTSTATUS status = STATUS_SUCCESS;

    MoorhenLockEnter(Mode);
    MoorhenCounts[Mode]++;
    if (Mode != MoorhenIdle) {
        status = MoorhenPersist(Mode);
    }
    MoorhenLockLeave(Mode);
    return status;
}
