/*
 * Good: what is set up after the register call, a list and its lock, is for requests; no callback can reach it.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD shale_unload;

static struct {
    HANDLE handle;
    LIST_ENTRY waiters;
    FAST_MUTEX mutex;
    ULONG count;
} shale;

static const NPIID shale_cb_npi = { 0x21cf861b, 0xe243, 0x4cb3, { 0x83, 0x31, 0x14, 0x95, 0xd9, 0x99, 0xe0, 0x28 } };
static const NPI_MODULEID shale_cb_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x0a2cb0c1, 0x72f1, 0x42ad, { 0x80, 0xa7, 0x41, 0x5f, 0x7e, 0xe3, 0x9b, 0x70 } },
};
static const ULONG shale_cb_dispatch = 6;
static struct { PVOID context; const VOID *dispatch; } shale_cb_peer;

static NTSTATUS NTAPI shale_cb_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &shale_cb_peer, &shale_cb_dispatch, &shale_cb_peer.context, &shale_cb_peer.dispatch);
}

static NTSTATUS NTAPI shale_cb_detach(PVOID binding_context)
{
    (void)binding_context;
    shale_cb_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS shale_cb_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = shale_cb_attach,
    .ClientDetachProvider = shale_cb_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &shale_cb_npi, .ModuleId = &shale_cb_module },
};

static NTSTATUS NTAPI shale_read(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG_PTR count;

    (void)device;
    ExAcquireFastMutex(&shale.mutex);
    count = IsListEmpty(&shale.waiters) ? 0 : ++shale.count;
    ExReleaseFastMutex(&shale.mutex);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = count;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

void NTAPI shale_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    if (NmrDeregisterClient(shale.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(shale.handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&shale_cb_client, NULL, &shale.handle);
    if (!NT_SUCCESS(status))
        return status;
    InitializeListHead(&shale.waiters);
    ExInitializeFastMutex(&shale.mutex);
    shale.count = 0;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        if (NmrDeregisterClient(shale.handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(shale.handle);
        return status;
    }
    driver->MajorFunction[IRP_MJ_READ] = shale_read;
    driver->DriverUnload = shale_unload;
    return STATUS_SUCCESS;
}
