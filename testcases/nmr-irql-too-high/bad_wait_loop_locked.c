/* stork: three registrations; the stop loop waits for each of them with the table's lock held. */
#include <ntddk.h>
#include <netioddk.h>

#define STORK_COUNT 3

static EX_SPIN_LOCK StorkLock;
static HANDLE StorkHandles[STORK_COUNT];
static ULONG StorkUsed;
static PVOID StorkPeer[STORK_COUNT];
static const VOID *StorkPeerDispatch[STORK_COUNT];

static const NPIID StorkNpiId = { 0xf498e836, 0x4ae4, 0x4aa5, { 0xe5, 0x8f, 0xe5, 0x7e, 0xdb, 0xd4, 0x62, 0x56 } };
static const NPI_MODULEID StorkModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb9e1440c, 0x54ea, 0x43f2, { 0x33, 0xae, 0x75, 0xa4, 0x04, 0xcc, 0x47, 0x75 } } } };

static NTSTATUS NTAPI
StorkAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    ULONG i = (ULONG)(ULONG_PTR)ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &StorkPeer[i], NULL, &StorkPeer[i], &StorkPeerDispatch[i]);
}

static NTSTATUS NTAPI
StorkDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS StorkCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = StorkAttach,
    .ClientDetachProvider = StorkDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &StorkNpiId,
        .ModuleId = &StorkModuleId,
    },
};

static VOID
StorkStop(VOID)
{
    KIRQL irql = ExAcquireSpinLockExclusive(&StorkLock);

    while (StorkUsed > 0) {
        StorkUsed--;
        if (NmrDeregisterClient(StorkHandles[StorkUsed]) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(StorkHandles[StorkUsed]); // EXPECT: nmr-irql-too-high
        }
    }
    ExReleaseSpinLockExclusive(&StorkLock, irql);
}

static VOID NTAPI
StorkUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    StorkStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < STORK_COUNT; i++) {
        status = NmrRegisterClient(&StorkCharacteristics, (PVOID)(ULONG_PTR)i, &StorkHandles[i]);
        if (!NT_SUCCESS(status)) {
            StorkStop();
            return status;
        }
        StorkUsed++;
    }
    DriverObject->DriverUnload = StorkUnload;
    return STATUS_SUCCESS;
}
