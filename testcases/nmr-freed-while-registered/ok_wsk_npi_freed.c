/*
 * Good: the WSK_CLIENT_NPI is an allocation that is freed after WskRegister, which copies it; the dispatch table stays.
 * (Twin: bad_wsk_dispatch_freed.c)
 */
#include <ntddk.h>
#include <wsk.h>

#define CHROME_TAG 'orhC'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ChromeUnload;

static WSK_REGISTRATION ChromeRegistration;
static PWSK_CLIENT_DISPATCH ChromeDispatch;

static NTSTATUS ChromeRegister(PWSK_CLIENT_NPI Npi)
{
    NTSTATUS Status;

    Npi->ClientContext = NULL;
    Npi->Dispatch = ChromeDispatch;
    Status = WskRegister(Npi, &ChromeRegistration);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Npi, CHROME_TAG);
        ExFreePoolWithTag(ChromeDispatch, CHROME_TAG);
        return Status;
    }
    ExFreePoolWithTag(Npi, CHROME_TAG);
    return STATUS_SUCCESS;
}

VOID NTAPI ChromeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&ChromeRegistration);
    if (ChromeDispatch != NULL) {
        ExFreePoolWithTag(ChromeDispatch, CHROME_TAG);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PWSK_CLIENT_NPI Npi;

    UNREFERENCED_PARAMETER(RegistryPath);
    ChromeDispatch = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*ChromeDispatch), CHROME_TAG);
    if (ChromeDispatch == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ChromeDispatch->Version = MAKE_WSK_VERSION(1, 0);
    Npi = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Npi), CHROME_TAG);
    if (Npi == NULL) {
        ExFreePoolWithTag(ChromeDispatch, CHROME_TAG);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DriverObject->DriverUnload = ChromeUnload;
    return ChromeRegister(Npi);
}
