#include "census.h"

static CENSUS Census;
static KTIMER CensusTimer;
static KDPC CensusDpc;
static PDEVICE_OBJECT CensusDevice;
static KDEFERRED_ROUTINE CensusTick;

static VOID NTAPI
CensusTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PCENSUS census = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    CensusCount(census);
    if (census->Heads == 60) {
        CensusReport(census); // EXPECT: irql-paged-code
    }
}

static NTSTATUS NTAPI
CensusFlush(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    CensusReport(&Census);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
CensusCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
CensusUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&CensusTimer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(CensusDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &CensusDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeTimer(&CensusTimer);
    KeInitializeDpc(&CensusDpc, CensusTick, &Census);
    due.QuadPart = -10000000;
    KeSetTimerEx(&CensusTimer, due, 1000, &CensusDpc);
    DriverObject->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = CensusFlush;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CensusCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = CensusCreateClose;
    DriverObject->DriverUnload = CensusUnload;
    return STATUS_SUCCESS;
}
