/* Registers a table of providers that differ in their number, and keeps the handles. */
#include "endpoints.h"

static const NPIID martin_npi = { 0x363549b7, 0xd560, 0x48f2, { 0x84, 0xed, 0xc5, 0x48, 0xa2, 0x3c, 0xbb, 0x50 } };
static const NPI_MODULEID martin_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc76ec792, 0xb0fd, 0x469d, { 0x87, 0x02, 0x3a, 0xf8, 0xd5, 0x00, 0x46, 0x47 } },
};
static const ULONG martin_dispatch[2] = { 3, 0 };
static volatile LONG martin_clients;

static NTSTATUS NTAPI martin_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&martin_clients);
    *binding_context = (PVOID)&martin_clients;
    *dispatch = martin_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI martin_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static HANDLE handles[ENDPOINTS];
static ULONG registered;

void endpoints_deregister(void)
{
    while (registered > 0) {
        HANDLE handle = handles[--registered];

        if (NmrDeregisterProvider(handle) == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(handle);
    }
}

NTSTATUS endpoints_register(NPI_PROVIDER_CHARACTERISTICS *table, ULONG count)
{
    NTSTATUS status;

    for (registered = 0; registered < count; registered++) {
        NPI_PROVIDER_CHARACTERISTICS *p = &table[registered];

        p->Length = sizeof(*p);
        p->ProviderAttachClient = martin_attach_client;
        p->ProviderDetachClient = martin_detach_client;
        p->ProviderRegistrationInstance.Size = sizeof(p->ProviderRegistrationInstance);
        p->ProviderRegistrationInstance.NpiId = &martin_npi;
        p->ProviderRegistrationInstance.ModuleId = &martin_module;
        p->ProviderRegistrationInstance.Number = registered;
        status = NmrRegisterProvider(p, NULL, &handles[registered]); // EXPECT: nmr-stack-characteristics
        if (!NT_SUCCESS(status)) {
            endpoints_deregister();
            return status;
        }
    }
    return STATUS_SUCCESS;
}
