/* flume: registers as provider once the lower device has answered. The completion routine does that itself. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _FLUME {
    PDEVICE_OBJECT Lower;
    PIO_WORKITEM Item;
    KEVENT Ready;
    BOOLEAN Registered;
    HANDLE Handle;
} FLUME, *PFLUME;

static const USHORT FlumeDispatch = 3;
static volatile LONG FlumeClients;

static const NPIID FlumeNpiId = { 0x30a3c5fa, 0x51fb, 0x4395, { 0xcb, 0x1e, 0x48, 0x43, 0xf3, 0xb9, 0x03, 0x0e } };
static const NPI_MODULEID FlumeModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x0c828a83, 0x5159, 0x4df3, { 0xf5, 0x95, 0xb1, 0x36, 0x32, 0xf6, 0x99, 0x42 } }
};

static NTSTATUS NTAPI
FlumeAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
            const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FlumeClients);
    *BindingContext = ProviderContext;
    *Dispatch = &FlumeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
FlumeDetach(PVOID BindingContext)
{
    UNREFERENCED_PARAMETER(BindingContext);
    InterlockedDecrement(&FlumeClients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FlumeCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = FlumeAttach,
    .ProviderDetachClient = FlumeDetach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &FlumeNpiId,
        .ModuleId = &FlumeModuleId,
    },
};

static VOID
FlumeOpen(PFLUME Flume)
{
    if (!Flume->Registered && NT_SUCCESS(NmrRegisterProvider(&FlumeCharacteristics, Flume, &Flume->Handle))) { // EXPECT: nmr-irql-too-high
        Flume->Registered = TRUE;
    }
    KeSetEvent(&Flume->Ready, IO_NO_INCREMENT, FALSE);
}

static NTSTATUS NTAPI
FlumeStarted(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    PFLUME flume = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Irp->PendingReturned) {
        IoMarkIrpPending(Irp);
    }
    if (NT_SUCCESS(Irp->IoStatus.Status)) {
        KeClearEvent(&flume->Ready);
        FlumeOpen(flume);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
FlumePnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PFLUME flume = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);

    if (stack->MinorFunction == IRP_MN_START_DEVICE) {
        IoCopyCurrentIrpStackLocationToNext(Irp);
        IoSetCompletionRoutine(Irp, FlumeStarted, flume, TRUE, FALSE, FALSE);
        return IoCallDriver(flume->Lower, Irp);
    }
    if (stack->MinorFunction == IRP_MN_REMOVE_DEVICE) {
        KeWaitForSingleObject(&flume->Ready, Executive, KernelMode, FALSE, NULL);
        if (flume->Registered) {
            flume->Registered = FALSE;
            if (NmrDeregisterProvider(flume->Handle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(flume->Handle);
            }
        }
        IoFreeWorkItem(flume->Item);
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(flume->Lower, Irp);
}

static NTSTATUS NTAPI
FlumeAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;
    PFLUME flume;

    status = IoCreateDevice(DriverObject, sizeof(FLUME), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    flume = device->DeviceExtension;
    KeInitializeEvent(&flume->Ready, NotificationEvent, TRUE);
    flume->Item = IoAllocateWorkItem(device);
    if (flume->Item == NULL) {
        IoDeleteDevice(device);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    flume->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
    device->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverExtension->AddDevice = FlumeAddDevice;
    DriverObject->MajorFunction[IRP_MJ_PNP] = FlumePnp;
    return STATUS_SUCCESS;
}
