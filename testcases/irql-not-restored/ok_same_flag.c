/* brine: the lock is taken for shared tanks only, and released under the same condition. */
#include <ntddk.h>

typedef struct brine_tank { KSPIN_LOCK lock; BOOLEAN shared; LONG salt; } brine_tank_t;

static brine_tank_t tanks[4];
static PDEVICE_OBJECT brine_device;

static LONG
brine_add(brine_tank_t *tank, LONG salt)
{
    const BOOLEAN locked = tank->shared;
    BOOLEAN changed = FALSE;
    LONG result;
    KIRQL irql = PASSIVE_LEVEL;

    if (locked)
        KeAcquireSpinLock(&tank->lock, &irql);

    if (salt != 0) {
        tank->salt += salt;
        changed = TRUE;
    }
    result = changed ? tank->salt : 0;

    if (locked)
        KeReleaseSpinLock(&tank->lock, irql);
    return result;
}

static NTSTATUS NTAPI
brine_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;

    (void)device;
    irp->IoStatus.Information = (ULONG_PTR)brine_add(&tanks[length % ARRAYSIZE(tanks)], (LONG)length);
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static void
brine_init(void)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(tanks); i++) {
        KeInitializeSpinLock(&tanks[i].lock);
        tanks[i].shared = (i & 1) != 0;
    }
}

static NTSTATUS NTAPI
brine_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
brine_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(brine_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &brine_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    brine_init();
    driver->MajorFunction[IRP_MJ_WRITE] = brine_write;
    driver->MajorFunction[IRP_MJ_CREATE] = brine_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = brine_create_close;
    driver->DriverUnload = brine_unload;
    return STATUS_SUCCESS;
}
