/* sieve: the helper drops the lock for a while, takes it again, and says whether the table changed. When it changed, the caller leaves without the release. */
#include <ntddk.h>

typedef struct _SIEVE { KSPIN_LOCK Lock; ULONG Generation; ULONG Grains; } SIEVE, *PSIEVE;

static SIEVE Sieve;
static PDEVICE_OBJECT SieveDevice;

static BOOLEAN
SieveYield(PSIEVE S, PKIRQL Irql)
{
    ULONG generation = S->Generation;

    KeReleaseSpinLock(&S->Lock, *Irql);
    YieldProcessor();
    KeAcquireSpinLock(&S->Lock, Irql);
    return generation != S->Generation;
}

static NTSTATUS
SieveShake(PSIEVE S, ULONG Times)
{
    KIRQL irql;

    if (Times > 100) {
        return STATUS_RETRY;
    }
    KeAcquireSpinLock(&S->Lock, &irql);
    while (Times-- > 0) {
        S->Grains++;
        if (SieveYield(S, &irql)) {
            return STATUS_RETRY; // KNOWN-GAP: irql-not-restored
        }
    }
    S->Generation++;
    KeReleaseSpinLock(&S->Lock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SieveWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = SieveShake(&Sieve, IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
SieveCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SieveUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(SieveDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SieveDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Sieve.Lock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = SieveWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SieveCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SieveCreateClose;
    DriverObject->DriverUnload = SieveUnload;
    return STATUS_SUCCESS;
}
