/* husk: one allocator for all levels.  */
#include <ntddk.h>

#define HUSK_TAG 'ksuH'

static SLIST_HEADER HuskFree;
static KTIMER HuskTimer;
static KDPC HuskDpc;
static PDEVICE_OBJECT HuskDevice;
static KDEFERRED_ROUTINE HuskTick;

typedef struct _HUSK { SLIST_ENTRY Link; SIZE_T Size; } HUSK, *PHUSK;

static PHUSK
HuskAllocate(SIZE_T Size)
{
    POOL_FLAGS flags = POOL_FLAG_NON_PAGED;
    PHUSK husk;

    if (KeGetCurrentIrql() < DISPATCH_LEVEL) {
        flags = POOL_FLAG_PAGED;
    }
    husk = ExAllocatePool2(flags, sizeof(*husk) + Size, HUSK_TAG);
    if (husk != NULL) {
        husk->Size = Size;
    }
    return husk;
}

static VOID NTAPI
HuskTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    static ULONG round;
    PHUSK husk = HuskAllocate((SIZE_T)(round++ % 4) * PAGE_SIZE);

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    if (husk != NULL) {
        InterlockedPushEntrySList(&HuskFree, &husk->Link);
    }
}

/* Only called after the timer, at PASSIVE_LEVEL. */
static VOID
HuskDrain(VOID)
{
    PSLIST_ENTRY entry;

    while ((entry = InterlockedPopEntrySList(&HuskFree)) != NULL) {
        ExFreePoolWithTag(CONTAINING_RECORD(entry, HUSK, Link), HUSK_TAG);
    }
}

static NTSTATUS NTAPI
HuskCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HuskUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&HuskTimer);
    KeFlushQueuedDpcs();
    HuskDrain();
    IoDeleteDevice(HuskDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &HuskDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    InitializeSListHead(&HuskFree);
    KeInitializeTimer(&HuskTimer);
    KeInitializeDpc(&HuskDpc, HuskTick, NULL);
    due.QuadPart = -5000000;
    KeSetTimerEx(&HuskTimer, due, 500, &HuskDpc);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HuskCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HuskCreateClose;
    DriverObject->DriverUnload = HuskUnload;
    return STATUS_SUCCESS;
}
