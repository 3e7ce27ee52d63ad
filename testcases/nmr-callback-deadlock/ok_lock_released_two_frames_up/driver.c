#include "dock.h"

static DOCK Dock;

static NTSTATUS
DockReset(PDOCK D)
{
    D->Plugged = 0;
    return STATUS_SUCCESS;
}

static const PDOCK_STEP DockSteps[] = { DockReset, DockRegister };

static VOID NTAPI
DockUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DockDeregister(&Dock);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializePushLock(&Dock.Lock);
    DriverObject->DriverUnload = DockUnload;
    return DockRunSteps(&Dock, DockSteps, ARRAYSIZE(DockSteps));
}
