/* depth: releases may come from a DPC, then the wait for the consumer is left out. The guard lets DISPATCH_LEVEL through. */
#include <ntddk.h>

typedef struct _DEPTH { KEVENT Consumed; volatile LONG Items; KTIMER Timer; KDPC Dpc; } DEPTH, *PDEPTH;

static DEPTH Depth;
static PDEVICE_OBJECT DepthDevice;

static VOID
DepthPut(PDEPTH D)
{
    InterlockedIncrement(&D->Items);
    if (KeGetCurrentIrql() <= DISPATCH_LEVEL) {
        LARGE_INTEGER timeout;

        timeout.QuadPart = -10 * 1000 * 20;
        KeWaitForSingleObject(&D->Consumed, Executive, KernelMode, FALSE, &timeout); // EXPECT: irql-too-high
    }
}

static VOID NTAPI
DepthTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    DepthPut(Context);
}

static NTSTATUS NTAPI
DepthWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    DepthPut(&Depth);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DepthRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    if (InterlockedExchange(&Depth.Items, 0) != 0) {
        KeSetEvent(&Depth.Consumed, IO_NO_INCREMENT, FALSE);
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DepthCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
DepthUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&Depth.Timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(DepthDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DepthDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeEvent(&Depth.Consumed, SynchronizationEvent, FALSE);
    KeInitializeTimer(&Depth.Timer);
    KeInitializeDpc(&Depth.Dpc, DepthTick, &Depth);
    due.QuadPart = -5000000;
    KeSetTimerEx(&Depth.Timer, due, 500, &Depth.Dpc);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = DepthWrite;
    DriverObject->MajorFunction[IRP_MJ_READ] = DepthRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = DepthCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = DepthCreateClose;
    DriverObject->DriverUnload = DepthUnload;
    return STATUS_SUCCESS;
}
