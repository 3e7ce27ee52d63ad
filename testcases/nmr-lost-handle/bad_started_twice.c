/*
 * Defect: a second START request registers again over the handle of the first.
 * (Twin: ok_started_once.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_IBIS_START CTL_CODE(FILE_DEVICE_NETWORK, 0x850, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_IBIS_STOP  CTL_CODE(FILE_DEVICE_NETWORK, 0x851, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ibis_unload;

static struct {
    HANDLE handle;
    BOOLEAN running;
} ibis;

static const NPIID ibis_cb_npi = { 0xfb3eb06c, 0xb248, 0x4376, { 0x84, 0xa0, 0x9f, 0x4d, 0x53, 0xc3, 0x09, 0x41 } };
static const NPI_MODULEID ibis_cb_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x6d1fbb7c, 0x552f, 0x4d50, { 0x8c, 0x9f, 0x69, 0x09, 0x5a, 0x64, 0xd7, 0x86 } },
};
static const ULONG ibis_cb_dispatch = 7;
static struct { PVOID context; const VOID *dispatch; } ibis_cb_peer;

static NTSTATUS NTAPI ibis_cb_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &ibis_cb_peer, &ibis_cb_dispatch, &ibis_cb_peer.context, &ibis_cb_peer.dispatch);
}

static NTSTATUS NTAPI ibis_cb_detach(PVOID binding_context)
{
    (void)binding_context;
    ibis_cb_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ibis_cb_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ibis_cb_attach,
    .ClientDetachProvider = ibis_cb_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &ibis_cb_npi, .ModuleId = &ibis_cb_module },
};

static NTSTATUS ibis_start(void)
{
    HANDLE handle;
    NTSTATUS status;

    status = NmrRegisterClient(&ibis_cb_client, NULL, &handle);
    if (!NT_SUCCESS(status))
        return status;
    ibis.handle = handle; // EXPECT: nmr-lost-handle
    ibis.running = TRUE;
    return STATUS_SUCCESS;
}

static void ibis_stop(void)
{
    if (!ibis.running)
        return;
    ibis.running = FALSE;
    if (NmrDeregisterClient(ibis.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(ibis.handle);
}

static NTSTATUS NTAPI ibis_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = STATUS_SUCCESS;

    (void)device;
    switch (IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_IBIS_START:
        status = ibis_start();
        break;
    case IOCTL_IBIS_STOP:
        ibis_stop();
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI ibis_unload(PDRIVER_OBJECT driver)
{
    ibis_stop();
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
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ibis_control;
    driver->DriverUnload = ibis_unload;
    return STATUS_SUCCESS;
}
