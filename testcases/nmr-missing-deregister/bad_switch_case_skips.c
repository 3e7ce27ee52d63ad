/* Defect: one kind of owner is freed without ending its registration. */
#include <ntddk.h>
#include <netioddk.h>

#define AYTHYA_TAG 'htyA'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD aythya_unload;

static const NPIID aythya_npi = { 0x98da0ebe, 0xc53c, 0x4819, { 0x62, 0xf8, 0x22, 0x4f, 0xc5, 0x6b, 0x87, 0xa9 } };
static const NPI_MODULEID aythya_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x620b27be, 0x5f59, 0x41c4, { 0x90, 0xb9, 0x73, 0x6a, 0xb6, 0x00, 0x2e, 0x72 } },
};
static const ULONG aythya_dispatch[2] = { 8, 1 };
static volatile LONG aythya_clients;

static NTSTATUS NTAPI aythya_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&aythya_clients);
    *binding_context = NULL;
    *dispatch = aythya_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI aythya_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&aythya_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS aythya_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = aythya_attach,
    .ProviderDetachClient = aythya_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &aythya_npi, .ModuleId = &aythya_module },
};

enum aythya_kind { AYTHYA_FIXED = 1, AYTHYA_DYNAMIC };

struct aythya {
    enum aythya_kind kind;
    HANDLE nmr;
    void *table;
};

static struct aythya *aythya;

static void aythya_end(struct aythya *a)
{
    if (NmrDeregisterProvider(a->nmr) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(a->nmr);
}

static void aythya_destroy(struct aythya *a)
{
    switch (a->kind) {
    case AYTHYA_FIXED:
        aythya_end(a);
        break;
    case AYTHYA_DYNAMIC:
        ExFreePoolWithTag(a->table, AYTHYA_TAG);
        break;
    }
    ExFreePoolWithTag(a, AYTHYA_TAG);
}

static NTSTATUS aythya_create(BOOLEAN dynamic, struct aythya **result)
{
    struct aythya *a = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*a), AYTHYA_TAG);
    NTSTATUS status;

    if (a == NULL)
        return STATUS_NO_MEMORY;
    a->kind = dynamic ? AYTHYA_DYNAMIC : AYTHYA_FIXED;
    if (dynamic) {
        a->table = ExAllocatePool2(POOL_FLAG_NON_PAGED, 256, AYTHYA_TAG);
        if (a->table == NULL) {
            ExFreePoolWithTag(a, AYTHYA_TAG);
            return STATUS_NO_MEMORY;
        }
    }
    status = NmrRegisterProvider(&aythya_chars, NULL, &a->nmr); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status)) {
        if (a->table != NULL)
            ExFreePoolWithTag(a->table, AYTHYA_TAG);
        ExFreePoolWithTag(a, AYTHYA_TAG);
        return status;
    }
    *result = a;
    return STATUS_SUCCESS;
}

void NTAPI aythya_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    aythya_destroy(aythya);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    driver->DriverUnload = aythya_unload;
    return aythya_create(path->Length > 80, &aythya);
}
