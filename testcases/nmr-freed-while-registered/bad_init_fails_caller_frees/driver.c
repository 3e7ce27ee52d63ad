/* One cell, in pool. */
#include "cell.h"

#define DRIVER_TAG 'virD'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static PCELL DriverCell;

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CellUninitialize(DriverCell);
    ExFreePoolWithTag(DriverCell, DRIVER_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverCell = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*DriverCell), DRIVER_TAG);
    if (DriverCell == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = CellInitialize(DriverCell);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(DriverCell, DRIVER_TAG); // EXPECT: nmr-freed-while-registered
        return Status;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}
