/*
 * Good: the function pointer that the attach callback calls is set before BasaltBegin, which registers.
 * (Twin: bad_caller_writes_late)
 */
#include "npi.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BasaltUnload;

static BASALT Basalt;

static VOID BasaltNotify(ULONG Number)
{
    DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "basalt: provider %lu\n", Number);
}

VOID NTAPI BasaltUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    BasaltEnd(&Basalt);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Basalt.Notify = BasaltNotify;
    Status = BasaltBegin(&Basalt);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = BasaltUnload;
    return STATUS_SUCCESS;
}
