/*
 * Defect: the registration is ended at the end of the __try block, and again in __finally.
 * (Twin: ok_try_or_finally.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD spruce_unload;

static const NPIID spruce_npi = { 0x28909efb, 0x3117, 0x4514, { 0x89, 0x5a, 0x0e, 0xa3, 0xcf, 0x59, 0x9a, 0xa5 } };
static const NPI_MODULEID spruce_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xed61ed2a, 0x7b40, 0x4710, { 0x8d, 0xb7, 0x1d, 0x30, 0x41, 0x8d, 0xe6, 0x2e } },
};
static const ULONG spruce_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } spruce_peer;

static NTSTATUS NTAPI spruce_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &spruce_peer, &spruce_dispatch, &spruce_peer.context, &spruce_peer.dispatch);
}

static NTSTATUS NTAPI spruce_detach(PVOID binding_context)
{
    (void)binding_context;
    spruce_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS spruce_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = spruce_attach,
    .ClientDetachProvider = spruce_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &spruce_npi, .ModuleId = &spruce_module },
};

static NTSTATUS spruce_probe(PULONG user, ULONG length)
{
    HANDLE handle = NULL;
    NTSTATUS status;

    __try {
        status = NmrRegisterClient(&spruce_client, NULL, &handle);
        if (!NT_SUCCESS(status)) {
            handle = NULL;
            __leave;
        }
        if (length < sizeof(*user)) {
            status = STATUS_BUFFER_TOO_SMALL;
            __leave;
        }
        *user = (spruce_peer.dispatch != NULL);
        if (NmrDeregisterClient(handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(handle);
    } __finally {
        if (handle != NULL) {
            if (NmrDeregisterClient(handle) == STATUS_PENDING) // EXPECT: nmr-double-deregister
                NmrWaitForClientDeregisterComplete(handle);
        }
    }
    return status;
}

static NTSTATUS NTAPI spruce_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status;

    (void)device;
    status = spruce_probe(irp->AssociatedIrp.SystemBuffer,
                          IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.OutputBufferLength);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = NT_SUCCESS(status) ? sizeof(ULONG) : 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI spruce_unload(PDRIVER_OBJECT driver)
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
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = spruce_control;
    driver->DriverUnload = spruce_unload;
    return STATUS_SUCCESS;
}
