/*
 * Defect: a worker thread registers from a module structure in its frame. When the second event cannot be created
 * it terminates at once, and the frame with it, while the client is registered.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD shrike_unload;

static const NPIID shrike_npi = { 0x6ae920ab, 0x54f0, 0x4780, { 0x3f, 0x79, 0x61, 0x9c, 0x6b, 0x32, 0xd9, 0xee } };
static const NPI_MODULEID shrike_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc4d99c32, 0x0e16, 0x45bf, { 0x4a, 0xe3, 0x61, 0x50, 0x5d, 0xd9, 0x87, 0x39 } },
};
static const ULONG shrike_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } shrike_peer;

static NTSTATUS NTAPI shrike_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &shrike_peer, &shrike_dispatch, &shrike_peer.context, &shrike_peer.dispatch);
}

static NTSTATUS NTAPI shrike_detach(PVOID binding_context)
{
    (void)binding_context;
    shrike_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

struct shrike_module {
    NPI_CLIENT_CHARACTERISTICS chars;
    HANDLE nmr;
    ULONG rounds;
};

static PKTHREAD shrike_thread;
static KEVENT shrike_stop;

static NTSTATUS shrike_open_event(HANDLE *event)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\KernelObjects\\ShrikeRefresh");

    InitializeObjectAttributes(&attributes, &name, OBJ_KERNEL_HANDLE, NULL, NULL);
    return ZwCreateEvent(event, EVENT_ALL_ACCESS, &attributes, NotificationEvent, FALSE);
}

static void shrike_module_init(struct shrike_module *m)
{
    RtlZeroMemory(m, sizeof(*m));
    m->chars.Length = sizeof(m->chars);
    m->chars.ClientAttachProvider = shrike_attach;
    m->chars.ClientDetachProvider = shrike_detach;
    m->chars.ClientRegistrationInstance.Size = sizeof(m->chars.ClientRegistrationInstance);
    m->chars.ClientRegistrationInstance.NpiId = &shrike_npi;
    m->chars.ClientRegistrationInstance.ModuleId = &shrike_module;
}

static VOID NTAPI shrike_main(PVOID context)
{
    struct shrike_module module;
    HANDLE event;
    NTSTATUS status;

    (void)context;
    shrike_module_init(&module);
    status = NmrRegisterClient(&module.chars, NULL, &module.nmr); // EXPECT: nmr-stack-characteristics
    if (!NT_SUCCESS(status))
        PsTerminateSystemThread(status);

    status = shrike_open_event(&event);
    if (!NT_SUCCESS(status))
        PsTerminateSystemThread(status);

    KeWaitForSingleObject(&shrike_stop, Executive, KernelMode, FALSE, NULL);
    ZwClose(event);
    if (NmrDeregisterClient(module.nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(module.nmr);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

void NTAPI shrike_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeSetEvent(&shrike_stop, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(shrike_thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(shrike_thread);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HANDLE thread;
    NTSTATUS status;

    (void)path;
    KeInitializeEvent(&shrike_stop, NotificationEvent, FALSE);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, shrike_main, NULL);
    if (!NT_SUCCESS(status))
        return status;
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, (PVOID *)&shrike_thread, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(status));
    ZwClose(thread);
    driver->DriverUnload = shrike_unload;
    return STATUS_SUCCESS;
}
