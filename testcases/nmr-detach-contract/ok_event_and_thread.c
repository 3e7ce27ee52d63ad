/* strait: a detach with calls in progress is pending; the last call signals the event on which a thread waits that completes the detach. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct strait {
    KEVENT idle, stop;
    volatile LONG used, calls;
    HANDLE nmr_handle;
    PVOID thread;
    void *provider;
    const void *dispatch;
} strait_t;

static strait_t strait;
static HANDLE strait_handle;

static const NPIID strait_npi_id = { 0x20f8a453, 0x7f42, 0x472c, { 0x04, 0xa6, 0xf5, 0x7f, 0xcd, 0x4b, 0xfe, 0x04 } };
static const NPI_MODULEID strait_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xc60c4d16, 0xb121, 0x4ca9, { 0x32, 0x9c, 0x88, 0x04, 0xd1, 0x1f, 0xc1, 0xb5 } } }
};

static VOID NTAPI
strait_thread(PVOID context)
{
    strait_t *s = context;
    PVOID objects[2] = { &s->stop, &s->idle };

    for (;;) {
        NTSTATUS status = KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);

        if (status == STATUS_WAIT_0)
            break;
        NmrClientDetachProviderComplete(s->nmr_handle);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

__declspec(dllexport)
BOOLEAN
strait_enter(void)
{
    if (!strait.used || strait.dispatch == NULL)
        return FALSE;
    InterlockedIncrement(&strait.calls);
    return TRUE;
}

__declspec(dllexport)
void
strait_exit(void)
{
    if (InterlockedDecrement(&strait.calls) == 0)
        KeSetEvent(&strait.idle, IO_NO_INCREMENT, FALSE);
}

static NTSTATUS NTAPI
strait_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    strait_t *s = context;
    NTSTATUS status;

    (void)instance;
    if (InterlockedExchange(&s->used, 1) != 0)
        return STATUS_NOINTERFACE;
    s->calls = 1;
    s->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, s, NULL, &s->provider, &s->dispatch);
    if (!NT_SUCCESS(status))
        InterlockedExchange(&s->used, 0);
    return status;
}

static NTSTATUS NTAPI
strait_detach(PVOID context)
{
    strait_t *s = context;

    s->dispatch = NULL;
    if (InterlockedDecrement(&s->calls) == 0)
        return STATUS_SUCCESS;
    return STATUS_PENDING;
}

static VOID NTAPI
strait_cleanup(PVOID context)
{
    InterlockedExchange(&((strait_t *)context)->used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS strait_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), strait_attach, strait_detach, strait_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &strait_npi_id, &strait_module_id, 0, NULL }
};

static void
strait_join(void)
{
    KeSetEvent(&strait.stop, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(strait.thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(strait.thread);
}

static VOID NTAPI
strait_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(strait_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(strait_handle);
    strait_join();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;
    HANDLE thread;

    (void)path;
    KeInitializeEvent(&strait.stop, NotificationEvent, FALSE);
    KeInitializeEvent(&strait.idle, SynchronizationEvent, FALSE);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, strait_thread, &strait);
    if (!NT_SUCCESS(status))
        return status;
    ObReferenceObjectByHandle(thread, SYNCHRONIZE, *PsThreadType, KernelMode, &strait.thread, NULL);
    ZwClose(thread);
    status = NmrRegisterClient(&strait_characteristics, &strait, &strait_handle);
    if (!NT_SUCCESS(status)) {
        strait_join();
        return status;
    }
    driver->DriverUnload = strait_unload;
    return STATUS_SUCCESS;
}
