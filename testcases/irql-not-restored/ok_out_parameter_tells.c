/* dowser: the out parameter says whether a well was found, and then it is locked; a try-lock says it by its result. */
#include <ntddk.h>

typedef struct well { KSPIN_LOCK lock; ULONG depth; } well_t;

typedef struct well_hold { well_t *well; KIRQL irql; } well_hold_t;

static well_t wells[3];
static PDEVICE_OBJECT dowser_device;

static void
dowser_find(ULONG depth, well_t **found, KIRQL *irql)
{
    ULONG i;

    *found = NULL;
    for (i = 0; i < ARRAYSIZE(wells); i++) {
        KeAcquireSpinLock(&wells[i].lock, irql);
        if (wells[i].depth >= depth) {
            *found = &wells[i];
            return;
        }
        KeReleaseSpinLock(&wells[i].lock, *irql);
    }
}

/* Holds the well in *hold, if it is not busy. */
static BOOLEAN
dowser_try(well_t *well, well_hold_t *hold)
{
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    if (!KeTryToAcquireSpinLockAtDpcLevel(&well->lock)) {
        KeLowerIrql(irql);
        return FALSE;
    }
    hold->well = well;
    hold->irql = irql;
    return TRUE;
}

static void
dowser_drop(well_hold_t *hold)
{
    KeReleaseSpinLock(&hold->well->lock, hold->irql);
}

static NTSTATUS NTAPI
dowser_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG depth = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
    well_hold_t hold;
    well_t *well;
    KIRQL irql;

    (void)device;
    dowser_find(depth, &well, &irql);
    if (well != NULL) {
        well->depth++;
        KeReleaseSpinLock(&well->lock, irql);
    } else if (dowser_try(&wells[0], &hold)) {
        wells[0].depth = depth;
        dowser_drop(&hold);
    }
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static void
dowser_init(void)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(wells); i++)
        KeInitializeSpinLock(&wells[i].lock);
}

static NTSTATUS NTAPI
dowser_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
dowser_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(dowser_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &dowser_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    dowser_init();
    driver->MajorFunction[IRP_MJ_WRITE] = dowser_write;
    driver->MajorFunction[IRP_MJ_CREATE] = dowser_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = dowser_create_close;
    driver->DriverUnload = dowser_unload;
    return STATUS_SUCCESS;
}
