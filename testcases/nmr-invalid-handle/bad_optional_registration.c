/*
 * Defect: the registration is optional: when it fails the driver loads all the same, and unload deregisters nonetheless.
 * (Twin: ok_optional_registration.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD redwing_unload;

static HANDLE redwing_handle;
static const NPIID redwing_npi = { 0x63d1a506, 0x9be9, 0x4f20, { 0x86, 0x97, 0x89, 0xd7, 0x77, 0x66, 0x7b, 0x1f } };
static const NPI_MODULEID redwing_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xbfb685fc, 0x3eac, 0x419b, { 0x89, 0x64, 0x9b, 0x89, 0x18, 0xaa, 0x0c, 0xb3 } },
};
static const ULONG redwing_dispatch = 4;
static struct { PVOID context; const VOID *dispatch; } redwing_peer;

static NTSTATUS NTAPI redwing_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &redwing_peer, &redwing_dispatch, &redwing_peer.context, &redwing_peer.dispatch);
}

static NTSTATUS NTAPI redwing_detach(PVOID binding_context)
{
    (void)binding_context;
    redwing_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS redwing_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = redwing_attach,
    .ClientDetachProvider = redwing_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &redwing_npi, .ModuleId = &redwing_module },
};

void NTAPI redwing_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    IoDeleteDevice(driver->DeviceObject);
    status = NmrDeregisterClient(redwing_handle); // EXPECT: nmr-invalid-handle
    if (status == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(redwing_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        return status;

    status = NmrRegisterClient(&redwing_client, NULL, &redwing_handle);
    if (!NT_SUCCESS(status)) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_WARNING_LEVEL, "redwing: works without the NPI, 0x%08lx\n", status);
        redwing_handle = NULL;
    }
    driver->DriverUnload = redwing_unload;
    return STATUS_SUCCESS;
}
