/* atlas: lookups under a reader/writer spin lock. A hit leaves the loop, and the function, without the release. */
#include <ntddk.h>

typedef struct atlas_entry { ULONG key, page; } atlas_entry_t;

static EX_SPIN_LOCK atlas_lock;
static atlas_entry_t atlas_map[32];
static PDEVICE_OBJECT atlas_device;

static ULONG
atlas_find(ULONG key)
{
    atlas_entry_t *entry;
    ULONG page = 0;
    KIRQL irql;

    irql = ExAcquireSpinLockShared(&atlas_lock);
    for (entry = atlas_map; entry < atlas_map + ARRAYSIZE(atlas_map); entry++) {
        if (entry->key == 0)
            continue;
        if (entry->key == key)
            return entry->page; // EXPECT: irql-not-restored
    }
    ExReleaseSpinLockShared(&atlas_lock, irql);
    return page;
}

static BOOLEAN
atlas_put(ULONG key, ULONG page)
{
    BOOLEAN done = FALSE;
    KIRQL irql;
    ULONG i;

    irql = ExAcquireSpinLockExclusive(&atlas_lock);
    for (i = 0; i < ARRAYSIZE(atlas_map) && !done; i++) {
        if (atlas_map[i].key == 0) {
            atlas_map[i].key = key;
            atlas_map[i].page = page;
            done = TRUE;
        }
    }
    ExReleaseSpinLockExclusive(&atlas_lock, irql);
    return done;
}

static NTSTATUS NTAPI
atlas_read(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG key = IoGetCurrentIrpStackLocation(irp)->Parameters.Read.Key;
    ULONG page = atlas_find(key);

    (void)device;
    if (page == 0)
        atlas_put(key, key * 2);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
atlas_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
atlas_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(atlas_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &atlas_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    driver->MajorFunction[IRP_MJ_READ] = atlas_read;
    driver->MajorFunction[IRP_MJ_CREATE] = atlas_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = atlas_create_close;
    driver->DriverUnload = atlas_unload;
    return STATUS_SUCCESS;
}
