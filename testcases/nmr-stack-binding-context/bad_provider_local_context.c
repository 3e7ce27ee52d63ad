/* puffin: the provider's state for a client is a local, given out through the out parameter. */
#include <ntddk.h>
#include <netioddk.h>

#define PUFFIN_TAG 'fuPN'

typedef struct puffin_client {
    HANDLE nmr_handle;
    void *client_binding;
    const void *client_dispatch;
    ULONG number;
} puffin_client_t;

static const USHORT puffin_dispatch[] = { 1, 0 };
static HANDLE puffin_handle;

static const NPIID puffin_npi_id = { 0xcdac8fbc, 0xe11a, 0x4f30, { 0x8a, 0x88, 0x00, 0xd9, 0x33, 0x99, 0xf2, 0xdf } };
static const NPI_MODULEID puffin_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x986443f3, 0x0543, 0x4e97, { 0x93, 0xb8, 0x93, 0x93, 0x46, 0x1b, 0xe4, 0x3e } }
};

static NTSTATUS NTAPI
puffin_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
              const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    puffin_client_t client = { nmr_handle, client_binding, client_dispatch, 0 };

    (void)context;
    client.number = instance->Number;
    *binding = &client; // EXPECT: nmr-stack-binding-context
    *dispatch = puffin_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
puffin_detach(PVOID binding)
{
    ((puffin_client_t *)binding)->client_dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS puffin_characteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = puffin_attach,
    .ProviderDetachClient = puffin_detach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &puffin_npi_id,
        .ModuleId = &puffin_module_id,
    },
};

static VOID NTAPI
puffin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(puffin_handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(puffin_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = puffin_unload;
    return NmrRegisterProvider(&puffin_characteristics, NULL, &puffin_handle);
}
