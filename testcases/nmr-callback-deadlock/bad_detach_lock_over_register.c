// Only the detach callback takes the lock; it, too, may run before the register call is back.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _HOLLY {
    KSPIN_LOCK Lock;
    ULONG Generation;
    HANDLE Client;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} HOLLY, *PHOLLY;

static HOLLY Holly;

static const NPIID HollyNpiId = { 0x9b5abc84, 0x15c4, 0x4184, { 0x7b, 0x6d, 0xf3, 0xc7, 0x22, 0x91, 0x02, 0x4f } };
static const NPI_MODULEID HollyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa1e368bb, 0xefbf, 0x43e8, { 0x54, 0xfe, 0x99, 0x5a, 0xc8, 0xc5, 0x54, 0xa0 } } } };

static NTSTATUS NTAPI
HollyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PHOLLY holly = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, holly, NULL, &holly->ProviderContext, &holly->ProviderDispatch);
}

static VOID
HollyForget(PHOLLY H)
{
    KIRQL irql;

    KeAcquireSpinLock(&H->Lock, &irql);
    H->ProviderDispatch = NULL;
    H->Generation++;
    KeReleaseSpinLock(&H->Lock, irql);
}

static NTSTATUS NTAPI
HollyDetach(PVOID ClientBindingContext)
{
    HollyForget(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS HollyCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HollyAttach, HollyDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HollyNpiId, &HollyModuleId, 0, NULL }
};

static NTSTATUS
HollyStart(PHOLLY H)
{
    NTSTATUS status;
    KIRQL irql;

    KeAcquireSpinLock(&H->Lock, &irql);
    H->Generation++;
    status = NmrRegisterClient(&HollyCharacteristics, H, &H->Client); // EXPECT: nmr-callback-deadlock
    KeReleaseSpinLock(&H->Lock, irql);
    return status;
}

static VOID NTAPI
HollyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Holly.Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Holly.Client);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Holly.Lock);
    DriverObject->DriverUnload = HollyUnload;
    return HollyStart(&Holly);
}
