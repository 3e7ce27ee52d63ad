/* Good: the caller's frame holds the context; the caller ends the registration, through a helper, on every way out. */
#include "probe.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProbeUnload;

static LONG ProbeLastCount;

static NTSTATUS ProbeRun(LONGLONG Seconds)
{
    PROBE_CONTEXT Context;
    LARGE_INTEGER Timeout;
    HANDLE Handle;
    NTSTATUS Status;

    Status = ProbeBegin(&Context, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Timeout.QuadPart = -10 * 1000 * 1000 * Seconds;
    Status = KeWaitForSingleObject(&Context.Found, Executive, KernelMode, FALSE, &Timeout);
    if (Status == STATUS_TIMEOUT) {
        ProbeEnd(Handle);
        return STATUS_NOT_FOUND;
    }
    ProbeEnd(Handle);
    ProbeLastCount = Context.Count;
    return STATUS_SUCCESS;
}

VOID NTAPI ProbeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProbeUnload;
    return ProbeRun(3);
}
