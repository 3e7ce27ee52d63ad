/*
 * Good: the characteristics are a copy of a template, with two fields changed; what the copy brings counts.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD chive_unload;

static HANDLE chive_handle;
static NPI_CLIENT_CHARACTERISTICS chive_chars;
static const NPIID chive_npi = { 0xf322dc87, 0x35c4, 0x4c4d, { 0x83, 0x68, 0x7e, 0xf7, 0x27, 0x37, 0x02, 0x5e } };
static const NPI_MODULEID chive_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xb9b1e725, 0x25b6, 0x4526, { 0x88, 0x19, 0x71, 0x46, 0x4d, 0x82, 0x3f, 0x1c } },
};
static const ULONG chive_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } chive_peer;

static NTSTATUS NTAPI chive_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &chive_peer, &chive_dispatch, &chive_peer.context, &chive_peer.dispatch);
}

static NTSTATUS NTAPI chive_detach(PVOID binding_context)
{
    (void)binding_context;
    chive_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS chive_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = chive_attach,
    .ClientDetachProvider = chive_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &chive_npi, .ModuleId = &chive_module },
};

static NTSTATUS NTAPI chive_attach_numbered(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    if (instance->Number == 0)
        return STATUS_NOINTERFACE;
    return chive_attach(binding, context, instance);
}

void NTAPI chive_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(chive_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(chive_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    RtlCopyMemory(&chive_chars, &chive_client, sizeof(chive_chars));
    chive_chars.ClientRegistrationInstance.Number = path->Length;
    if (path->Length > 80)
        chive_chars.ClientAttachProvider = chive_attach_numbered;
    driver->DriverUnload = chive_unload;
    return NmrRegisterClient(&chive_chars, NULL, &chive_handle);
}
