/* plinth: the NMR gets the inner part of an allocation; the provider's detach callback frees the outer one. */
#include <ntddk.h>
#include <netioddk.h>

#define PLINTH_TAG 'nilP'

typedef struct plinth_core { HANDLE nmr_handle; volatile LONG calls; } plinth_core_t;

typedef struct plinth {
    ULONG magic;
    LIST_ENTRY link;
    plinth_core_t core;
} plinth_t;

static const ULONG plinth_table[1] = { 5 };
static HANDLE plinth_handle;

static const NPIID plinth_npi_id = { 0x8d753dcf, 0xb901, 0x4ebd, { 0x52, 0x2c, 0xf5, 0x97, 0x11, 0x71, 0xf4, 0xdd } };
static const NPI_MODULEID plinth_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xdb78442a, 0xa5d7, 0x4ee5, { 0x99, 0xd7, 0x15, 0x40, 0x6b, 0x64, 0xab, 0x90 } }
};

static NTSTATUS NTAPI
plinth_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
              const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    plinth_t *plinth = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*plinth), PLINTH_TAG);

    (void)context;
    (void)instance;
    (void)client_binding;
    (void)client_dispatch;
    if (!plinth)
        return STATUS_INSUFFICIENT_RESOURCES;
    plinth->magic = PLINTH_TAG;
    plinth->core.nmr_handle = nmr_handle;
    *binding = &plinth->core;
    *dispatch = plinth_table;
    return STATUS_SUCCESS;
}

static void
plinth_destroy(plinth_t *plinth)
{
    plinth->magic = 0;
    ExFreePoolWithTag(plinth, PLINTH_TAG);
}

static NTSTATUS NTAPI
plinth_detach(PVOID binding)
{
    plinth_core_t *core = binding;

    InterlockedExchange(&core->calls, 0);
    plinth_destroy(CONTAINING_RECORD(core, plinth_t, core)); // EXPECT: nmr-binding-freed-early
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS plinth_characteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = plinth_attach,
    .ProviderDetachClient = plinth_detach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &plinth_npi_id,
        .ModuleId = &plinth_module_id,
    },
};

static VOID NTAPI
plinth_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(plinth_handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(plinth_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = plinth_unload;
    return NmrRegisterProvider(&plinth_characteristics, NULL, &plinth_handle);
}
