/* bayou: the detach callback gives up its own reference. What it reads afterwards was copied. */
#include <ntddk.h>
#include <netioddk.h>

#define BAYOU_TAG 'uyaB'

typedef struct bayou { volatile LONG refs; HANDLE nmr_handle; ULONG number; void *provider; const void *dispatch; } bayou_t;

static HANDLE bayou_handle;
static volatile LONG bayou_by_number[8];

static const NPIID bayou_npi_id = { 0x1862d4c9, 0xb596, 0x4202, { 0x9c, 0xf6, 0x66, 0xfc, 0x27, 0xf7, 0xb8, 0xa4 } };
static const NPI_MODULEID bayou_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x99c06d6c, 0xc617, 0x4121, { 0x91, 0x08, 0x2e, 0xd3, 0xfb, 0xe7, 0x8b, 0xd8 } }
};

static void
bayou_unref(bayou_t *b)
{
    HANDLE handle = b->nmr_handle;

    if (InterlockedDecrement(&b->refs) == 0)
        NmrClientDetachProviderComplete(handle);
}

__declspec(dllexport)
void
bayou_done(bayou_t *b)
{
    bayou_unref(b);
}

static NTSTATUS NTAPI
bayou_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    bayou_t *b = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*b), BAYOU_TAG);
    NTSTATUS status;

    (void)context;
    if (b == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    b->refs = 1;
    b->number = instance->Number % 8;
    b->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, b, NULL, &b->provider, &b->dispatch);
    if (NT_SUCCESS(status))
        InterlockedIncrement(&bayou_by_number[instance->Number % 8]);
    else
        ExFreePoolWithTag(b, BAYOU_TAG);
    return status;
}

static NTSTATUS NTAPI
bayou_detach(PVOID context)
{
    bayou_t *b = context;
    ULONG number = b->number;

    bayou_unref(b);
    InterlockedDecrement(&bayou_by_number[number]);
    return STATUS_PENDING;
}

static VOID NTAPI
bayou_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, BAYOU_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS bayou_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), bayou_attach, bayou_detach, bayou_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &bayou_npi_id, &bayou_module_id, 0, NULL }
};

static VOID NTAPI
bayou_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(bayou_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(bayou_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = bayou_unload;
    return NmrRegisterClient(&bayou_characteristics, NULL, &bayou_handle);
}
