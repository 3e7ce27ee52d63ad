/*
 * Good: the failing step goes to the common exit, which undoes the registration.
 * (Twin: bad_local_undo_and_common.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD elm_unload;

static HANDLE elm_handle;
static PDEVICE_OBJECT elm_device;
static const NPIID elm_npi = { 0x442bb998, 0x9027, 0x4468, { 0x8a, 0x46, 0xe2, 0x36, 0xbd, 0x1d, 0x05, 0xbb } };
static const NPI_MODULEID elm_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc8c3512b, 0x0106, 0x4d68, { 0x86, 0x13, 0xb4, 0xbb, 0x64, 0x5d, 0x14, 0x58 } },
};
static const ULONG elm_dispatch = 2;
static struct { PVOID context; const VOID *dispatch; } elm_peer;

static NTSTATUS NTAPI elm_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &elm_peer, &elm_dispatch, &elm_peer.context, &elm_peer.dispatch);
}

static NTSTATUS NTAPI elm_detach(PVOID binding_context)
{
    (void)binding_context;
    elm_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS elm_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = elm_attach,
    .ClientDetachProvider = elm_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &elm_npi, .ModuleId = &elm_module },
};

static void elm_end(void)
{
    if (NmrDeregisterClient(elm_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(elm_handle);
}

void NTAPI elm_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    elm_end();
    IoDeleteDevice(elm_device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    BOOLEAN registered = FALSE;
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&elm_client, NULL, &elm_handle);
    if (!NT_SUCCESS(status))
        goto out;
    registered = TRUE;

    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &elm_device);
    if (!NT_SUCCESS(status))
        goto out;
    driver->DriverUnload = elm_unload;

out:
    if (!NT_SUCCESS(status) && registered)
        elm_end();
    return status;
}
