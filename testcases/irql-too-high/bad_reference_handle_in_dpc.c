/* petrel: a DPC turns a user's event handle into an object. */
#include <ntddk.h>

static KDPC PetrelDpc;
static HANDLE PetrelEvent;
static PDEVICE_OBJECT PetrelDevice;

static VOID
PetrelNotify(HANDLE Event)
{
    PKEVENT event;

    if (NT_SUCCESS(ObReferenceObjectByHandle(Event, EVENT_MODIFY_STATE, *ExEventObjectType, KernelMode, (PVOID *)&event, NULL))) { // EXPECT: irql-too-high
        KeSetEvent(event, IO_NO_INCREMENT, FALSE);
        ObDereferenceObject(event);
    }
}

static VOID NTAPI
PetrelRun(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    PetrelNotify(PetrelEvent);
}

static NTSTATUS NTAPI
PetrelControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    PetrelEvent = *(PHANDLE)Irp->AssociatedIrp.SystemBuffer;
    PetrelNotify(PetrelEvent);
    KeInsertQueueDpc(&PetrelDpc, NULL, NULL);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
PetrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeRemoveQueueDpc(&PetrelDpc);
    KeFlushQueuedDpcs();
    IoDeleteDevice(PetrelDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeDpc(&PetrelDpc, PetrelRun, NULL);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = PetrelControl;
    DriverObject->DriverUnload = PetrelUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &PetrelDevice);
}
