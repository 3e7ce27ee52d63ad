/* berth: a synchronization event serves as the lock. The attach callback of the provider waits for it, while the register call's thread owns it. */
#include <ntddk.h>
#include <netioddk.h>

static struct {
    KEVENT Lock;
    ULONG Clients, Busy;
    HANDLE Handle;
    PDEVICE_OBJECT Device;
    BOOLEAN Registered;
} Berth;

static const USHORT BerthDispatch = 1;

static const NPIID BerthNpiId = { 0x707919c3, 0x884d, 0x4a82, { 0x46, 0x72, 0x13, 0xad, 0xc2, 0x69, 0xa5, 0xa9 } };
static const NPI_MODULEID BerthModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x2d8d31bf, 0xf3a6, 0x438f, { 0x02, 0x05, 0xdb, 0xda, 0xef, 0xb7, 0x31, 0x83 } }
};

static BOOLEAN
BerthTryLock(LONGLONG Timeout)
{
    LARGE_INTEGER timeout;

    timeout.QuadPart = Timeout;
    return KeWaitForSingleObject(&Berth.Lock, Executive, KernelMode, FALSE, &timeout) == STATUS_SUCCESS;
}

static VOID
BerthLock(VOID)
{
    KeWaitForSingleObject(&Berth.Lock, Executive, KernelMode, FALSE, NULL);
}

static VOID
BerthUnlock(VOID)
{
    KeSetEvent(&Berth.Lock, IO_NO_INCREMENT, FALSE);
}

static NTSTATUS NTAPI
BerthAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
            const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    BerthLock();
    Berth.Clients++;
    BerthUnlock();
    *BindingContext = &Berth;
    *Dispatch = &BerthDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
BerthDetach(PVOID BindingContext)
{
    UNREFERENCED_PARAMETER(BindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BerthCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = BerthAttach,
    .ProviderDetachClient = BerthDetach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &BerthNpiId,
        .ModuleId = &BerthModuleId,
    },
};

static NTSTATUS NTAPI
BerthCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    BerthLock();
    if (!Berth.Registered) {
        status = NmrRegisterProvider(&BerthCharacteristics, NULL, &Berth.Handle); // KNOWN-GAP: nmr-callback-deadlock
        Berth.Registered = (BOOLEAN)NT_SUCCESS(status);
    }
    BerthUnlock();
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
BerthUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(Berth.Device);
    if (Berth.Registered && NmrDeregisterProvider(Berth.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Berth.Handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&Berth.Lock, SynchronizationEvent, TRUE);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = BerthCreate;
    DriverObject->DriverUnload = BerthUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Berth.Device);
}
