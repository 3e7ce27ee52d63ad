/* dune: allocations have a prefix that is not the caller's business.  */
#include <ntddk.h>
#include <netioddk.h>

#define DUNE_TAG 'enuD'

typedef struct dune_prefix { SIZE_T size; ULONG magic; } dune_prefix_t;
typedef struct dune { void *provider; const void *dispatch; ULONG grains; } dune_t;

static HANDLE dune_handle;

static const NPIID dune_npi_id = { 0xc8cad536, 0x8741, 0x41ef, { 0x73, 0x16, 0x64, 0x74, 0x28, 0xa5, 0x40, 0x6c } };
static const NPI_MODULEID dune_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x28890b13, 0x92c9, 0x4452, { 0xdd, 0xfa, 0x26, 0x85, 0x5c, 0x6c, 0xb7, 0x73 } } }
};

static void *
dune_malloc(SIZE_T size)
{
    dune_prefix_t *prefix = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*prefix) + size, DUNE_TAG);

    if (prefix == NULL)
        return NULL;
    prefix->size = size;
    prefix->magic = DUNE_TAG;
    return prefix + 1;
}

static void
dune_free(void *memory)
{
    dune_prefix_t *prefix = (dune_prefix_t *)memory - 1;

    NT_ASSERT(prefix->magic == DUNE_TAG);
    ExFreePoolWithTag(prefix, DUNE_TAG);
}

static NTSTATUS NTAPI
dune_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    dune_t *dune = dune_malloc(sizeof(*dune));
    NTSTATUS status;

    (void)context;
    if (dune == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    dune->grains = instance->Number;
    status = NmrClientAttachProvider(nmr_handle, dune, NULL, &dune->provider, &dune->dispatch);
    if (!NT_SUCCESS(status))
        dune_free(dune);
    return status;
}

static NTSTATUS NTAPI
dune_detach(PVOID context)
{
    ((dune_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
dune_cleanup(PVOID context)
{
    dune_free(context);
}

static const NPI_CLIENT_CHARACTERISTICS dune_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = dune_attach,
    .ClientDetachProvider = dune_detach,
    .ClientCleanupBindingContext = dune_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &dune_npi_id,
        .ModuleId = &dune_module_id,
    },
};

static VOID NTAPI
dune_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(dune_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(dune_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = dune_unload;
    return NmrRegisterClient(&dune_characteristics, NULL, &dune_handle);
}
