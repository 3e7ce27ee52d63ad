/* Good: the late write is made under the lock that the callback holds when it reads. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MallowUnload;

static const NPIID MallowNpiId = { 0x7ef0df3a, 0x872f, 0x4758, { 0x7a, 0x42, 0xa4, 0xca, 0xe5, 0x05, 0x6a, 0x2e } };
static const NPI_MODULEID MallowModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4e5bc855, 0x9520, 0x4779, { 0x4d, 0x4d, 0x7a, 0x5e, 0xdf, 0x47, 0x8b, 0x5a } } } };

static struct {
    KSPIN_LOCK Lock;
    ULONG Limit;
    ULONG Attached;
    HANDLE Handle;
} Mallow;
static const ULONG MallowDispatch = 1;

static NTSTATUS NTAPI MallowAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    NTSTATUS Status = STATUS_NOINTERFACE;
    KIRQL OldIrql;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    KeAcquireSpinLock(&Mallow.Lock, &OldIrql);
    if (Mallow.Attached < Mallow.Limit) {
        Mallow.Attached += 1;
        Status = STATUS_SUCCESS;
    }
    KeReleaseSpinLock(&Mallow.Lock, OldIrql);
    if (NT_SUCCESS(Status)) {
        *ProviderBindingContext = NULL;
        *ProviderDispatch = &MallowDispatch;
    }
    return Status;
}

static NTSTATUS NTAPI MallowDetachClient(PVOID ProviderBindingContext)
{
    KIRQL OldIrql;

    UNREFERENCED_PARAMETER(ProviderBindingContext);
    KeAcquireSpinLock(&Mallow.Lock, &OldIrql);
    Mallow.Attached -= 1;
    KeReleaseSpinLock(&Mallow.Lock, OldIrql);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS MallowProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MallowAttachClient, MallowDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MallowNpiId, &MallowModuleId, 0, NULL }
};

VOID NTAPI MallowUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Mallow.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Mallow.Handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    KIRQL OldIrql;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Mallow.Lock);
    Status = NmrRegisterProvider(&MallowProvider, NULL, &Mallow.Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    KeAcquireSpinLock(&Mallow.Lock, &OldIrql);
    Mallow.Limit = 4;
    KeReleaseSpinLock(&Mallow.Lock, OldIrql);
    DriverObject->DriverUnload = MallowUnload;
    return STATUS_SUCCESS;
}
