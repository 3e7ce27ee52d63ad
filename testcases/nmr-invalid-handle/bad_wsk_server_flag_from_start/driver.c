#include "server.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD NuthatchUnload;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, NuthatchUnload)
#endif

static VOID NTAPI
NuthatchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();
    NuthatchNetStop();
    NuthatchQueueStop(&NuthatchQueue);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = NuthatchQueueStart(&NuthatchQueue);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NuthatchNetStart();
    if (!NT_SUCCESS(status)) {
        NuthatchQueueStop(&NuthatchQueue);
        return status;
    }
    DriverObject->DriverUnload = NuthatchUnload;
    return STATUS_SUCCESS;
}
