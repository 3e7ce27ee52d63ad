/*
 * The detach callback returns STATUS_PENDING, and a DPC completes the detach. Defect: with the handle of the client.
 * (Twin: ok_complete_with_binding_handle.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD pratincole_unload;
KDEFERRED_ROUTINE pratincole_idle;

static struct {
    HANDLE client;
    HANDLE binding;
    KDPC dpc;
    PVOID provider_context;
    const VOID *provider_dispatch;
} pratincole;

static const ULONG pratincole_dispatch = 1;
static const NPIID pratincole_npi = { 0x4c856b82, 0x400c, 0x4fa0, { 0x82, 0xb9, 0x9f, 0x76, 0xc5, 0x2d, 0x02, 0xd0 } };
static const NPI_MODULEID pratincole_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xa4d6fd2f, 0x197f, 0x4a53, { 0x8d, 0x9c, 0xab, 0x22, 0x2d, 0x93, 0x03, 0x35 } },
};

static NTSTATUS NTAPI pratincole_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    pratincole.binding = binding;
    return NmrClientAttachProvider(binding, &pratincole, &pratincole_dispatch, &pratincole.provider_context,
                                   &pratincole.provider_dispatch);
}

static NTSTATUS NTAPI pratincole_detach(PVOID binding_context)
{
    (void)binding_context;
    KeInsertQueueDpc(&pratincole.dpc, NULL, NULL);
    return STATUS_PENDING;
}

void NTAPI pratincole_idle(PKDPC dpc, PVOID context, PVOID argument1, PVOID argument2)
{
    (void)dpc; (void)context; (void)argument1; (void)argument2;
    NmrClientDetachProviderComplete(pratincole.client); // EXPECT: nmr-wrong-handle
}

static const NPI_CLIENT_CHARACTERISTICS pratincole_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = pratincole_attach,
    .ClientDetachProvider = pratincole_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &pratincole_npi, .ModuleId = &pratincole_module },
};

void NTAPI pratincole_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(pratincole.client) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(pratincole.client);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    KeInitializeDpc(&pratincole.dpc, pratincole_idle, NULL);
    driver->DriverUnload = pratincole_unload;
    return NmrRegisterClient(&pratincole_client, NULL, &pratincole.client);
}
