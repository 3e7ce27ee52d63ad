#include "shuttle.h"

static VOID
ShuttleMark(PSHUTTLE_CLIENT Client, ULONG Channel)
{
    ExAcquirePushLockExclusive(&Client->OpenLock); // EXPECT: irql-too-high
    Client->Opened |= 1ul << (Channel & 31);
    ExReleasePushLockExclusive(&Client->OpenLock);
}

static NTSTATUS NTAPI
ShuttleOpen(PVOID ProviderBindingContext, ULONG Channel)
{
    KeEnterCriticalRegion();
    ShuttleMark(ProviderBindingContext, Channel);
    KeLeaveCriticalRegion();
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ShuttleSend(PVOID ProviderBindingContext, ULONG Channel, ULONG Length)
{
    PSHUTTLE_CLIENT client = ProviderBindingContext;
    KIRQL irql;

    if ((client->Opened & (1ul << (Channel & 31))) == 0) {
        ShuttleMark(client, Channel);
    }
    KeAcquireSpinLock(&client->Lock, &irql);
    client->Sent += Length;
    KeReleaseSpinLock(&client->Lock, irql);
    return STATUS_SUCCESS;
}

const SHUTTLE_PROVIDER_DISPATCH ShuttleDispatch = { 1, ShuttleOpen, ShuttleSend };
