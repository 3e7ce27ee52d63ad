/* hasp: the binding has a reference for the list and one for the NMR. When the attach fails only one of them is dropped. */
#include <ntddk.h>
#include <netioddk.h>

#define HASP_TAG 'psaH'

typedef struct hasp { LIST_ENTRY link; volatile LONG refs; void *provider; const void *dispatch; } hasp_t;

static LIST_ENTRY hasp_list;
static KSPIN_LOCK hasp_lock;
static HANDLE hasp_handle;

static const NPIID hasp_npi_id = { 0x0f8ec3ac, 0xe9bb, 0x4bef, { 0x98, 0x11, 0x27, 0x5b, 0xa1, 0x13, 0xef, 0x03 } };
static const NPI_MODULEID hasp_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x7e62e10f, 0xe46d, 0x4440, { 0xb8, 0x1c, 0xcc, 0x45, 0xe8, 0xd6, 0x47, 0xd8 } }
};

static void
hasp_put(hasp_t *hasp)
{
    if (InterlockedDecrement(&hasp->refs) == 0)
        ExFreePoolWithTag(hasp, HASP_TAG);
}

static void
hasp_unlink(hasp_t *hasp)
{
    KIRQL irql;

    KeAcquireSpinLock(&hasp_lock, &irql);
    RemoveEntryList(&hasp->link);
    KeReleaseSpinLock(&hasp_lock, irql);
}

static NTSTATUS NTAPI
hasp_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status;
    hasp_t *hasp;

    (void)context;
    (void)instance;
    hasp = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*hasp), HASP_TAG);
    if (hasp == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    hasp->refs = 2;
    ExInterlockedInsertTailList(&hasp_list, &hasp->link, &hasp_lock);
    status = NmrClientAttachProvider(nmr_handle, hasp, NULL, &hasp->provider, &hasp->dispatch); // EXPECT: nmr-binding-leak
    if (!NT_SUCCESS(status)) {
        hasp_unlink(hasp);
        hasp_put(hasp);
    }
    return status;
}

static NTSTATUS NTAPI
hasp_detach(PVOID context)
{
    hasp_unlink(context);
    hasp_put(context);
    return STATUS_SUCCESS;
}

static VOID NTAPI
hasp_cleanup(PVOID context)
{
    hasp_put(context);
}

static const NPI_CLIENT_CHARACTERISTICS hasp_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), hasp_attach, hasp_detach, hasp_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &hasp_npi_id, &hasp_module_id, 0, NULL }
};

static VOID NTAPI
hasp_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(hasp_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(hasp_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    KeInitializeSpinLock(&hasp_lock);
    InitializeListHead(&hasp_list);
    driver->DriverUnload = hasp_unload;
    return NmrRegisterClient(&hasp_characteristics, NULL, &hasp_handle);
}
