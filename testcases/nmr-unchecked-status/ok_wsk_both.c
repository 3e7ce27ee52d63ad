/*
 * Good: the status of WskRegister and that of WskCaptureProviderNPI are tested, in one expression each.
 * (Twin: bad_wsk_both.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD EmeraldUnload;

static const WSK_CLIENT_DISPATCH EmeraldDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_CLIENT_NPI EmeraldClient = { NULL, &EmeraldDispatch };
static WSK_REGISTRATION EmeraldRegistration;
static USHORT EmeraldVersion;

VOID NTAPI EmeraldUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&EmeraldRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_PROVIDER_NPI Npi;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    if (!NT_SUCCESS(Status = WskRegister(&EmeraldClient, &EmeraldRegistration))) {
        return Status;
    }
    if (WskCaptureProviderNPI(&EmeraldRegistration, 1000, &Npi) >= 0) {
        EmeraldVersion = Npi.Dispatch->Version;
        WskReleaseProviderNPI(&EmeraldRegistration);
    }
    DriverObject->DriverUnload = EmeraldUnload;
    return STATUS_SUCCESS;
}
