/*
 * A timer's DPC starts the deregistration, at DISPATCH_LEVEL, where it can't wait. Defect: unload, which knows from the
 * flag that the DPC did, doesn't wait either.
 * (Twin: ok_dpc_starts_unload_waits)
 */
#include "driver.h"

KDEFERRED_ROUTINE TimedExpire;

static HANDLE TimedHandle;
static volatile LONG TimedEnding;
static KTIMER TimedTimer;
static KDPC TimedDpc;
static const NPIID TimedNpiId = { 0xae45fa80, 0x9703, 0x468f, { 0x83, 0x46, 0x9e, 0x0c, 0x2c, 0x25, 0x3b, 0x1c } };
static const NPI_MODULEID TimedModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x802c24aa, 0x7305, 0x4821, { 0x81, 0xf9, 0x84, 0xfd, 0x28, 0x9c, 0x12, 0x6c } } }
};
static const ULONG TimedDispatch = 3;
static struct { PVOID Context; const VOID *Dispatch; } TimedPeer;

static NTSTATUS NTAPI TimedAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TimedPeer, &TimedDispatch, &TimedPeer.Context, &TimedPeer.Dispatch);
}

static NTSTATUS NTAPI TimedDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TimedPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TimedClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TimedAttach, TimedDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TimedNpiId, &TimedModuleId, 0, NULL }
};

VOID NTAPI TimedExpire(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    if (InterlockedExchange(&TimedEnding, 1) == 0) {
        NmrDeregisterClient(TimedHandle); // EXPECT: nmr-missing-wait
    }
}

NTSTATUS TimedStart(VOID)
{
    LARGE_INTEGER Due;
    NTSTATUS Status;

    KeInitializeTimer(&TimedTimer);
    KeInitializeDpc(&TimedDpc, TimedExpire, NULL);
    Status = NmrRegisterClient(&TimedClient, NULL, &TimedHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Due.QuadPart = -60 * 10 * 1000 * 1000LL;
    KeSetTimer(&TimedTimer, Due, &TimedDpc);
    return STATUS_SUCCESS;
}

VOID TimedStop(VOID)
{
    KeCancelTimer(&TimedTimer);
    KeFlushQueuedDpcs();
    if (InterlockedExchange(&TimedEnding, 1) == 0) {
        NmrDeregisterClient(TimedHandle);
        NmrWaitForClientDeregisterComplete(TimedHandle);
    }
}
