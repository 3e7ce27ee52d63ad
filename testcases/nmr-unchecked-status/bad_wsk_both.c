/*
 * Two defects: neither the status of WskRegister nor that of WskCaptureProviderNPI is looked at.
 * (Twin: ok_wsk_both.c)
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

    UNREFERENCED_PARAMETER(RegistryPath);
    WskRegister(&EmeraldClient, &EmeraldRegistration); // EXPECT: nmr-unchecked-status
    (VOID)WskCaptureProviderNPI(&EmeraldRegistration, 1000, &Npi); // EXPECT: nmr-unchecked-status
    EmeraldVersion = Npi.Dispatch->Version;
    WskReleaseProviderNPI(&EmeraldRegistration);
    DriverObject->DriverUnload = EmeraldUnload;
    return STATUS_SUCCESS;
}
