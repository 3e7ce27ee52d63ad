/* Defect: cancelled before the capture, the worker still goes through the label that releases. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD JigUnload;
IO_WORKITEM_ROUTINE JigWorker;

static const WSK_CLIENT_DISPATCH JigDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION JigRegistration;
static volatile LONG JigCancelled;
static USHORT JigVersion;
static PIO_WORKITEM JigItem;
static PDEVICE_OBJECT JigDevice;

VOID NTAPI JigWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    WSK_PROVIDER_NPI Npi;
    PKEVENT Done = Context;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (JigCancelled) {
        goto Release;
    }
    Status = WskCaptureProviderNPI(&JigRegistration, 100, &Npi);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    JigVersion = Npi.Dispatch->Version;
Release:
    WskReleaseProviderNPI(&JigRegistration); // KNOWN-GAP: nmr-invalid-handle
Exit:
    KeSetEvent(Done, IO_NO_INCREMENT, FALSE);
}

static NTSTATUS NTAPI JigRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KEVENT Done;

    UNREFERENCED_PARAMETER(DeviceObject);
    KeInitializeEvent(&Done, NotificationEvent, FALSE);
    IoQueueWorkItem(JigItem, JigWorker, DelayedWorkQueue, &Done);
    KeWaitForSingleObject(&Done, Executive, KernelMode, FALSE, NULL);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI JigCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    InterlockedExchange(&JigCancelled, IoGetCurrentIrpStackLocation(Irp)->MajorFunction == IRP_MJ_CLEANUP);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI JigUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoFreeWorkItem(JigItem);
    WskDeregister(&JigRegistration);
    IoDeleteDevice(JigDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &JigDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &JigDevice);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    JigItem = IoAllocateWorkItem(JigDevice);
    if (JigItem == NULL) {
        IoDeleteDevice(JigDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = WskRegister(&ClientNpi, &JigRegistration);
    if (!NT_SUCCESS(Status)) {
        IoFreeWorkItem(JigItem);
        IoDeleteDevice(JigDevice);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_CREATE] = JigCancel;
    DriverObject->MajorFunction[IRP_MJ_CLEANUP] = JigCancel;
    DriverObject->MajorFunction[IRP_MJ_READ] = JigRead;
    DriverObject->DriverUnload = JigUnload;
    return STATUS_SUCCESS;
}
