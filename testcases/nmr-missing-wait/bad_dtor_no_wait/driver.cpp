/* Entry and unload. */
#include "npi.hpp"

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD DriverUnload;

static Provider *instance;

extern "C" VOID NTAPI DriverUnload(PDRIVER_OBJECT)
{
    delete instance;
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    instance = new Provider;
    if (instance == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NTSTATUS status = instance->Start();
    if (!NT_SUCCESS(status)) {
        delete instance;
        return status;
    }
    driver->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}
