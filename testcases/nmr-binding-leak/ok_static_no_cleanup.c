/* needle: no cleanup callback. The binding is static, so there is nothing to free. */
#include <ntddk.h>
#include <netioddk.h>

#define NEEDLE_TAG 'deeN'

typedef struct needle { volatile LONG used; void *provider; const void *dispatch; } needle_t;

static HANDLE needle_handle;
static needle_t needles[2];

static const NPIID needle_npi_id = { 0x1cb9f838, 0xd319, 0x4547, { 0x72, 0x4c, 0x8b, 0x9c, 0x4d, 0x54, 0x66, 0x64 } };
static const NPI_MODULEID needle_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x7b114e40, 0x88d3, 0x46e6, { 0x37, 0xe6, 0x20, 0xcc, 0x24, 0x7f, 0xa2, 0x11 } } }
};

static needle_t *
needle_get(void)
{
    int i;

    for (i = 0; i < 2; i++) {
        if (InterlockedExchange(&needles[i].used, 1) == 0)
            return &needles[i];
    }
    return NULL;
}

static void
needle_put(needle_t *needle)
{
    InterlockedExchange(&needle->used, 0);
}

static NTSTATUS NTAPI
needle_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    needle_t *needle = needle_get();
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (needle == NULL)
        return STATUS_NOINTERFACE;
    status = NmrClientAttachProvider(nmr_handle, needle, NULL, &needle->provider, &needle->dispatch);
    if (status != STATUS_SUCCESS)
        needle_put(needle);
    return status;
}

static NTSTATUS NTAPI
needle_detach(PVOID context)
{
    ((needle_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS needle_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = needle_attach,
    .ClientDetachProvider = needle_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &needle_npi_id,
        .ModuleId = &needle_module_id,
    },
};

static VOID NTAPI
needle_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(needle_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(needle_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = needle_unload;
    return NmrRegisterClient(&needle_characteristics, NULL, &needle_handle);
}
