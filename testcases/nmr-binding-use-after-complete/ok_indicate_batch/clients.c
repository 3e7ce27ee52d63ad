#include "tap.h"

static const NPIID TapNpiId = { 0xff118049, 0x01ba, 0x42fa, { 0x17, 0x6f, 0x09, 0x93, 0xf8, 0x95, 0xf1, 0x9d } };
static const NPI_MODULEID TapModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2d2184f7, 0x5e99, 0x4dc6, { 0x2d, 0x47, 0xfd, 0x59, 0x1b, 0x15, 0xa8, 0x28 } } } };

static BOOLEAN
TapClientEnter(PTAP_CLIENT Client)
{
    BOOLEAN entered = FALSE;
    KIRQL irql;

    KeAcquireSpinLock(&Tap.Lock, &irql);
    if (Client->State == TapClientActive) {
        InterlockedIncrement(&Client->References);
        entered = TRUE;
    }
    KeReleaseSpinLock(&Tap.Lock, irql);
    return entered;
}

static VOID
TapClientLeave(PTAP_CLIENT Client)
{
    HANDLE handle = Client->NmrBindingHandle;

    if (InterlockedDecrement(&Client->References) == 0) {
        NmrProviderDetachClientComplete(handle);
    }
}

static NTSTATUS NTAPI
TapSubscribe(PVOID ProviderBindingContext, ULONG Mask)
{
    PTAP_CLIENT client = ProviderBindingContext;

    if (!TapClientEnter(client)) {
        return STATUS_DEVICE_NOT_READY;
    }
    InterlockedExchange((volatile LONG *)&client->Mask, (LONG)Mask);
    TapClientLeave(client);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TapInject(PVOID ProviderBindingContext, ULONG Value)
{
    PTAP_CLIENT client = ProviderBindingContext;

    if (!TapClientEnter(client)) {
        return STATUS_DEVICE_NOT_READY;
    }
    TapClientsIndicate(&Tap, 1, Value);
    TapClientLeave(client);
    return STATUS_SUCCESS;
}

static const TAP_PROVIDER_DISPATCH TapDispatch = {
    1, sizeof(TAP_PROVIDER_DISPATCH), TapSubscribe, TapInject
};

VOID
TapClientsIndicate(PTAP T, ULONG Event, ULONG_PTR Value)
{
    PTAP_CLIENT batch[8];
    ULONG count = 0;
    PLIST_ENTRY entry;
    KIRQL irql;
    ULONG i;

    KeAcquireSpinLock(&T->Lock, &irql);
    for (entry = T->Clients.Flink; entry != &T->Clients && count < ARRAYSIZE(batch); entry = entry->Flink) {
        PTAP_CLIENT client = CONTAINING_RECORD(entry, TAP_CLIENT, Link);

        if ((client->Mask & (1u << Event)) != 0 && client->State == TapClientActive) {
            InterlockedIncrement(&client->References);
            batch[count++] = client;
        }
    }
    KeReleaseSpinLock(&T->Lock, irql);

    for (i = 0; i < count; i++) {
        batch[i]->Dispatch->Indicate(batch[i]->ClientContext, Event, Value);
        TapClientLeave(batch[i]);
    }
}

static NTSTATUS NTAPI
TapAttachClient(
    HANDLE NmrBindingHandle,
    PVOID ProviderContext,
    PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext,
    const VOID *ClientDispatch,
    PVOID *ProviderBindingContext,
    const VOID **ProviderDispatch)
{
    const TAP_CLIENT_DISPATCH *dispatch = ClientDispatch;
    PTAP tap = ProviderContext;
    PTAP_CLIENT client;
    ULONG max;
    KIRQL irql;

    UNREFERENCED_PARAMETER(ClientRegistrationInstance);

    if (dispatch == NULL || dispatch->Version < 1 || dispatch->Size < sizeof(*dispatch)) {
        return STATUS_NOINTERFACE;
    }
    max = TapConfigMaxClients(tap);

    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), TAP_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->References = 1;
    client->State = TapClientNew;
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->Dispatch = dispatch;

    KeAcquireSpinLock(&tap->Lock, &irql);
    if (tap->ClientCount >= max) {
        KeReleaseSpinLock(&tap->Lock, irql);
        ExFreePoolWithTag(client, TAP_TAG);
        return STATUS_TOO_MANY_SESSIONS;
    }
    tap->ClientCount++;
    InsertTailList(&tap->Clients, &client->Link);
    client->State = TapClientActive;
    KeReleaseSpinLock(&tap->Lock, irql);

    *ProviderBindingContext = client;
    *ProviderDispatch = &TapDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TapDetachClient(PVOID ProviderBindingContext)
{
    PTAP_CLIENT client = ProviderBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&Tap.Lock, &irql);
    client->State = TapClientDetaching;
    RemoveEntryList(&client->Link);
    Tap.ClientCount--;
    KeReleaseSpinLock(&Tap.Lock, irql);

    TapClientLeave(client);
    return STATUS_PENDING;
}

static VOID NTAPI
TapCleanupClient(PVOID ProviderBindingContext)
{
    PTAP_CLIENT client = ProviderBindingContext;

    NT_ASSERT(client->References == 0);
    ExFreePoolWithTag(client, TAP_TAG);
}

const NPI_PROVIDER_CHARACTERISTICS TapCharacteristics = {
    .Version = 1,
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = TapAttachClient,
    .ProviderDetachClient = TapDetachClient,
    .ProviderCleanupBindingContext = TapCleanupClient,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &TapNpiId,
        .ModuleId = &TapModuleId,
        .Number = 0,
        .NpiSpecificCharacteristics = &TapDispatch,
    },
};
