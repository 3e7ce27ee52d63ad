/* Defect: objects hang in a hash table by SINGLE_LIST_ENTRY; the purge request frees them without ending them. */
#include <ntddk.h>
#include <netioddk.h>

#define GONG_TAG 'gnoG'
#define GONG_BUCKETS 8
#define IOCTL_GONG_ADD   CTL_CODE(FILE_DEVICE_NETWORK, 0x8b0, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_GONG_PURGE CTL_CODE(FILE_DEVICE_NETWORK, 0x8b1, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD gong_unload;

static const NPIID gong_npi = { 0x3205f644, 0x62d7, 0x47d8, { 0x98, 0xef, 0x32, 0x9d, 0xec, 0x55, 0xe6, 0x68 } };
static const NPI_MODULEID gong_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xf84f7211, 0x85f3, 0x4f6c, { 0xf2, 0xb3, 0x10, 0x8b, 0xdf, 0x11, 0xd6, 0xdb } },
};
static const ULONG gong_dispatch[2] = { 8, 1 };
static volatile LONG gong_clients;

static NTSTATUS NTAPI gong_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&gong_clients);
    *binding_context = NULL;
    *dispatch = gong_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI gong_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&gong_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS gong_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = gong_attach,
    .ProviderDetachClient = gong_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &gong_npi, .ModuleId = &gong_module },
};

struct gong {
    SINGLE_LIST_ENTRY next;
    ULONG key;
    HANDLE nmr;
};

static SINGLE_LIST_ENTRY buckets[GONG_BUCKETS];

static NTSTATUS gong_add(ULONG key)
{
    struct gong *g = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*g), GONG_TAG);
    NTSTATUS status;

    if (g == NULL)
        return STATUS_NO_MEMORY;
    g->key = key;
    status = NmrRegisterProvider(&gong_chars, NULL, &g->nmr); // KNOWN-GAP: nmr-missing-deregister
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(g, GONG_TAG);
        return status;
    }
    PushEntryList(&buckets[key % GONG_BUCKETS], &g->next);
    return STATUS_SUCCESS;
}

static void gong_purge(BOOLEAN end)
{
    for (ULONG i = 0; i < GONG_BUCKETS; i++) {
        PSINGLE_LIST_ENTRY entry;

        while ((entry = PopEntryList(&buckets[i])) != NULL) {
            struct gong *g = CONTAINING_RECORD(entry, struct gong, next);

            if (end && NmrDeregisterProvider(g->nmr) == STATUS_PENDING)
                NmrWaitForProviderDeregisterComplete(g->nmr);
            ExFreePoolWithTag(g, GONG_TAG);
        }
    }
}

static NTSTATUS NTAPI gong_control(PDEVICE_OBJECT device, PIRP irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(irp);
    NTSTATUS status = STATUS_SUCCESS;

    (void)device;
    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_GONG_ADD:
        status = gong_add(stack->Parameters.DeviceIoControl.InputBufferLength);
        break;
    case IOCTL_GONG_PURGE:
        gong_purge(FALSE);
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
    }
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI gong_unload(PDRIVER_OBJECT driver)
{
    gong_purge(TRUE);
    IoDeleteDevice(driver->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;

    (void)path;
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = gong_control;
    driver->DriverUnload = gong_unload;
    return IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &device);
}
