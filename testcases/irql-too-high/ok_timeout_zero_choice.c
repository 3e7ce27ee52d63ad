/* tidal: the same poll for the DPC, which may not wait, and for requests, which may.  */
#include <ntddk.h>

typedef struct _TIDAL { KSEMAPHORE Ready; KMUTANT Owner; ULONG Polls; KTIMER Timer; KDPC Dpc; } TIDAL, *PTIDAL;

static const LARGE_INTEGER NoWait = { { 0, 0 } };
static TIDAL Tidal;
static PDEVICE_OBJECT TidalDevice;

static BOOLEAN
TidalPoll(PTIDAL T, BOOLEAN MayWait)
{
    NTSTATUS status;

    status = KeWaitForSingleObject(&T->Ready, Executive, KernelMode, FALSE, MayWait ? NULL : (PLARGE_INTEGER)&NoWait);
    if (status == STATUS_SUCCESS) {
        T->Polls++;
    }
    return status == STATUS_SUCCESS;
}

static VOID NTAPI
TidalTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PTIDAL tidal = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    (VOID)TidalPoll(tidal, FALSE);
}

static NTSTATUS NTAPI
TidalRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    (VOID)TidalPoll(&Tidal, TRUE);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TidalWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    KeReleaseSemaphore(&Tidal.Ready, IO_NO_INCREMENT, 1, FALSE);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TidalCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TidalUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&Tidal.Timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(TidalDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TidalDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSemaphore(&Tidal.Ready, 0, MAXLONG);
    KeInitializeTimer(&Tidal.Timer);
    KeInitializeDpc(&Tidal.Dpc, TidalTick, &Tidal);
    due.QuadPart = -5000000;
    KeSetTimerEx(&Tidal.Timer, due, 500, &Tidal.Dpc);
    DriverObject->MajorFunction[IRP_MJ_READ] = TidalRead;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = TidalWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TidalCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TidalCreateClose;
    DriverObject->DriverUnload = TidalUnload;
    return STATUS_SUCCESS;
}
