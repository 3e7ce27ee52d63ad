/* slate: the binding needs an entry in the table of rates. If the table is full after a successful attach, the binding is freed although the NMR has it. */
#include <ntddk.h>
#include <netioddk.h>

#define SLATE_TAG 'talS'
#define SLATE_RATES 4

typedef struct slate { LONG rate; void *provider; const void *dispatch; } slate_t;

static volatile LONG slate_rates[SLATE_RATES];
static HANDLE slate_handle;

static const NPIID slate_npi_id = { 0xa7b548e6, 0xc77f, 0x495b, { 0x6c, 0x00, 0xb1, 0x6c, 0x3a, 0x92, 0xac, 0xe9 } };
static const NPI_MODULEID slate_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xc51eac83, 0x6708, 0x48e2, { 0xa9, 0x3d, 0xc4, 0x28, 0x4a, 0x4d, 0x66, 0x06 } }
};

static BOOLEAN
slate_take_rate(slate_t *slate)
{
    LONG i;

    for (i = 0; i < SLATE_RATES; i++) {
        if (InterlockedCompareExchange(&slate_rates[i], 1, 0) == 0) {
            slate->rate = i;
            return TRUE;
        }
    }
    slate->rate = -1;
    return FALSE;
}

static void
slate_free(slate_t *slate)
{
    if (slate->rate >= 0)
        InterlockedExchange(&slate_rates[slate->rate], 0);
    ExFreePoolWithTag(slate, SLATE_TAG);
}

static NTSTATUS NTAPI
slate_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status;
    slate_t *slate;

    (void)context;
    (void)instance;
    slate = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*slate), SLATE_TAG);
    if (slate == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    slate->rate = -1;
    status = NmrClientAttachProvider(nmr_handle, slate, NULL, &slate->provider, &slate->dispatch);
    if (!NT_SUCCESS(status)) {
        slate_free(slate);
    } else if (!slate_take_rate(slate)) {
        slate_free(slate); // EXPECT: nmr-binding-freed-early
    }
    return status;
}

static NTSTATUS NTAPI
slate_detach(PVOID context)
{
    ((slate_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
slate_cleanup(PVOID context)
{
    slate_free(context);
}

static const NPI_CLIENT_CHARACTERISTICS slate_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = slate_attach,
    .ClientDetachProvider = slate_detach,
    .ClientCleanupBindingContext = slate_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &slate_npi_id,
        .ModuleId = &slate_module_id,
    },
};

static VOID NTAPI
slate_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(slate_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(slate_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = slate_unload;
    return NmrRegisterClient(&slate_characteristics, NULL, &slate_handle);
}
