/* pulse: counts line interrupts. The ISR only reads the device; the DPC does the rest. */
#include <ntddk.h>

typedef struct _PULSE {
    KSPIN_LOCK Lock;
    ULONG Total;
    PKINTERRUPT Interrupt;
    KDPC Dpc;
    PDEVICE_OBJECT Lower;
    volatile LONG Raw;
} PULSE, *PPULSE;

static KSERVICE_ROUTINE PulseInterrupt;
static KDEFERRED_ROUTINE PulseDpc;

static VOID
PulseAdd(PPULSE Pulse, ULONG Count)
{
    KIRQL irql;

    KeAcquireSpinLock(&Pulse->Lock, &irql);
    Pulse->Total += Count;
    KeReleaseSpinLock(&Pulse->Lock, irql);
}

static BOOLEAN NTAPI
PulseInterrupt(PKINTERRUPT Interrupt, PVOID ServiceContext)
{
    PPULSE pulse = ServiceContext;

    UNREFERENCED_PARAMETER(Interrupt);
    InterlockedIncrement(&pulse->Raw);
    KeInsertQueueDpc(&pulse->Dpc, NULL, NULL);
    return TRUE;
}

static VOID NTAPI
PulseDpc(PKDPC Dpc, PVOID DeferredContext, PVOID SystemArgument1, PVOID SystemArgument2)
{
    PPULSE pulse = DeferredContext;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(SystemArgument1);
    UNREFERENCED_PARAMETER(SystemArgument2);
    PulseAdd(pulse, (ULONG)InterlockedExchange(&pulse->Raw, 0));
}

static NTSTATUS
PulseConnect(PPULSE Pulse, PCM_RESOURCE_LIST Translated)
{
    PCM_PARTIAL_RESOURCE_DESCRIPTOR d = &Translated->List[0].PartialResourceList.PartialDescriptors[0];

    if (d->Type != CmResourceTypeInterrupt) {
        return STATUS_DEVICE_CONFIGURATION_ERROR;
    }
    return IoConnectInterrupt(&Pulse->Interrupt, PulseInterrupt, Pulse, NULL, d->u.Interrupt.Vector,
                              (KIRQL)d->u.Interrupt.Level, (KIRQL)d->u.Interrupt.Level, LevelSensitive, TRUE,
                              d->u.Interrupt.Affinity, FALSE);
}

static NTSTATUS NTAPI
PulsePnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PPULSE pulse = DeviceObject->DeviceExtension;
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    if (stack->MinorFunction == IRP_MN_START_DEVICE && stack->Parameters.StartDevice.AllocatedResourcesTranslated != NULL) {
        status = PulseConnect(pulse, stack->Parameters.StartDevice.AllocatedResourcesTranslated);
        Irp->IoStatus.Status = status;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        return status;
    }
    if (stack->MinorFunction == IRP_MN_REMOVE_DEVICE && pulse->Interrupt != NULL) {
        IoDisconnectInterrupt(pulse->Interrupt);
        KeFlushQueuedDpcs();
        pulse->Interrupt = NULL;
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(pulse->Lower, Irp);
}

static NTSTATUS NTAPI
PulseAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
    PDEVICE_OBJECT device;
    PPULSE pulse;
    NTSTATUS status;

    status = IoCreateDevice(DriverObject, sizeof(PULSE), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    pulse = device->DeviceExtension;
    KeInitializeSpinLock(&pulse->Lock);
    KeInitializeDpc(&pulse->Dpc, PulseDpc, pulse);
    pulse->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
    device->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverExtension->AddDevice = PulseAddDevice;
    DriverObject->MajorFunction[IRP_MJ_PNP] = PulsePnp;
    return STATUS_SUCCESS;
}
