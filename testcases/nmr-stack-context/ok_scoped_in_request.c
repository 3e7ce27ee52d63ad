/*
 * Good: a request handler registers with a local context, waits for the first provider or a time limit, and ends the
 * registration on every path before it returns.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD moorhen_unload;

struct moorhen_wait {
    KEVENT arrived;
    ULONG number;
};

static struct { PVOID context; const VOID *dispatch; } moorhen_peer;
static const ULONG moorhen_dispatch = 1;
static const NPIID moorhen_npi = { 0x8a811ff0, 0x17a1, 0x4ee0, { 0x89, 0x7d, 0x9b, 0xfe, 0x46, 0xbf, 0x77, 0x47 } };
static const NPI_MODULEID moorhen_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xa120e596, 0xd03a, 0x4885, { 0x88, 0x37, 0xcc, 0x44, 0x79, 0x44, 0x2a, 0x16 } },
};

static NTSTATUS NTAPI moorhen_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    struct moorhen_wait *w = context;

    w->number = instance->Number;
    KeSetEvent(&w->arrived, IO_NO_INCREMENT, FALSE);
    return NmrClientAttachProvider(binding, &moorhen_peer, &moorhen_dispatch, &moorhen_peer.context, &moorhen_peer.dispatch);
}

static NTSTATUS NTAPI moorhen_detach(PVOID binding_context)
{
    (void)binding_context;
    moorhen_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS moorhen_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = moorhen_attach,
    .ClientDetachProvider = moorhen_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &moorhen_npi, .ModuleId = &moorhen_module },
};

static NTSTATUS moorhen_find(ULONG *number)
{
    struct moorhen_wait wait = { .number = 0 };
    LARGE_INTEGER limit = { .QuadPart = -30 * 1000 * 1000 };
    HANDLE handle;
    NTSTATUS status;

    KeInitializeEvent(&wait.arrived, NotificationEvent, FALSE);
    status = NmrRegisterClient(&moorhen_client, &wait, &handle);
    if (!NT_SUCCESS(status))
        goto out;

    status = KeWaitForSingleObject(&wait.arrived, Executive, KernelMode, FALSE, &limit);
    if (status == STATUS_TIMEOUT) {
        status = STATUS_NOT_FOUND;
        goto deregister;
    }
    *number = wait.number;
    status = STATUS_SUCCESS;

deregister:
    if (NmrDeregisterClient(handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(handle);
out:
    return status;
}

static NTSTATUS NTAPI moorhen_read(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG number = 0;
    NTSTATUS status;

    (void)device;
    status = moorhen_find(&number);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = number;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI moorhen_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        return status;
    driver->MajorFunction[IRP_MJ_READ] = moorhen_read;
    driver->DriverUnload = moorhen_unload;
    return STATUS_SUCCESS;
}
