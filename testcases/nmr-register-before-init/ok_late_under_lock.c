/*
 * Good: the device that the attach callback signals is published under the lock under which the callback reads it.
 * (Twin: bad_late_unlocked.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD gneiss_unload;

static struct {
    KSPIN_LOCK lock;
    PKEVENT listener;
    HANDLE handle;
    PVOID peer_context;
    const VOID *peer_dispatch;
} gneiss;

static KEVENT gneiss_event;
static const ULONG gneiss_dispatch = 1;
static const NPIID gneiss_npi = { 0x3f941e92, 0xa30d, 0x4712, { 0x86, 0x8b, 0x84, 0x81, 0x9c, 0x3d, 0x8a, 0x98 } };
static const NPI_MODULEID gneiss_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x5052f4ba, 0x0a9d, 0x46af, { 0x88, 0xe8, 0x20, 0xeb, 0x5b, 0x6c, 0x51, 0x1d } },
};

static NTSTATUS NTAPI gneiss_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    KIRQL irql;

    (void)context;
    (void)instance;
    KeAcquireSpinLock(&gneiss.lock, &irql);
    if (gneiss.listener)
        KeSetEvent(gneiss.listener, IO_NO_INCREMENT, FALSE);
    KeReleaseSpinLock(&gneiss.lock, irql);
    return NmrClientAttachProvider(binding, &gneiss, &gneiss_dispatch, &gneiss.peer_context, &gneiss.peer_dispatch);
}

static NTSTATUS NTAPI gneiss_detach(PVOID binding_context)
{
    (void)binding_context;
    gneiss.peer_dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS gneiss_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = gneiss_attach,
    .ClientDetachProvider = gneiss_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &gneiss_npi, .ModuleId = &gneiss_module },
};

void NTAPI gneiss_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(gneiss.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(gneiss.handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    KIRQL irql;
    NTSTATUS status;

    (void)path;
    KeInitializeSpinLock(&gneiss.lock);
    KeInitializeEvent(&gneiss_event, NotificationEvent, FALSE);
    status = NmrRegisterClient(&gneiss_client, NULL, &gneiss.handle);
    if (!NT_SUCCESS(status))
        return status;
    KeAcquireSpinLock(&gneiss.lock, &irql);
    gneiss.listener = &gneiss_event;
    KeReleaseSpinLock(&gneiss.lock, irql);
    driver->DriverUnload = gneiss_unload;
    return STATUS_SUCCESS;
}
