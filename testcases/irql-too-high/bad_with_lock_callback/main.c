#include "table.h"

static PDEVICE_OBJECT RowsDevice;

static VOID
RowsCount(PTABLE_ROW Row, PVOID Context)
{
    if (Row->File != NULL) {
        ++*(PULONG)Context;
    }
}

static VOID
RowsClose(PTABLE_ROW Row, PVOID Context)
{
    UNREFERENCED_PARAMETER(Context);
    if (Row->File != NULL) {
        ZwClose(Row->File); // EXPECT: irql-too-high
        Row->File = NULL;
    }
    Row->Key = 0;
}

static NTSTATUS NTAPI
RowsRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG count = 0;

    UNREFERENCED_PARAMETER(DeviceObject);
    TableForEach(RowsCount, &count);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = count;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID
RowsStop(VOID)
{
    TableForEach(RowsClose, NULL);
}

static NTSTATUS NTAPI
RowsCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RowsUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RowsStop();
    IoDeleteDevice(RowsDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &RowsDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_READ] = RowsRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = RowsCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = RowsCreateClose;
    DriverObject->DriverUnload = RowsUnload;
    return STATUS_SUCCESS;
}
