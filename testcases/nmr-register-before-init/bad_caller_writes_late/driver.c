/*
 * Defect: the function pointer that the attach callback calls is set after BasaltBegin, which registers.
 * (Twin: ok_caller_writes_first)
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
    Status = BasaltBegin(&Basalt);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Basalt.Notify = BasaltNotify; // EXPECT: nmr-register-before-init
    DriverObject->DriverUnload = BasaltUnload;
    return STATUS_SUCCESS;
}
