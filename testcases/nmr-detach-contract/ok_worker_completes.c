/* cove: a pending detach is handed to a work item, which completes it. */
#include <ntddk.h>
#include <netioddk.h>

#define COVE_TAG 'evoC'

typedef struct cove {
    WORK_QUEUE_ITEM item;
    EX_RUNDOWN_REF rundown;
    HANDLE nmr_handle;
    void *provider;
    const void *dispatch;
} cove_t;

static HANDLE cove_handle;

static const NPIID cove_npi_id = { 0xc4e96328, 0x3986, 0x4e86, { 0x1c, 0x95, 0x64, 0x7f, 0xfd, 0x6f, 0xb2, 0x84 } };
static const NPI_MODULEID cove_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x644c69ec, 0xeb9c, 0x4ab2, { 0xd1, 0x57, 0x2e, 0x32, 0x60, 0x9f, 0x74, 0xc0 } }
};

static VOID NTAPI
cove_leave(PVOID context)
{
    cove_t *cove = context;

    ExWaitForRundownProtectionRelease(&cove->rundown);
    DbgPrint("cove: idle\n");
    NmrClientDetachProviderComplete(cove->nmr_handle);
}

static NTSTATUS NTAPI
cove_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    cove_t *cove = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*cove), COVE_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (cove == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    ExInitializeRundownProtection(&cove->rundown);
    ExInitializeWorkItem(&cove->item, cove_leave, cove);
    cove->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, cove, NULL, &cove->provider, &cove->dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(cove, COVE_TAG);
    return status;
}

static NTSTATUS NTAPI
cove_detach(PVOID context)
{
    ExQueueWorkItem(&((cove_t *)context)->item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
cove_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, COVE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS cove_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = cove_attach,
    .ClientDetachProvider = cove_detach,
    .ClientCleanupBindingContext = cove_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &cove_npi_id,
        .ModuleId = &cove_module_id,
    },
};

static VOID NTAPI
cove_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(cove_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(cove_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = cove_unload;
    return NmrRegisterClient(&cove_characteristics, NULL, &cove_handle);
}
