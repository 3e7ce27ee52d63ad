// The attach callback only tries the mutex that start holds; attach itself attaches under another lock of its own.
#include <ntddk.h>
#include <netioddk.h>

static KGUARDED_MUTEX TealState;
static EX_PUSH_LOCK TealAttachLock;
static ULONG TealMissed, TealBindings;
static HANDLE TealClient;
static PVOID TealProviderContext;
static const VOID *TealProviderDispatch;

static const NPIID TealNpiId = { 0xe4c1df0d, 0x60ba, 0x45d6, { 0xc6, 0x0e, 0x07, 0x4f, 0x1d, 0x29, 0xab, 0x0a } };
static const NPI_MODULEID TealModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa676d2a9, 0xc0ff, 0x450d, { 0x3d, 0x7d, 0x74, 0x26, 0x78, 0x12, 0xf3, 0x93 } } } };

static NTSTATUS NTAPI
TealAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    NTSTATUS status = STATUS_NOINTERFACE;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (KeTryToAcquireGuardedMutex(&TealState)) {
        TealMissed = 0;
        KeReleaseGuardedMutex(&TealState);
    }
    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&TealAttachLock);
    if (TealBindings == 0) {
        status = NmrClientAttachProvider(NmrBindingHandle, &TealBindings, NULL, &TealProviderContext, &TealProviderDispatch);
        if (NT_SUCCESS(status)) {
            TealBindings++;
        }
    }
    ExReleasePushLockExclusive(&TealAttachLock);
    KeLeaveCriticalRegion();
    return status;
}

static NTSTATUS NTAPI
TealDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TealProviderDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TealCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TealAttach, TealDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TealNpiId, &TealModuleId, 0, NULL }
};

static NTSTATUS
TealStart(VOID)
{
    NTSTATUS status;

    KeAcquireGuardedMutex(&TealState);
    status = NmrRegisterClient(&TealCharacteristics, NULL, &TealClient);
    KeReleaseGuardedMutex(&TealState);
    return status;
}

static VOID NTAPI
TealUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(TealClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(TealClient);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeGuardedMutex(&TealState);
    ExInitializePushLock(&TealAttachLock);
    DriverObject->DriverUnload = TealUnload;
    return TealStart();
}
