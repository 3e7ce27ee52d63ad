/*
 * tideway: a client with a fixed table of slots, each with its own lock and generation. A slot outlives its binding: it may
 * be looked at after the completion. The slots are a part of the module object, which unload frees last.
 */
#include <ntddk.h>
#include <netioddk.h>

#define TIDEWAY_TAG 'ediT'
#define TIDEWAY_SLOTS 4

typedef struct _TIDEWAY_PROVIDER {
    USHORT Version;
    NTSTATUS (NTAPI *Push)(PVOID ProviderContext, const VOID *Data, SIZE_T Length);
} TIDEWAY_PROVIDER;

typedef enum _TIDEWAY_STATE { SlotFree, SlotAttaching, SlotBound, SlotDetaching } TIDEWAY_STATE;

typedef struct _TIDEWAY_SLOT {
    KSPIN_LOCK Lock;
    TIDEWAY_STATE State;
    ULONG Generation;
    ULONG Calls;
    ULONG Completed;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const TIDEWAY_PROVIDER *Provider;
} TIDEWAY_SLOT, *PTIDEWAY_SLOT;

typedef struct _TIDEWAY {
    HANDLE NmrHandle;
    TIDEWAY_SLOT Slots[TIDEWAY_SLOTS];
} TIDEWAY, *PTIDEWAY;

static PTIDEWAY Tideway;

static const NPIID TidewayNpiId = { 0x2ad7f87e, 0xe454, 0x4f48, { 0x61, 0x76, 0x6b, 0x5f, 0xe9, 0x50, 0x52, 0xe4 } };
static const NPI_MODULEID TidewayModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x0ee1d5eb, 0x0c3f, 0x4076, { 0x44, 0x06, 0x61, 0x41, 0x90, 0xef, 0x1b, 0x4c } }
};

static PTIDEWAY_SLOT
TidewayTakeSlot(PTIDEWAY Module)
{
    KLOCK_QUEUE_HANDLE queue;
    PTIDEWAY_SLOT slot;
    ULONG i;

    for (i = 0; i < TIDEWAY_SLOTS; i++) {
        BOOLEAN taken = FALSE;

        slot = &Module->Slots[i];
        KeAcquireInStackQueuedSpinLock(&slot->Lock, &queue);
        if (slot->State == SlotFree) {
            slot->State = SlotAttaching;
            slot->Generation++;
            taken = TRUE;
        }
        KeReleaseInStackQueuedSpinLock(&queue);
        if (taken) {
            return slot;
        }
    }
    return NULL;
}

static VOID
TidewaySetState(PTIDEWAY_SLOT Slot, TIDEWAY_STATE State)
{
    KLOCK_QUEUE_HANDLE queue;

    KeAcquireInStackQueuedSpinLock(&Slot->Lock, &queue);
    Slot->State = State;
    KeReleaseInStackQueuedSpinLock(&queue);
}

static BOOLEAN
TidewayBegin(PTIDEWAY_SLOT Slot)
{
    KLOCK_QUEUE_HANDLE queue;
    BOOLEAN begun = FALSE;

    KeAcquireInStackQueuedSpinLock(&Slot->Lock, &queue);
    if (Slot->State == SlotBound) {
        Slot->Calls++;
        begun = TRUE;
    }
    KeReleaseInStackQueuedSpinLock(&queue);
    return begun;
}

static VOID
TidewayEnd(PTIDEWAY_SLOT Slot)
{
    KLOCK_QUEUE_HANDLE queue;
    BOOLEAN complete;

    KeAcquireInStackQueuedSpinLock(&Slot->Lock, &queue);
    complete = --Slot->Calls == 0 && Slot->State == SlotDetaching;
    KeReleaseInStackQueuedSpinLock(&queue);
    if (complete) {
        NmrClientDetachProviderComplete(Slot->NmrBindingHandle);
        InterlockedIncrement((volatile LONG *)&Slot->Completed);
    }
}

__declspec(dllexport)
ULONG NTAPI
TidewayPush(const VOID *Data, SIZE_T Length)
{
    ULONG sent = 0;
    ULONG i;

    for (i = 0; i < TIDEWAY_SLOTS; i++) {
        PTIDEWAY_SLOT slot = &Tideway->Slots[i];

        if (!TidewayBegin(slot)) {
            continue;
        }
        if (NT_SUCCESS(slot->Provider->Push(slot->ProviderContext, Data, Length))) {
            sent++;
        }
        TidewayEnd(slot);
    }
    return sent;
}

static NTSTATUS NTAPI
TidewayAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PTIDEWAY_SLOT slot;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Instance);
    slot = TidewayTakeSlot(ClientContext);
    if (slot == NULL) {
        return STATUS_NOINTERFACE;
    }
    slot->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, slot, NULL, &slot->ProviderContext, (const VOID **)&slot->Provider);
    TidewaySetState(slot, NT_SUCCESS(status) ? SlotBound : SlotFree);
    return status;
}

static NTSTATUS NTAPI
TidewayDetach(PVOID ClientBindingContext)
{
    PTIDEWAY_SLOT slot = ClientBindingContext;
    KLOCK_QUEUE_HANDLE queue;
    NTSTATUS status;

    KeAcquireInStackQueuedSpinLock(&slot->Lock, &queue);
    slot->State = SlotDetaching;
    status = slot->Calls == 0 ? STATUS_SUCCESS : STATUS_PENDING;
    KeReleaseInStackQueuedSpinLock(&queue);
    return status;
}

static VOID NTAPI
TidewayCleanup(PVOID ClientBindingContext)
{
    TidewaySetState(ClientBindingContext, SlotFree);
}

static const NPI_CLIENT_CHARACTERISTICS TidewayCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = TidewayAttach,
    .ClientDetachProvider = TidewayDetach,
    .ClientCleanupBindingContext = TidewayCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &TidewayNpiId,
        .ModuleId = &TidewayModuleId,
    },
};

static VOID NTAPI
TidewayUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Tideway->NmrHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Tideway->NmrHandle);
    }
    ExFreePoolWithTag(Tideway, TIDEWAY_TAG);
    Tideway = NULL;
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    Tideway = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Tideway), TIDEWAY_TAG);
    if (Tideway == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    for (i = 0; i < TIDEWAY_SLOTS; i++) {
        KeInitializeSpinLock(&Tideway->Slots[i].Lock);
    }
    status = NmrRegisterClient(&TidewayCharacteristics, Tideway, &Tideway->NmrHandle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(Tideway, TIDEWAY_TAG);
        return status;
    }
    DriverObject->DriverUnload = TidewayUnload;
    return STATUS_SUCCESS;
}
