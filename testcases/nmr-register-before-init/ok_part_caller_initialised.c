/* One file of a driver. Good: the object is the caller's, who has initialised it. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _BASSOON {
    KSPIN_LOCK Lock;
    LIST_ENTRY Bindings;
    HANDLE Handle;
    ULONG Started;
} BASSOON, *PBASSOON;

typedef struct _BASSOON_BINDING {
    LIST_ENTRY Link;
    PBASSOON Owner;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} BASSOON_BINDING, *PBASSOON_BINDING;

static const ULONG BassoonDispatch = 1;
static const NPIID BassoonNpiId = { 0x371f89b7, 0xe6ea, 0x4594, { 0x26, 0x16, 0x2e, 0x12, 0xc2, 0xeb, 0x33, 0xba } };
static const NPI_MODULEID BassoonModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xbe3959da, 0xd11c, 0x46b2, { 0x7d, 0x78, 0x2d, 0x92, 0x04, 0x92, 0x9b, 0x53 } } } };

static NTSTATUS NTAPI BassoonAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PBASSOON Bassoon = ClientContext;
    PBASSOON_BINDING Binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Binding), 'ssaB');
    NTSTATUS Status;
    KIRQL OldIrql;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    if (Binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Binding->Owner = Bassoon;
    KeAcquireSpinLock(&Bassoon->Lock, &OldIrql);
    InsertTailList(&Bassoon->Bindings, &Binding->Link);
    KeReleaseSpinLock(&Bassoon->Lock, OldIrql);
    Status = NmrClientAttachProvider(NmrBindingHandle, Binding, &BassoonDispatch, &Binding->PeerContext, &Binding->PeerDispatch);
    if (!NT_SUCCESS(Status)) {
        KeAcquireSpinLock(&Bassoon->Lock, &OldIrql);
        RemoveEntryList(&Binding->Link);
        KeReleaseSpinLock(&Bassoon->Lock, OldIrql);
        ExFreePoolWithTag(Binding, 'ssaB');
    }
    return Status;
}

static NTSTATUS NTAPI BassoonDetach(PVOID ClientBindingContext)
{
    PBASSOON_BINDING Binding = ClientBindingContext;
    KIRQL OldIrql;

    KeAcquireSpinLock(&Binding->Owner->Lock, &OldIrql);
    RemoveEntryList(&Binding->Link);
    KeReleaseSpinLock(&Binding->Owner->Lock, OldIrql);
    return STATUS_SUCCESS;
}

static VOID NTAPI BassoonCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, 'ssaB');
}

static const NPI_CLIENT_CHARACTERISTICS BassoonClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BassoonAttach, BassoonDetach, BassoonCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BassoonNpiId, &BassoonModuleId, 0, NULL }
};

NTSTATUS BassoonStart(PBASSOON Bassoon)
{
    NTSTATUS Status = NmrRegisterClient(&BassoonClient, Bassoon, &Bassoon->Handle);

    if (NT_SUCCESS(Status)) {
        Bassoon->Started = TRUE;
    }
    return Status;
}

VOID BassoonStop(PBASSOON Bassoon)
{
    if (Bassoon->Started && NmrDeregisterClient(Bassoon->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Bassoon->Handle);
    }
    Bassoon->Started = FALSE;
}
