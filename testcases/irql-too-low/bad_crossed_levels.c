/* sluice: each lock is released with the level that it saved, in the order in which they were taken: the second is held at PASSIVE_LEVEL. */
#include <ntddk.h>

typedef struct _SLUICE_SIDE {
    KSPIN_LOCK Lock;
    ULONG Count;
} SLUICE_SIDE, *PSLUICE_SIDE;

static SLUICE_SIDE SluiceLeft;
static SLUICE_SIDE SluiceRight;
static PDEVICE_OBJECT SluiceDevice;

static VOID
SluiceMove(PSLUICE_SIDE From, PSLUICE_SIDE To)
{
    KIRQL outer, inner;

    KeAcquireSpinLock(&From->Lock, &outer);
    KeAcquireSpinLock(&To->Lock, &inner);
    if (From->Count != 0) {
        From->Count--;
        To->Count++;
    }
    KeReleaseSpinLock(&From->Lock, outer);
    KeReleaseSpinLock(&To->Lock, inner); // EXPECT: irql-too-low
}

static NTSTATUS NTAPI
SluiceWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    SluiceMove(&SluiceLeft, &SluiceRight);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SluiceUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(SluiceDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&SluiceLeft.Lock);
    KeInitializeSpinLock(&SluiceRight.Lock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = SluiceWrite;
    DriverObject->DriverUnload = SluiceUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SluiceDevice);
}
