/* quarry: when its provider goes, the client leaves the NPI for good, by a work item. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct quarry {
    WORK_QUEUE_ITEM item;
    KEVENT left;
    volatile LONG state;    /* 0 not registered, 1 registered */
    HANDLE handle;
    void *provider;
    const void *dispatch;
} quarry_t;

static quarry_t quarry;

static const NPIID quarry_npi_id = { 0x243a4a6f, 0x644f, 0x4350, { 0x2b, 0xf7, 0x5c, 0xa2, 0x9b, 0xd9, 0x8d, 0x9c } };
static const NPI_MODULEID quarry_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x01715a67, 0x22c7, 0x45e4, { 0x71, 0xc6, 0xdd, 0xdb, 0x1b, 0x04, 0x04, 0xe4 } }
};

static void
quarry_leave(quarry_t *q)
{
    if (InterlockedExchange(&q->state, 0) == 1) {
        if (NmrDeregisterClient(q->handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(q->handle);
    }
    KeSetEvent(&q->left, IO_NO_INCREMENT, FALSE);
}

static VOID NTAPI
quarry_worker(PVOID context)
{
    quarry_leave(context);
}

static NTSTATUS NTAPI
quarry_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    quarry_t *q = context;

    (void)instance;
    return NmrClientAttachProvider(nmr_handle, q, NULL, &q->provider, &q->dispatch);
}

static NTSTATUS NTAPI
quarry_detach(PVOID context)
{
    quarry_t *q = context;

    q->dispatch = NULL;
    if (q->state == 1) {
        KeClearEvent(&q->left);
        ExQueueWorkItem(&q->item, DelayedWorkQueue);
    }
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS quarry_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = quarry_attach,
    .ClientDetachProvider = quarry_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &quarry_npi_id,
        .ModuleId = &quarry_module_id,
    },
};

static VOID NTAPI
quarry_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeWaitForSingleObject(&quarry.left, Executive, KernelMode, FALSE, NULL);
    quarry_leave(&quarry);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    KeInitializeEvent(&quarry.left, NotificationEvent, TRUE);
    ExInitializeWorkItem(&quarry.item, quarry_worker, &quarry);
    quarry.state = 1;
    status = NmrRegisterClient(&quarry_characteristics, &quarry, &quarry.handle);
    if (!NT_SUCCESS(status)) {
        quarry.state = 0;
        return status;
    }
    driver->DriverUnload = quarry_unload;
    return STATUS_SUCCESS;
}
