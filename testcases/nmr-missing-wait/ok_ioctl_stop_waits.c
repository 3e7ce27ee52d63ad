/*
 * Good: the STOP request starts the deregistration, waits, and then forgets the handle.
 * (Twin: bad_ioctl_stop_never_waits.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_BITTERN_START CTL_CODE(FILE_DEVICE_NETWORK, 0x840, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_BITTERN_STOP  CTL_CODE(FILE_DEVICE_NETWORK, 0x841, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD bittern_unload;

static HANDLE bittern_handle;
static const NPIID bittern_npi = { 0x826cf856, 0xbc0e, 0x47e8, { 0x82, 0x38, 0x4b, 0xc2, 0x36, 0x4e, 0x6e, 0x79 } };
static const NPI_MODULEID bittern_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x4a923b04, 0x5e33, 0x432d, { 0x8a, 0xe6, 0x43, 0x78, 0x3e, 0xac, 0x53, 0x27 } },
};
static const ULONG bittern_dispatch = 4;
static struct { PVOID context; const VOID *dispatch; } bittern_peer;

static NTSTATUS NTAPI bittern_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &bittern_peer, &bittern_dispatch, &bittern_peer.context, &bittern_peer.dispatch);
}

static NTSTATUS NTAPI bittern_detach(PVOID binding_context)
{
    (void)binding_context;
    bittern_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS bittern_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = bittern_attach,
    .ClientDetachProvider = bittern_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &bittern_npi, .ModuleId = &bittern_module },
};

static NTSTATUS bittern_start(void)
{
    NTSTATUS status;

    if (bittern_handle)
        return STATUS_ALREADY_REGISTERED;
    status = NmrRegisterClient(&bittern_client, NULL, &bittern_handle);
    if (!NT_SUCCESS(status))
        bittern_handle = NULL;
    return status;
}

static NTSTATUS bittern_stop(void)
{
    HANDLE handle = bittern_handle;
    NTSTATUS status;

    if (!handle)
        return STATUS_NOT_FOUND;
    status = NmrDeregisterClient(handle);
    if (status == STATUS_PENDING)
        status = NmrWaitForClientDeregisterComplete(handle);
    bittern_handle = NULL;
    return NT_SUCCESS(status) ? STATUS_SUCCESS : status;
}

static NTSTATUS NTAPI bittern_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    (void)device;
    switch (IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_BITTERN_START:
        status = bittern_start();
        break;
    case IOCTL_BITTERN_STOP:
        status = bittern_stop();
        break;
    }
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI bittern_unload(PDRIVER_OBJECT driver)
{
    bittern_stop();
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
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = bittern_control;
    driver->DriverUnload = bittern_unload;
    return STATUS_SUCCESS;
}
