/* terrace: one alloc_text for several functions.  */
#include <ntddk.h>

static KTIMER TerraceTimer;
static KDPC TerraceDpc;
static ULONG TerraceLevel[3];
static PDEVICE_OBJECT TerraceDevice;

static VOID TerraceStep(ULONG Index);
static VOID TerraceReset(VOID);
static VOID TerraceStart(VOID);

#pragma alloc_text(PAGE, TerraceReset, TerraceStart)

static VOID
TerraceStep(ULONG Index)
{
    TerraceLevel[Index % 3]++;
}

static VOID
TerraceReset(VOID)
{
    RtlZeroMemory(TerraceLevel, sizeof(TerraceLevel));
}

static VOID NTAPI
TerraceTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    ULONG i;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    for (i = 0; i < 3; i++) {
        TerraceStep(i);
    }
}

static VOID
TerraceStart(VOID)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };

    TerraceReset();
    KeInitializeTimerEx(&TerraceTimer, SynchronizationTimer);
    KeInitializeDpc(&TerraceDpc, TerraceTick, NULL);
    KeSetTimerEx(&TerraceTimer, due, 1000, &TerraceDpc);
}

static NTSTATUS NTAPI
TerraceCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TerraceUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&TerraceTimer);
    KeFlushQueuedDpcs();
    TerraceReset();
    IoDeleteDevice(TerraceDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TerraceDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    TerraceStart();
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TerraceCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TerraceCreateClose;
    DriverObject->DriverUnload = TerraceUnload;
    return STATUS_SUCCESS;
}
