/* tally: the log file is written with the state's fast mutex held. The mutex is taken in the unsafe way, inside a critical region: the IRQL stays PASSIVE_LEVEL. */
#include <ntddk.h>

typedef struct tally {
    FAST_MUTEX mutex;
    HANDLE file;
    ULONG lines;
    BOOLEAN dirty;
} tally_t;

static tally_t tally;
static PDEVICE_OBJECT tally_device;

static NTSTATUS
tally_append(tally_t *t, const char *text, ULONG length)
{
    IO_STATUS_BLOCK iosb;
    NTSTATUS status;

    KeEnterCriticalRegion();
    ExAcquireFastMutexUnsafe(&t->mutex);
    t->dirty = TRUE;
    status = ZwWriteFile(t->file, NULL, NULL, NULL, &iosb, (PVOID)text, length, NULL, NULL);
    if (NT_SUCCESS(status))
        t->lines++;
    t->dirty = FALSE;
    ExReleaseFastMutexUnsafe(&t->mutex);
    KeLeaveCriticalRegion();
    return status;
}

static NTSTATUS
tally_open(void)
{
    UNICODE_STRING path = RTL_CONSTANT_STRING(L"\\SystemRoot\\tally.log");
    OBJECT_ATTRIBUTES oa;
    IO_STATUS_BLOCK iosb;

    ExInitializeFastMutex(&tally.mutex);
    InitializeObjectAttributes(&oa, &path, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    return ZwCreateFile(&tally.file, FILE_APPEND_DATA | SYNCHRONIZE, &oa, &iosb, NULL, FILE_ATTRIBUTE_NORMAL, 0, FILE_OPEN_IF,
                        FILE_SYNCHRONOUS_IO_NONALERT, NULL, 0);
}

static NTSTATUS NTAPI
tally_write(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = tally_append(&tally, "write\r\n", 7);

    (void)device;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
tally_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
tally_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    ZwClose(tally.file);
    IoDeleteDevice(tally_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &tally_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = tally_open();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(tally_device); return status; }
    driver->MajorFunction[IRP_MJ_WRITE] = tally_write;
    driver->MajorFunction[IRP_MJ_CREATE] = tally_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = tally_create_close;
    driver->DriverUnload = tally_unload;
    return STATUS_SUCCESS;
}
