/* anvil: the last call completes a pending detach while it holds the binding's own lock, and releases that afterwards. */
#include <ntddk.h>
#include <netioddk.h>

#define ANVIL_TAG 'ivnA'

typedef struct _ANVIL_PROVIDER { USHORT Version; NTSTATUS (NTAPI *Strike)(PVOID ProviderContext, ULONG Force); } ANVIL_PROVIDER;

typedef struct _ANVIL {
    KSPIN_LOCK Lock;
    ULONG Calls;
    BOOLEAN Detaching;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const ANVIL_PROVIDER *Provider;
} ANVIL, *PANVIL;

static PANVIL AnvilCurrent;
static KSPIN_LOCK AnvilCurrentLock;
static HANDLE AnvilHandle;

static const NPIID AnvilNpiId = { 0x59b3d9d2, 0x8b92, 0x492b, { 0x4b, 0x9c, 0xec, 0xc2, 0xa9, 0xe5, 0x3e, 0xe2 } };
static const NPI_MODULEID AnvilModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xa8158530, 0x23d7, 0x4f02, { 0xa8, 0x42, 0xa3, 0xba, 0x06, 0xc5, 0x0f, 0x43 } } }
};

static PANVIL
AnvilEnter(VOID)
{
    PANVIL anvil;
    KIRQL irql;

    KeAcquireSpinLock(&AnvilCurrentLock, &irql);
    anvil = AnvilCurrent;
    if (anvil != NULL) {
        KeAcquireSpinLockAtDpcLevel(&anvil->Lock);
        anvil->Calls++;
        KeReleaseSpinLockFromDpcLevel(&anvil->Lock);
    }
    KeReleaseSpinLock(&AnvilCurrentLock, irql);
    return anvil;
}

static VOID
AnvilExit(PANVIL Anvil)
{
    KIRQL irql;

    KeAcquireSpinLock(&Anvil->Lock, &irql);
    if (--Anvil->Calls == 0 && Anvil->Detaching) {
        NmrClientDetachProviderComplete(Anvil->NmrBindingHandle);
    }
    KeReleaseSpinLock(&Anvil->Lock, irql); // EXPECT: nmr-binding-use-after-complete
}

__declspec(dllexport)
NTSTATUS
AnvilStrike(ULONG Force)
{
    PANVIL anvil = AnvilEnter();
    NTSTATUS status;

    if (anvil == NULL) {
        return STATUS_DEVICE_NOT_READY;
    }
    status = anvil->Provider->Strike(anvil->ProviderContext, Force);
    AnvilExit(anvil);
    return status;
}

static NTSTATUS NTAPI
AnvilAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PANVIL anvil = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*anvil), ANVIL_TAG);
    NTSTATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (anvil == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&anvil->Lock);
    anvil->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, anvil, NULL, &anvil->ProviderContext, (const VOID **)&anvil->Provider);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(anvil, ANVIL_TAG);
        return status;
    }
    KeAcquireSpinLock(&AnvilCurrentLock, &irql);
    AnvilCurrent = anvil;
    KeReleaseSpinLock(&AnvilCurrentLock, irql);
    return status;
}

static NTSTATUS NTAPI
AnvilDetach(PVOID ClientBindingContext)
{
    PANVIL anvil = ClientBindingContext;
    BOOLEAN busy;
    KIRQL irql;

    KeAcquireSpinLock(&AnvilCurrentLock, &irql);
    if (AnvilCurrent == anvil) {
        AnvilCurrent = NULL;
    }
    KeAcquireSpinLockAtDpcLevel(&anvil->Lock);
    anvil->Detaching = TRUE;
    busy = anvil->Calls != 0;
    KeReleaseSpinLockFromDpcLevel(&anvil->Lock);
    KeReleaseSpinLock(&AnvilCurrentLock, irql);
    return busy ? STATUS_PENDING : STATUS_SUCCESS;
}

static VOID NTAPI
AnvilCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, ANVIL_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS AnvilCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AnvilAttach, AnvilDetach, AnvilCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AnvilNpiId, &AnvilModuleId, 0, NULL }
};

static VOID NTAPI
AnvilUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AnvilHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AnvilHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&AnvilCurrentLock);
    DriverObject->DriverUnload = AnvilUnload;
    return NmrRegisterClient(&AnvilCharacteristics, NULL, &AnvilHandle);
}
