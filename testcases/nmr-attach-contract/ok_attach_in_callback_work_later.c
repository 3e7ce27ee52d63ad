/* auger: the callback attaches itself and leaves the first request to a work item. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct auger {
    WORK_QUEUE_ITEM item;
    volatile LONG used;
    volatile LONG requests;
    HANDLE nmr_handle;
    void *provider;
    const void *dispatch;
} auger_t;

static auger_t auger;
static HANDLE auger_handle;

static const NPIID auger_npi_id = { 0x9363c7e7, 0x227b, 0x41c6, { 0x40, 0x54, 0x58, 0x2e, 0xf9, 0x68, 0x26, 0xed } };
static const NPI_MODULEID auger_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x3a9d5190, 0x1b8a, 0x4b41, { 0xc5, 0xb1, 0xe2, 0xfe, 0x65, 0x60, 0x68, 0x27 } }
};

static VOID NTAPI
auger_worker(PVOID context)
{
    auger_t *a = context;

    InterlockedIncrement(&a->requests);
}

static NTSTATUS NTAPI
auger_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    auger_t *a = context;
    NTSTATUS status;

    (void)instance;
    if (InterlockedExchange(&a->used, 1) != 0)
        return STATUS_NOINTERFACE;
    a->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, a, NULL, &a->provider, &a->dispatch);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&a->used, 0);
        return status;
    }
    ExQueueWorkItem(&a->item, DelayedWorkQueue);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
auger_detach(PVOID context)
{
    (void)context;
    return STATUS_SUCCESS;
}

static VOID NTAPI
auger_cleanup(PVOID context)
{
    InterlockedExchange(&((auger_t *)context)->used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS auger_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), auger_attach, auger_detach, auger_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &auger_npi_id, &auger_module_id, 0, NULL }
};

static VOID NTAPI
auger_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(auger_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(auger_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    ExInitializeWorkItem(&auger.item, auger_worker, &auger);
    driver->DriverUnload = auger_unload;
    return NmrRegisterClient(&auger_characteristics, &auger, &auger_handle);
}
