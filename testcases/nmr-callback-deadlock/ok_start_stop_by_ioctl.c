/*
 * spigot: a service starts and stops the client by IOCTL. A mutex orders start and stop; the callbacks never take it, they
 * have a spin lock of their own. The wait is made with the mutex held, which is fine for that reason.
 */
#include <ntddk.h>
#include <netioddk.h>

#define SPIGOT_TAG 'gipS'
#define IOCTL_SPIGOT_START CTL_CODE(FILE_DEVICE_NETWORK, 0x901, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_SPIGOT_STOP  CTL_CODE(FILE_DEVICE_NETWORK, 0x902, METHOD_BUFFERED, FILE_WRITE_ACCESS)

typedef struct spigot_binding { LIST_ENTRY link; void *provider; const void *dispatch; } spigot_binding_t;

static struct {
    KMUTEX order;
    BOOLEAN running;
    HANDLE nmr;
    KSPIN_LOCK list_lock;
    LIST_ENTRY bindings;
    ULONG attached;
} spigot;

static PDEVICE_OBJECT spigot_device;

static const NPIID spigot_npi_id = { 0x4437f6af, 0x7548, 0x4312, { 0x7f, 0x20, 0xc5, 0x13, 0xab, 0xe1, 0xcb, 0x1e } };
static const NPI_MODULEID spigot_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x02eb14e9, 0x53b3, 0x4e56, { 0x01, 0xda, 0x6c, 0xd7, 0x69, 0x14, 0x2a, 0x66 } }
};

static void
spigot_lock(void)
{
    KeWaitForSingleObject(&spigot.order, Executive, KernelMode, FALSE, NULL);
}

static void
spigot_unlock(void)
{
    KeReleaseMutex(&spigot.order, FALSE);
}

static void
spigot_link(spigot_binding_t *binding)
{
    KIRQL irql;

    KeAcquireSpinLock(&spigot.list_lock, &irql);
    InsertTailList(&spigot.bindings, &binding->link);
    spigot.attached++;
    KeReleaseSpinLock(&spigot.list_lock, irql);
}

static void
spigot_unlink(spigot_binding_t *binding)
{
    KIRQL irql;

    KeAcquireSpinLock(&spigot.list_lock, &irql);
    RemoveEntryList(&binding->link);
    spigot.attached--;
    KeReleaseSpinLock(&spigot.list_lock, irql);
}

static NTSTATUS NTAPI
spigot_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    spigot_binding_t *binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*binding), SPIGOT_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (binding == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    spigot_link(binding);
    status = NmrClientAttachProvider(nmr_handle, binding, NULL, &binding->provider, &binding->dispatch);
    if (!NT_SUCCESS(status)) {
        spigot_unlink(binding);
        ExFreePoolWithTag(binding, SPIGOT_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
spigot_detach(PVOID context)
{
    spigot_unlink(context);
    return STATUS_SUCCESS;
}

static VOID NTAPI
spigot_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, SPIGOT_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS spigot_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), spigot_attach, spigot_detach, spigot_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &spigot_npi_id, &spigot_module_id, 0, NULL }
};

static NTSTATUS
spigot_start(void)
{
    NTSTATUS status = STATUS_SUCCESS;

    spigot_lock();
    if (!spigot.running) {
        status = NmrRegisterClient(&spigot_characteristics, NULL, &spigot.nmr);
        spigot.running = (BOOLEAN)NT_SUCCESS(status);
    }
    spigot_unlock();
    return status;
}

static void
spigot_stop(void)
{
    spigot_lock();
    if (spigot.running) {
        if (NmrDeregisterClient(spigot.nmr) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(spigot.nmr);
        spigot.running = FALSE;
        NT_ASSERT(spigot.attached == 0);
    }
    spigot_unlock();
}

static NTSTATUS NTAPI
spigot_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = STATUS_SUCCESS;

    (void)device;
    switch (IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_SPIGOT_START:
        status = spigot_start();
        break;
    case IOCTL_SPIGOT_STOP:
        spigot_stop();
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
spigot_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
spigot_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    spigot_stop();
    IoDeleteDevice(spigot_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &spigot_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeMutex(&spigot.order, 0);
    KeInitializeSpinLock(&spigot.list_lock);
    InitializeListHead(&spigot.bindings);
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = spigot_control;
    driver->MajorFunction[IRP_MJ_CREATE] = spigot_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = spigot_create_close;
    driver->DriverUnload = spigot_unload;
    return STATUS_SUCCESS;
}
