#include "tap.h"

TAP Tap;

#define IOCTL_TAP_INDICATE CTL_CODE(FILE_DEVICE_NETWORK, 0x801, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_TAP_LIMIT    CTL_CODE(FILE_DEVICE_NETWORK, 0x802, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD TapUnload;
_Dispatch_type_(IRP_MJ_CREATE) _Dispatch_type_(IRP_MJ_CLOSE) static DRIVER_DISPATCH TapCreateClose;
_Dispatch_type_(IRP_MJ_DEVICE_CONTROL) static DRIVER_DISPATCH TapControl;

#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, TapUnload)

static NTSTATUS
TapComplete(PIRP Irp, NTSTATUS Status)
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

static NTSTATUS NTAPI
TapCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    return TapComplete(Irp, STATUS_SUCCESS);
}

static NTSTATUS NTAPI
TapControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    PULONG input = Irp->AssociatedIrp.SystemBuffer;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(*input)) {
        return TapComplete(Irp, STATUS_BUFFER_TOO_SMALL);
    }
    switch (stack->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_TAP_INDICATE:
        TapClientsIndicate(&Tap, 3, *input);
        break;
    case IOCTL_TAP_LIMIT:
        TapConfigSetMaxClients(&Tap, *input);
        break;
    default:
        return TapComplete(Irp, STATUS_INVALID_DEVICE_REQUEST);
    }
    return TapComplete(Irp, STATUS_SUCCESS);
}

static VOID
TapStop(PTAP T)
{
    NTSTATUS status;

    if (T->Registered) {
        T->Registered = FALSE;
        status = NmrDeregisterProvider(T->Provider);
        NT_ASSERT(status == STATUS_PENDING);
        if (status == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(T->Provider);
        }
    }
    if (T->Work != NULL) {
        TapTimerStop(T);
        T->Work = NULL;
    }
    if (T->Device != NULL) {
        IoDeleteDevice(T->Device);
        T->Device = NULL;
    }
}

static VOID NTAPI
TapUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();
    TapStop(&Tap);
    NT_ASSERT(IsListEmpty(&Tap.Clients));
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Tap");
    NTSTATUS status;

    KeInitializeSpinLock(&Tap.Lock);
    InitializeListHead(&Tap.Clients);

    status = TapConfigLoad(&Tap, RegistryPath);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    status = IoCreateDevice(DriverObject, 0, &name, FILE_DEVICE_NETWORK, FILE_DEVICE_SECURE_OPEN, FALSE, &Tap.Device);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    status = TapTimerInitialize(&Tap);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    status = NmrRegisterProvider(&TapCharacteristics, &Tap, &Tap.Provider);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    Tap.Registered = TRUE;
    TapTimerStart(&Tap);

    DriverObject->MajorFunction[IRP_MJ_CREATE] = TapCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TapCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TapControl;
    DriverObject->DriverUnload = TapUnload;

Exit:
    if (!NT_SUCCESS(status)) {
        TapStop(&Tap);
    }
    return status;
}
