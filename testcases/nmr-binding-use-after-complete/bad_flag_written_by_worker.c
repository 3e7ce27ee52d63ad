/* bellows: a work item ends a pending detach. It notes in the binding that it is done. */
#include <ntddk.h>
#include <netioddk.h>

#define BELLOWS_TAG 'lleB'

typedef struct bellows {
    EX_RUNDOWN_REF rundown;
    WORK_QUEUE_ITEM item;
    HANDLE nmr_handle;
    BOOLEAN done;
    void *provider;
    const void *dispatch;
} bellows_t;

static HANDLE bellows_handle;

static const NPIID bellows_npi_id = { 0x9eeea24b, 0x654e, 0x4705, { 0x5d, 0xef, 0x82, 0x2e, 0x36, 0xb5, 0x77, 0xbe } };
static const NPI_MODULEID bellows_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xc4bcdc35, 0x48f2, 0x4b44, { 0xab, 0xe4, 0xc4, 0x7b, 0xe8, 0xce, 0x5b, 0x0b } }
};

static VOID NTAPI
bellows_finish(PVOID context)
{
    bellows_t *b = context;

    ExWaitForRundownProtectionRelease(&b->rundown);
    NmrClientDetachProviderComplete(b->nmr_handle);
    b->done = TRUE; // EXPECT: nmr-binding-use-after-complete
}

static NTSTATUS NTAPI
bellows_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    bellows_t *b = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*b), BELLOWS_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (b == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    ExInitializeRundownProtection(&b->rundown);
    ExInitializeWorkItem(&b->item, bellows_finish, b);
    b->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, b, NULL, &b->provider, &b->dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(b, BELLOWS_TAG);
    return status;
}

static NTSTATUS NTAPI
bellows_detach(PVOID context)
{
    bellows_t *b = context;

    ExQueueWorkItem(&b->item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
bellows_cleanup(PVOID context)
{
    bellows_t *b = context;

    NT_ASSERT(b->done);
    ExFreePoolWithTag(b, BELLOWS_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS bellows_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), bellows_attach, bellows_detach, bellows_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &bellows_npi_id, &bellows_module_id, 0, NULL }
};

static VOID NTAPI
bellows_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(bellows_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(bellows_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = bellows_unload;
    return NmrRegisterClient(&bellows_characteristics, NULL, &bellows_handle);
}
