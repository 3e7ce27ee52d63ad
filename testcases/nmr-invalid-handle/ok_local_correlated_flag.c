/*
 * A request that samples providers for a moment. Good: the flag that decides on the register call decides on its end.
 * (Twin: bad_local_uninitialised.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD robin_unload;

static const NPIID robin_npi = { 0x15c1a854, 0x9f06, 0x483f, { 0x85, 0xe6, 0x0d, 0x4d, 0x70, 0x5f, 0x5b, 0x38 } };
static const NPI_MODULEID robin_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc23e8abd, 0x99e2, 0x4313, { 0x8e, 0xb2, 0x03, 0x82, 0x20, 0x4d, 0x2a, 0x50 } },
};
static const ULONG robin_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } robin_peer;

static NTSTATUS NTAPI robin_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &robin_peer, &robin_dispatch, &robin_peer.context, &robin_peer.dispatch);
}

static NTSTATUS NTAPI robin_detach(PVOID binding_context)
{
    (void)binding_context;
    robin_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS robin_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = robin_attach,
    .ClientDetachProvider = robin_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &robin_npi, .ModuleId = &robin_module },
};

static NTSTATUS robin_sample(BOOLEAN live, LONG *result)
{
    LARGE_INTEGER moment;
    HANDLE handle;
    NTSTATUS status;

    moment.QuadPart = -50 * 10000;
    if (live) {
        status = NmrRegisterClient(&robin_client, NULL, &handle);
        if (!NT_SUCCESS(status))
            return status;
    }

    KeDelayExecutionThread(KernelMode, FALSE, &moment);
    *result = (robin_peer.dispatch != NULL);

    if (live) {
        status = NmrDeregisterClient(handle);
        if (status == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(handle);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI robin_control(PDEVICE_OBJECT device, PIRP irp)
{
    LONG result = 0;
    NTSTATUS status;

    (void)device;
    status = robin_sample(irp->AssociatedIrp.SystemBuffer != NULL, &result);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = NT_SUCCESS(status) ? (ULONG_PTR)result : 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI robin_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &device);
    if (!NT_SUCCESS(status))
        return status;
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = robin_control;
    driver->DriverUnload = robin_unload;
    return STATUS_SUCCESS;
}
