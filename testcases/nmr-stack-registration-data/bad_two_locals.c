/*
 * Defect: NPI identifier and NPI-specific data are both locals. One register call, one finding.
 * (Twin: ok_two_members.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define EIDER_TAG 'rdiE'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD eider_unload;

struct eider_specific { ULONG mtu; ULONG queues; };

struct eider {
    HANDLE handle;
    NPI_PROVIDER_CHARACTERISTICS chars;
    NPIID npi;
    struct eider_specific specific;
};

static struct eider *eider;
static const NPIID eider_cb_npi = { 0xa92b7063, 0x2172, 0x47dd, { 0x86, 0x1e, 0xa0, 0xcc, 0xbf, 0x32, 0x32, 0x1a } };
static const NPI_MODULEID eider_cb_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x534997f4, 0x3c94, 0x47a8, { 0x8f, 0xec, 0xdb, 0x8a, 0x33, 0xd0, 0xe7, 0xdd } },
};
static const ULONG eider_cb_dispatch[2] = { 5, 0 };
static volatile LONG eider_cb_clients;

static NTSTATUS NTAPI eider_cb_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&eider_cb_clients);
    *binding_context = (PVOID)&eider_cb_clients;
    *dispatch = eider_cb_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI eider_cb_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static NTSTATUS eider_create(ULONG mtu, struct eider **out)
{
    NPI_REGISTRATION_INSTANCE *instance;
    struct eider_specific specific = { .mtu = mtu, .queues = 1 };
    NPIID npi = eider_cb_npi;
    struct eider *e;
    NTSTATUS status;

    npi.Data1 += mtu;
    e = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*e), EIDER_TAG);
    if (!e)
        return STATUS_INSUFFICIENT_RESOURCES;
    e->npi = npi;
    e->specific = specific;
    e->chars.Length = sizeof(e->chars);
    e->chars.ProviderAttachClient = eider_cb_attach_client;
    e->chars.ProviderDetachClient = eider_cb_detach_client;
    instance = &e->chars.ProviderRegistrationInstance;
    instance->Size = sizeof(*instance);
    instance->ModuleId = &eider_cb_module;
    instance->NpiId = &npi;
    instance->NpiSpecificCharacteristics = &specific;

    status = NmrRegisterProvider(&e->chars, NULL, &e->handle); // EXPECT: nmr-stack-registration-data
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(e, EIDER_TAG);
        return status;
    }
    *out = e;
    return STATUS_SUCCESS;
}

void NTAPI eider_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(eider->handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(eider->handle);
    ExFreePoolWithTag(eider, EIDER_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = eider_unload;
    return eider_create(1500, &eider);
}
