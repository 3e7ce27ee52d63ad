/* kite: critical and guarded regions, push locks, resources and mutexes leave the IRQL where it was. */
#include <ntddk.h>

static EX_PUSH_LOCK KitePush;
static ERESOURCE KiteResource;
static KGUARDED_MUTEX KiteGuarded;
static KMUTEX KiteMutex;
static FAST_MUTEX KiteFast;
static ULONG KiteValue;

static NTSTATUS
KiteStore(PCWSTR Name)
{
    return RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"kite", Name, REG_DWORD, &KiteValue, sizeof(KiteValue));
}

static NTSTATUS
KiteStoreAll(ULONG Value)
{
    NTSTATUS status;

    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&KitePush);
    KiteValue = Value;
    status = KiteStore(L"Push");
    ExReleasePushLockExclusive(&KitePush);
    ExAcquireResourceExclusiveLite(&KiteResource, TRUE);
    status |= KiteStore(L"Resource");
    ExReleaseResourceLite(&KiteResource);
    ExAcquireFastMutexUnsafe(&KiteFast);
    status |= KiteStore(L"Unsafe");
    ExReleaseFastMutexUnsafe(&KiteFast);
    KeLeaveCriticalRegion();

    KeAcquireGuardedMutex(&KiteGuarded);
    status |= KiteStore(L"Guarded");
    KeReleaseGuardedMutex(&KiteGuarded);

    KeEnterGuardedRegion();
    status |= KiteStore(L"Region");
    KeLeaveGuardedRegion();

    if (KeWaitForSingleObject(&KiteMutex, Executive, KernelMode, FALSE, NULL) == STATUS_SUCCESS) {
        status |= KiteStore(L"Mutex");
        KeReleaseMutex(&KiteMutex, FALSE);
    }

    ExAcquireFastMutex(&KiteFast);
    KiteValue = 0;
    ExReleaseFastMutex(&KiteFast);
    status |= KiteStore(L"After");
    return status;
}

static NTSTATUS NTAPI
KiteControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = KiteStoreAll(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT KiteDevice;

static NTSTATUS NTAPI
KiteCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
KiteUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(KiteDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializePushLock(&KitePush);
    ExInitializeResourceLite(&KiteResource);
    KeInitializeGuardedMutex(&KiteGuarded);
    KeInitializeMutex(&KiteMutex, 0);
    ExInitializeFastMutex(&KiteFast);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = KiteCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = KiteCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = KiteControl;
    DriverObject->DriverUnload = KiteUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &KiteDevice);
}
