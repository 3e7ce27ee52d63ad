/*
 * Defect: unload waits once more for what GateShut has waited for.
 * (Twin: ok_waits_in_one)
 */
#include "gate.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GateUnload;

static PGATE TheGate;

VOID NTAPI GateUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GateShut(TheGate);
    NmrWaitForClientDeregisterComplete(TheGate->Handle); // EXPECT: nmr-double-deregister
    ExFreePool(TheGate);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GateUnload;
    return GateOpen(&TheGate);
}
