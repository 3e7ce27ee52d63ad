/* tongs: a thread waits for idle bindings.  */
#include <ntddk.h>
#include <netioddk.h>

#define TONGS_TAG 'gnoT'

typedef struct tongs {
    volatile LONG calls;
    HANDLE nmr_handle;
    ULONG number;
    void *provider;
    const void *dispatch;
} tongs_t;

static HANDLE tongs_handle;

static const NPIID tongs_npi_id = { 0xefc8a724, 0xd9e6, 0x4552, { 0xb2, 0x6a, 0x2e, 0x9e, 0x9c, 0xe4, 0x4d, 0x3d } };
static const NPI_MODULEID tongs_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x711ba0bb, 0xaf3a, 0x40a5, { 0x71, 0x23, 0xf5, 0x8f, 0x1f, 0x56, 0x60, 0xdf } }
};

static void
tongs_log(const char *what, const tongs_t *tongs)
{
    DbgPrint("tongs %lu: %s\n", tongs->number, what);
}

static VOID NTAPI
tongs_thread(PVOID context)
{
    LARGE_INTEGER pause = { .QuadPart = -100000LL };
    tongs_t *tongs = context;

    while (InterlockedCompareExchange(&tongs->calls, 0, 0) != 0)
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    tongs_log("detached", tongs);
    NmrClientDetachProviderComplete(tongs->nmr_handle);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static WORK_QUEUE_ITEM tongs_item;
static tongs_t *volatile tongs_leaving;

/* Threads can only be made at PASSIVE_LEVEL. */
static VOID NTAPI
tongs_start_thread(PVOID context)
{
    tongs_t *tongs = InterlockedExchangePointer((PVOID volatile *)&tongs_leaving, NULL);
    HANDLE thread;

    (void)context;
    if (tongs == NULL)
        return;
    tongs_log("leaving", tongs);
    if (NT_SUCCESS(PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, tongs_thread, tongs)))
        ZwClose(thread);
    else
        NmrClientDetachProviderComplete(tongs->nmr_handle);
}

static NTSTATUS NTAPI
tongs_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status;
    tongs_t *tongs;

    (void)context;
    tongs = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*tongs), TONGS_TAG);
    if (tongs == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    tongs->nmr_handle = nmr_handle;
    tongs->number = instance->Number;
    status = NmrClientAttachProvider(nmr_handle, tongs, NULL, &tongs->provider, &tongs->dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(tongs, TONGS_TAG);
    return status;
}

static NTSTATUS NTAPI
tongs_detach(PVOID context)
{
    if (InterlockedCompareExchangePointer((PVOID volatile *)&tongs_leaving, context, NULL) != NULL)
        return STATUS_SUCCESS;
    ExQueueWorkItem(&tongs_item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
tongs_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, TONGS_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS tongs_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = tongs_attach,
    .ClientDetachProvider = tongs_detach,
    .ClientCleanupBindingContext = tongs_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &tongs_npi_id,
        .ModuleId = &tongs_module_id,
    },
};

static VOID NTAPI
tongs_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(tongs_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(tongs_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    ExInitializeWorkItem(&tongs_item, tongs_start_thread, NULL);
    driver->DriverUnload = tongs_unload;
    return NmrRegisterClient(&tongs_characteristics, NULL, &tongs_handle);
}
