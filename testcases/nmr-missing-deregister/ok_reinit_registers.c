/*
 * A driver that starts at boot registers in its reinitialisation routine, when the network is there. Good: unload ends
 * the registration if that routine has run, and succeeded.
 * (Twin: bad_reinit_registers.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD peridot_unload;
DRIVER_REINITIALIZE peridot_reinitialize;

static HANDLE peridot_handle;
static BOOLEAN peridot_registered;
static const NPIID peridot_npi = { 0x0e54880b, 0x1a49, 0x44cd, { 0x88, 0x97, 0xcf, 0xbb, 0x52, 0x01, 0x9a, 0xeb } };
static const NPI_MODULEID peridot_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xb7577ab2, 0x8339, 0x4f2f, { 0x80, 0xb8, 0x3c, 0xbc, 0xf6, 0xb7, 0x0b, 0x25 } },
};
static const ULONG peridot_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } peridot_peer;

static NTSTATUS NTAPI peridot_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &peridot_peer, &peridot_dispatch, &peridot_peer.context, &peridot_peer.dispatch);
}

static NTSTATUS NTAPI peridot_detach(PVOID binding_context)
{
    (void)binding_context;
    peridot_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS peridot_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = peridot_attach,
    .ClientDetachProvider = peridot_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &peridot_npi, .ModuleId = &peridot_module },
};

VOID NTAPI peridot_reinitialize(PDRIVER_OBJECT driver, PVOID context, ULONG count)
{
    NTSTATUS status;

    (void)context;
    status = NmrRegisterClient(&peridot_client, NULL, &peridot_handle);
    if (NT_SUCCESS(status))
        peridot_registered = TRUE;
    else if (count < 5)
        IoRegisterDriverReinitialization(driver, peridot_reinitialize, NULL);
}

VOID NTAPI peridot_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    if (!peridot_registered)
        return;
    if (NmrDeregisterClient(peridot_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(peridot_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        return status;
    driver->DriverUnload = peridot_unload;
    IoRegisterDriverReinitialization(driver, peridot_reinitialize, NULL);
    return STATUS_SUCCESS;
}
