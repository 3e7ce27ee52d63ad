/*
 * Defect (with client.c): the user object is a local of DriverEntry.
 * (Twin: ok_wrapper_other_file)
 */
#include "client.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

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
    CLIENT_USER DriverUser = { 0 };
    PCLIENT_USER User = &DriverUser;

    UNREFERENCED_PARAMETER(RegistryPath);
    User->Arrived = DriverArrived;
    DriverObject->DriverUnload = DriverUnload;
    return ClientBegin(User);
}
