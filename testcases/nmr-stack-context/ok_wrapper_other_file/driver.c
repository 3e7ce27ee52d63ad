/*
 * Good: the user object is a global.
 * (Twin: bad_wrapper_other_file)
 */
#include "client.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static CLIENT_USER DriverUser;

static VOID DriverArrived(PCLIENT_USER User, ULONG Number)
{
    DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "provider %lu, arrival %ld\n", Number, User->Arrivals);
}

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ClientEnd();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PCLIENT_USER User = &DriverUser;

    UNREFERENCED_PARAMETER(RegistryPath);
    User->Arrived = DriverArrived;
    DriverObject->DriverUnload = DriverUnload;
    return ClientBegin(User);
}
