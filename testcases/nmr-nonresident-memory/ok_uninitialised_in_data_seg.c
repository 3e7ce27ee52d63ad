/*
 * Good: the data_seg pragma names the segment of initialised data; the context between the pragmas has no initialiser
 * and goes into .bss.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ScoterUnload;

typedef struct _SCOTER_STATE {
    PVOID PeerContext;
    const VOID *PeerDispatch;
} SCOTER_STATE, *PSCOTER_STATE;

#pragma data_seg("PAGED")
static ULONG ScoterTimeouts[4] = { 1, 5, 10, 60 };
static SCOTER_STATE ScoterState;
#pragma data_seg()

static HANDLE ScoterHandle;
static const ULONG ScoterDispatch = 1;
static const NPIID ScoterNpiId = { 0x86ca4e57, 0x40aa, 0x4129, { 0x6d, 0xe4, 0x67, 0x8f, 0x86, 0x1f, 0x7e, 0xec } };
static const NPI_MODULEID ScoterModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x78502913, 0x348f, 0x46d2, { 0x05, 0xf0, 0xac, 0x29, 0xbe, 0xea, 0xd5, 0xec } } } };

static NTSTATUS NTAPI ScoterAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PSCOTER_STATE State = ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, State, &ScoterDispatch, &State->PeerContext, &State->PeerDispatch);
}

static NTSTATUS NTAPI ScoterDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ScoterClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ScoterAttach, ScoterDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ScoterNpiId, &ScoterModuleId, 0, NULL }
};

VOID NTAPI ScoterUnload(PDRIVER_OBJECT DriverObject)
{
    LARGE_INTEGER Delay;

    UNREFERENCED_PARAMETER(DriverObject);
    Delay.QuadPart = -10 * 1000 * (LONGLONG)ScoterTimeouts[0];
    KeDelayExecutionThread(KernelMode, FALSE, &Delay);
    if (NmrDeregisterClient(ScoterHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ScoterHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ScoterUnload;
    return NmrRegisterClient(&ScoterClient, &ScoterState, &ScoterHandle);
}
