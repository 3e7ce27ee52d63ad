/*
 * Defect: a failed WskRegister jumps to the label that calls WskDeregister.
 * (Twin: ok_wsk_label_right.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DunnockUnload;

static const WSK_CLIENT_DISPATCH DunnockDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION DunnockRegistration;
static PDEVICE_OBJECT DunnockDevice;
static UNICODE_STRING DunnockLink = RTL_CONSTANT_STRING(L"\\DosDevices\\Dunnock");
static UNICODE_STRING DunnockName = RTL_CONSTANT_STRING(L"\\Device\\Dunnock");

VOID NTAPI DunnockUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteSymbolicLink(&DunnockLink);
    WskDeregister(&DunnockRegistration);
    IoDeleteDevice(DunnockDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI Client;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, &DunnockName, FILE_DEVICE_NETWORK, 0, FALSE, &DunnockDevice);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }

    Client.ClientContext = NULL;
    Client.Dispatch = &DunnockDispatch;
    Status = WskRegister(&Client, &DunnockRegistration);
    if (!NT_SUCCESS(Status)) {
        goto Deregister;
    }

    Status = IoCreateSymbolicLink(&DunnockLink, &DunnockName);
    if (!NT_SUCCESS(Status)) {
        goto Deregister;
    }
    DriverObject->DriverUnload = DunnockUnload;
    return STATUS_SUCCESS;

Deregister:
    WskDeregister(&DunnockRegistration); // EXPECT: nmr-invalid-handle
    IoDeleteDevice(DunnockDevice);
    return Status;
}
