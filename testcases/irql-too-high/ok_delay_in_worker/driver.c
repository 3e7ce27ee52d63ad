#include "contact.h"

static CONTACT Contact;
static PDEVICE_OBJECT ContactDevice;

static VOID NTAPI
ContactUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ContactStop(&Contact);
    IoDeleteDevice(ContactDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ContactDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ContactStart(&Contact, ContactDevice, &ContactHardwareOps);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(ContactDevice);
        return status;
    }
    DriverObject->DriverUnload = ContactUnload;
    return STATUS_SUCCESS;
}
