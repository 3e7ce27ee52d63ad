/*
 * Good: the table that is grown is one that the context only points at, and only requests use.
 * (Twin: bad_grown_while_registered.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define OCHRE_TAG 'rhcO'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ochre_unload;

struct ochre {
    volatile LONG clients;
    ULONG *names;
    ULONG size;
};

static struct ochre *ochre;
static HANDLE ochre_handle;
static const ULONG ochre_dispatch = 1;
static const NPIID ochre_npi = { 0x124a4d5c, 0xa271, 0x4dbe, { 0x8b, 0xc9, 0xb3, 0xc4, 0x49, 0x7f, 0x3f, 0x5b } };
static const NPI_MODULEID ochre_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xf9eaa24b, 0x7a2b, 0x4e33, { 0x81, 0x13, 0x83, 0xb3, 0xa8, 0xc3, 0x52, 0xef } },
};

static NTSTATUS NTAPI ochre_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                          const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&((struct ochre *)provider_context)->clients);
    *binding_context = NULL;
    *dispatch = &ochre_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ochre_detach_client(PVOID binding_context)
{
    (void)binding_context;
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ochre_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = ochre_attach_client,
    .ProviderDetachClient = ochre_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &ochre_npi, .ModuleId = &ochre_module },
};

static NTSTATUS ochre_grow(void)
{
    ULONG size = ochre->size * 2;
    ULONG *grown = ExAllocatePool2(POOL_FLAG_NON_PAGED, size * sizeof(ULONG), OCHRE_TAG);

    if (!grown)
        return STATUS_INSUFFICIENT_RESOURCES;
    RtlCopyMemory(grown, ochre->names, ochre->size * sizeof(ULONG));
    ExFreePoolWithTag(ochre->names, OCHRE_TAG);
    ochre->names = grown;
    ochre->size = size;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ochre_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = ochre_grow();

    (void)device;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static void ochre_free(void)
{
    ExFreePoolWithTag(ochre->names, OCHRE_TAG);
    ExFreePoolWithTag(ochre, OCHRE_TAG);
    ochre = NULL;
}

void NTAPI ochre_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    if (NmrDeregisterProvider(ochre_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(ochre_handle);
    ochre_free();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    ochre = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*ochre) + 4 * sizeof(ULONG), OCHRE_TAG);
    if (!ochre)
        return STATUS_INSUFFICIENT_RESOURCES;
    ochre->names = ExAllocatePool2(POOL_FLAG_NON_PAGED, 4 * sizeof(ULONG), OCHRE_TAG);
    if (!ochre->names) {
        ExFreePoolWithTag(ochre, OCHRE_TAG);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ochre->size = 4;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &device);
    if (!NT_SUCCESS(status)) {
        ochre_free();
        return status;
    }
    status = NmrRegisterProvider(&ochre_provider, ochre, &ochre_handle);
    if (!NT_SUCCESS(status)) {
        ochre_free();
        IoDeleteDevice(device);
        return status;
    }
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ochre_control;
    driver->DriverUnload = ochre_unload;
    return STATUS_SUCCESS;
}
