/*
 * Defect: a thread registers with a context in its own frame and exits; unload, which waits for the thread, ends the
 * registration later.
 * (Twin: ok_thread_ends_first.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD crake_unload;
KSTART_ROUTINE crake_main;

struct crake {
    volatile LONG attached;
    KEVENT arrived;
};

static KEVENT crake_stop;
static PKTHREAD crake_thread;
static HANDLE crake_handle;
static struct { PVOID context; const VOID *dispatch; } crake_peer;
static const ULONG crake_dispatch = 1;
static const NPIID crake_npi = { 0x181a5c2e, 0x3100, 0x4e9e, { 0x8c, 0x15, 0x22, 0x56, 0xc1, 0x96, 0x59, 0x1f } };
static const NPI_MODULEID crake_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xa66a57d6, 0x8ade, 0x4989, { 0x84, 0xb0, 0x95, 0xd5, 0x19, 0x5a, 0x87, 0x0f } },
};

static NTSTATUS NTAPI crake_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    struct crake *c = context;

    (void)instance;
    InterlockedIncrement(&c->attached);
    KeSetEvent(&c->arrived, IO_NO_INCREMENT, FALSE);
    return NmrClientAttachProvider(binding, &crake_peer, &crake_dispatch, &crake_peer.context, &crake_peer.dispatch);
}

static NTSTATUS NTAPI crake_detach(PVOID binding_context)
{
    (void)binding_context;
    crake_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS crake_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = crake_attach,
    .ClientDetachProvider = crake_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &crake_npi, .ModuleId = &crake_module },
};

static void crake_end(void)
{
    if (crake_handle && NmrDeregisterClient(crake_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(crake_handle);
}

VOID NTAPI crake_main(PVOID context)
{
    struct crake self;
    PVOID objects[2] = { &crake_stop, &self.arrived };
    NTSTATUS status;

    (void)context;
    self.attached = 0;
    KeInitializeEvent(&self.arrived, NotificationEvent, FALSE);
    status = NmrRegisterClient(&crake_client, &self, &crake_handle); // EXPECT: nmr-stack-context
    if (!NT_SUCCESS(status))
        crake_handle = NULL;
    KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, NULL, NULL);
    PsTerminateSystemThread(status);
}

void NTAPI crake_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeSetEvent(&crake_stop, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(crake_thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(crake_thread);
    crake_end();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HANDLE thread;
    NTSTATUS status;

    (void)path;
    KeInitializeEvent(&crake_stop, NotificationEvent, FALSE);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, crake_main, NULL);
    if (!NT_SUCCESS(status))
        return status;
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, (PVOID *)&crake_thread, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(status));
    ZwClose(thread);
    driver->DriverUnload = crake_unload;
    return STATUS_SUCCESS;
}
