/*
 * Defect: with the network switched off in the registry nothing is registered, and unload calls WskDeregister all the same.
 * (Twin: ok_wsk_switched_off.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD XenonUnload;

static const WSK_CLIENT_DISPATCH XenonDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION XenonRegistration;
static ULONG XenonNetwork;

static ULONG XenonQuery(PUNICODE_STRING RegistryPath)
{
    RTL_QUERY_REGISTRY_TABLE Table[2];
    ULONG Value = 1;

    RtlZeroMemory(Table, sizeof(Table));
    Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
    Table[0].Name = L"Network";
    Table[0].EntryContext = &Value;
    if (!NT_SUCCESS(RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, RegistryPath->Buffer, Table, NULL, NULL))) {
        return 1;
    }
    return Value;
}

VOID NTAPI XenonUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
    WskDeregister(&XenonRegistration); // EXPECT: nmr-invalid-handle
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    XenonNetwork = XenonQuery(RegistryPath);
    if (XenonNetwork != 0) {
        WSK_CLIENT_NPI Npi = { NULL, &XenonDispatch };

        Status = WskRegister(&Npi, &XenonRegistration);
        if (!NT_SUCCESS(Status)) {
            IoDeleteDevice(DeviceObject);
            return Status;
        }
    }
    DriverObject->DriverUnload = XenonUnload;
    return STATUS_SUCCESS;
}
