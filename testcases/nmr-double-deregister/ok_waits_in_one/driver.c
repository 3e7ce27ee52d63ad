/*
 * Good: unload leaves the wait to GateShut.
 * (Twin: bad_waits_in_both)
 */
#include "gate.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GateUnload;

static PGATE TheGate;

VOID NTAPI GateUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GateShut(TheGate);
    ExFreePool(TheGate);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GateUnload;
    return GateOpen(&TheGate);
}
