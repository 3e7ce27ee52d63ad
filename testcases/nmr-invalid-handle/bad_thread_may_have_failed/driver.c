/* Starts the thread at entry; it is gone long before unload. */
#include "npi_thread.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct npi_thread npi_thread;
static PKTHREAD thread_object;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeWaitForSingleObject(thread_object, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(thread_object);
    npi_thread_end(&npi_thread);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HANDLE handle;
    NTSTATUS status;

    (void)path;
    KeInitializeEvent(&npi_thread.ready, NotificationEvent, FALSE);
    npi_thread.status = STATUS_UNSUCCESSFUL;
    status = PsCreateSystemThread(&handle, THREAD_ALL_ACCESS, NULL, NULL, NULL, npi_thread_main, &npi_thread);
    if (!NT_SUCCESS(status))
        return status;
    status = ObReferenceObjectByHandle(handle, THREAD_ALL_ACCESS, NULL, KernelMode, (PVOID *)&thread_object, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(status));
    ZwClose(handle);
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
