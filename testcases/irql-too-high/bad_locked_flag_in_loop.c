/*
 * sluice: drains chunks; the lock is kept over several cheap chunks and dropped for an expensive one.
 * Defect: one branch reaches the delay with `locked` still set and the lock held.
 */
#include <ntddk.h>

typedef struct sluice {
    KSPIN_LOCK lock;
    LIST_ENTRY chunks;
    ULONG cheap, expensive, refused;
} sluice_t;

typedef struct chunk {
    LIST_ENTRY link;
    ULONG size;
    BOOLEAN refused;
} chunk_t;

static sluice_t sluice;
static PDEVICE_OBJECT sluice_device;
static BOOLEAN sluice_stop;
static PKTHREAD sluice_thread;

static void
sluice_drain(sluice_t *s)
{
    LARGE_INTEGER pause = { .QuadPart = -10 * 1000 };
    BOOLEAN locked = FALSE;
    chunk_t *chunk;
    KIRQL irql = PASSIVE_LEVEL;

    for (;;) {
        if (!locked) {
            KeAcquireSpinLock(&s->lock, &irql);
            locked = TRUE;
        }
        if (IsListEmpty(&s->chunks))
            break;
        chunk = CONTAINING_RECORD(RemoveHeadList(&s->chunks), chunk_t, link);
        if (chunk->size < 64) {
            s->cheap++;
        } else if (chunk->refused) {
            s->refused++;
        } else {
            s->expensive++;
            KeReleaseSpinLock(&s->lock, irql);
            locked = FALSE;
        }
        if (chunk->size >= 64)
            KeDelayExecutionThread(KernelMode, FALSE, &pause); // EXPECT: irql-too-high
        ExFreePoolWithTag(chunk, 'clS ');
    }
    if (locked)
        KeReleaseSpinLock(&s->lock, irql);
}

static VOID NTAPI
sluice_run(PVOID context)
{
    LARGE_INTEGER pause = { .QuadPart = -10 * 1000 * 100 };

    while (!sluice_stop) {
        sluice_drain(context);
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS NTAPI
sluice_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
    chunk_t *chunk = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*chunk), 'clS ');
    KIRQL irql;

    (void)device;
    if (chunk != NULL) {
        chunk->size = length;
        chunk->refused = (length & 1) != 0;
        KeAcquireSpinLock(&sluice.lock, &irql);
        InsertTailList(&sluice.chunks, &chunk->link);
        KeReleaseSpinLock(&sluice.lock, irql);
    }
    irp->IoStatus.Status = chunk != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return chunk != NULL ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;
}

static NTSTATUS
sluice_start(void)
{
    NTSTATUS status;
    HANDLE thread;

    KeInitializeSpinLock(&sluice.lock);
    InitializeListHead(&sluice.chunks);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, sluice_run, &sluice);
    if (!NT_SUCCESS(status))
        return status;
    ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, *PsThreadType, KernelMode, (PVOID *)&sluice_thread, NULL);
    ZwClose(thread);
    return STATUS_SUCCESS;
}

static void
sluice_join(void)
{
    sluice_stop = TRUE;
    KeWaitForSingleObject(sluice_thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(sluice_thread);
}

static NTSTATUS NTAPI
sluice_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
sluice_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    sluice_join();
    IoDeleteDevice(sluice_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &sluice_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = sluice_start();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(sluice_device); return status; }
    driver->MajorFunction[IRP_MJ_WRITE] = sluice_write;
    driver->MajorFunction[IRP_MJ_CREATE] = sluice_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = sluice_create_close;
    driver->DriverUnload = sluice_unload;
    return STATUS_SUCCESS;
}
