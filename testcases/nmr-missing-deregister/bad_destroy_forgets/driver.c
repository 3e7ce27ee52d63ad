/* Opens one session at entry and closes it at unload. */
#include "session.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GodwitUnload;

static PGODWIT_SESSION GodwitSession;

VOID NTAPI GodwitUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GodwitSessionClose(GodwitSession);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GodwitUnload;
    return GodwitSessionOpen(&GodwitSession);
}
