/*
 * Defect: unload waits; the error path of DriverEntry, after which the image goes away as well, doesn't.
 * (Twin: ok_entry_error_waits.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD jay_unload;

static HANDLE jay_handle;
static const NPIID jay_npi = { 0x2c2c06aa, 0x04ee, 0x45bd, { 0x86, 0x19, 0xb2, 0x64, 0x6d, 0x74, 0x7c, 0xd0 } };
static const NPI_MODULEID jay_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x3ac984c3, 0xe75e, 0x4923, { 0x81, 0x73, 0xff, 0x2f, 0x6e, 0x50, 0xe8, 0x19 } },
};
static const ULONG jay_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } jay_peer;

static NTSTATUS NTAPI jay_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &jay_peer, &jay_dispatch, &jay_peer.context, &jay_peer.dispatch);
}

static NTSTATUS NTAPI jay_detach(PVOID binding_context)
{
    (void)binding_context;
    jay_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS jay_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = jay_attach,
    .ClientDetachProvider = jay_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &jay_npi, .ModuleId = &jay_module },
};

void NTAPI jay_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    if (NmrDeregisterClient(jay_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(jay_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&jay_client, NULL, &jay_handle);
    if (!NT_SUCCESS(status))
        return status;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        NmrDeregisterClient(jay_handle); // EXPECT: nmr-missing-wait
        return status;
    }
    driver->DriverUnload = jay_unload;
    return STATUS_SUCCESS;
}
