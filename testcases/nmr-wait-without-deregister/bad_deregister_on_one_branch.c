/* Defect: when the device was never opened the deregister call is skipped, the wait is not. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD vole_unload;

static const NPIID vole_npi = { 0xff9762df, 0x5751, 0x4b18, { 0x5b, 0x47, 0x9f, 0xdd, 0x9e, 0x97, 0x3c, 0x0a } };
static const NPI_MODULEID vole_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xeb8a68a1, 0x255c, 0x496b, { 0x8f, 0xee, 0x35, 0x23, 0xdb, 0xf4, 0x9e, 0x56 } },
};
static const ULONG vole_dispatch[2] = { 8, 1 };
static volatile LONG vole_clients;

static NTSTATUS NTAPI vole_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&vole_clients);
    *binding_context = NULL;
    *dispatch = vole_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI vole_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&vole_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS vole_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = vole_attach,
    .ProviderDetachClient = vole_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &vole_npi, .ModuleId = &vole_module },
};

static HANDLE vole_handle;
static volatile LONG vole_opens;

static NTSTATUS NTAPI vole_create(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    InterlockedIncrement(&vole_opens);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

void NTAPI vole_unload(PDRIVER_OBJECT driver)
{
    if (vole_opens != 0) {
        NTSTATUS status = NmrDeregisterProvider(vole_handle);

        if (status != STATUS_PENDING)
            DbgPrint("vole: 0x%08x\n", status);
    }
    NmrWaitForProviderDeregisterComplete(vole_handle); // EXPECT: nmr-wait-without-deregister
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
    status = NmrRegisterProvider(&vole_chars, NULL, &vole_handle);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(device);
        return status;
    }
    driver->MajorFunction[IRP_MJ_CREATE] = vole_create;
    driver->DriverUnload = vole_unload;
    return STATUS_SUCCESS;
}
