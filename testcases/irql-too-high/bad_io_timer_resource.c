/* vigil: an IO timer (IoInitializeTimer) looks at the table once a second, at DISPATCH_LEVEL. */
#include <ntddk.h>

static ERESOURCE VigilLock;
static ULONG VigilTable[32];
static PDEVICE_OBJECT VigilDevice;
static IO_TIMER_ROUTINE VigilSecond;

static VOID
VigilScan(VOID)
{
    ULONG i;

    ExAcquireResourceSharedLite(&VigilLock, TRUE); // EXPECT: irql-too-high
    for (i = 0; i < ARRAYSIZE(VigilTable); i++) {
        if (VigilTable[i] > 100) {
            DbgPrint("vigil: %lu is high\n", i);
        }
    }
    ExReleaseResourceLite(&VigilLock);
}

static VOID NTAPI
VigilSecond(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Context);
    VigilScan();
}

static NTSTATUS NTAPI
VigilWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(&VigilLock, TRUE);
    VigilTable[IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length % ARRAYSIZE(VigilTable)]++;
    ExReleaseResourceLite(&VigilLock);
    KeLeaveCriticalRegion();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
VigilCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
VigilUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoStopTimer(VigilDevice);
    ExDeleteResourceLite(&VigilLock);
    IoDeleteDevice(VigilDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &VigilDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ExInitializeResourceLite(&VigilLock);
    IoInitializeTimer(VigilDevice, VigilSecond, NULL);
    IoStartTimer(VigilDevice);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = VigilWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = VigilCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = VigilCreateClose;
    DriverObject->DriverUnload = VigilUnload;
    return STATUS_SUCCESS;
}
