/* beacon: a watchdog timer ends the registration. Deregistering is legal in a DPC, waiting isn't. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _BEACON {
    volatile LONG State;        /* 0 none, 1 registered, 2 deregistered, not waited for */
    HANDLE Handle;
    KTIMER Watchdog;
    KDPC Dpc;
    PVOID Provider;
    const VOID *Dispatch;
} BEACON, *PBEACON;

static BEACON Beacon;

static const NPIID BeaconNpiId = { 0x04601f9c, 0xb9d9, 0x4ef8, { 0x55, 0x65, 0x57, 0x2b, 0x92, 0x03, 0x95, 0x2e } };
static const NPI_MODULEID BeaconModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x8990c282, 0xfeca, 0x418b, { 0xce, 0xc0, 0x26, 0x50, 0x5c, 0x8b, 0xc3, 0x2e } }
};

static NTSTATUS NTAPI
BeaconAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PBEACON beacon = ClientContext;

    UNREFERENCED_PARAMETER(Instance);
    return NmrClientAttachProvider(NmrBindingHandle, beacon, NULL, &beacon->Provider, &beacon->Dispatch);
}

static NTSTATUS NTAPI
BeaconDetach(PVOID ClientBindingContext)
{
    ((PBEACON)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BeaconCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = BeaconAttach,
    .ClientDetachProvider = BeaconDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &BeaconNpiId,
        .ModuleId = &BeaconModuleId,
    },
};

static VOID NTAPI
BeaconExpire(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PBEACON beacon = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    if (InterlockedCompareExchange(&beacon->State, 2, 1) == 1) {
        NTSTATUS status = NmrDeregisterClient(beacon->Handle);

        NT_ASSERT(status == STATUS_PENDING);
        if (status == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(beacon->Handle); // EXPECT: nmr-irql-too-high
        }
        InterlockedExchange(&beacon->State, 0);
    }
}

static VOID NTAPI
BeaconUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&Beacon.Watchdog);
    KeFlushQueuedDpcs();
    if (Beacon.State == 1) {
        Beacon.State = 2;
        NmrDeregisterClient(Beacon.Handle);
        NmrWaitForClientDeregisterComplete(Beacon.Handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -600000000LL };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeTimer(&Beacon.Watchdog);
    KeInitializeDpc(&Beacon.Dpc, BeaconExpire, &Beacon);
    status = NmrRegisterClient(&BeaconCharacteristics, &Beacon, &Beacon.Handle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    Beacon.State = 1;
    KeSetTimer(&Beacon.Watchdog, due, &Beacon.Dpc);
    DriverObject->DriverUnload = BeaconUnload;
    return STATUS_SUCCESS;
}
