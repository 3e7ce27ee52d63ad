/* moat: each binding has a thread. The cleanup callback signals it; the thread frees the binding. */
#include <ntddk.h>
#include <netioddk.h>

#define MOAT_TAG 'taoM'

typedef struct moat_binding {
    KEVENT wake;
    volatile LONG beats;
    PVOID provider_binding;
    const VOID *provider;
} moat_binding_t;

static HANDLE moat_handle;
static volatile LONG moat_threads;

static const NPIID moat_npi_id = { 0x34f36845, 0x7b12, 0x4601, { 0x40, 0xea, 0x63, 0x8c, 0x5b, 0x61, 0x02, 0x45 } };
static const NPI_MODULEID moat_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xb86bdf9d, 0x32af, 0x4ab2, { 0x1b, 0xda, 0x8d, 0x9f, 0xbe, 0x10, 0x22, 0x40 } }
};

static VOID NTAPI
moat_thread(PVOID context)
{
    moat_binding_t *b = context;
    LARGE_INTEGER period = { .QuadPart = -10000000LL };

    while (KeWaitForSingleObject(&b->wake, Executive, KernelMode, FALSE, &period) == STATUS_TIMEOUT)
        InterlockedIncrement(&b->beats);
    ExFreePoolWithTag(b, MOAT_TAG);
    InterlockedDecrement(&moat_threads);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS NTAPI
moat_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    moat_binding_t *b;
    NTSTATUS status;
    HANDLE thread;

    (void)context;
    (void)instance;
    b = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*b), MOAT_TAG);
    if (b == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    KeInitializeEvent(&b->wake, NotificationEvent, FALSE);
    InterlockedIncrement(&moat_threads);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, moat_thread, b);
    if (!NT_SUCCESS(status)) {
        InterlockedDecrement(&moat_threads);
        ExFreePoolWithTag(b, MOAT_TAG);
        return status;
    }
    ZwClose(thread);
    status = NmrClientAttachProvider(nmr_handle, b, NULL, &b->provider_binding, &b->provider);
    if (!NT_SUCCESS(status))
        KeSetEvent(&b->wake, IO_NO_INCREMENT, FALSE);
    return status;
}

static NTSTATUS NTAPI
moat_detach(PVOID context)
{
    InterlockedExchange(&((moat_binding_t *)context)->beats, 0);
    return STATUS_SUCCESS;
}

static VOID NTAPI
moat_cleanup(PVOID context)
{
    moat_binding_t *b = context;

    KeSetEvent(&b->wake, IO_NO_INCREMENT, FALSE);
}

static const NPI_CLIENT_CHARACTERISTICS moat_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), moat_attach, moat_detach, moat_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &moat_npi_id, &moat_module_id, 0, NULL }
};

static void
moat_join(void)
{
    LARGE_INTEGER pause = { .QuadPart = -100000LL };

    while (InterlockedCompareExchange(&moat_threads, 0, 0) != 0)
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
}

static VOID NTAPI
moat_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(moat_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(moat_handle);
    }
    moat_join();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = moat_unload;
    return NmrRegisterClient(&moat_characteristics, NULL, &moat_handle);
}
