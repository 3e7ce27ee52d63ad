// The arguments of the attach go through a structure of a request; the context in it is a local two frames up.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _BIRCH_STATE { LONG Uses; PVOID Peer; const VOID *PeerDispatch; } BIRCH_STATE, *PBIRCH_STATE;

typedef struct _BIRCH_REQUEST {
    HANDLE Binding;
    PVOID Context;
    const VOID *Dispatch;
    PVOID *PeerContext;
    const VOID **PeerDispatch;
} BIRCH_REQUEST;

static const ULONG BirchDispatch = 3;

static const NPIID BirchNpiId = { 0x1352a2ac, 0x22b2, 0x454d, { 0x9a, 0x27, 0x8b, 0x48, 0x9f, 0xab, 0x5e, 0x49 } };
static const NPI_MODULEID BirchModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8d2f479c, 0xeb40, 0x4089, { 0xdf, 0x69, 0x3b, 0x91, 0x78, 0x83, 0x03, 0x7c } } } };

static NTSTATUS
BirchSubmit(const BIRCH_REQUEST *Request)
{
    return NmrClientAttachProvider(Request->Binding, Request->Context, Request->Dispatch, Request->PeerContext, Request->PeerDispatch); // EXPECT: nmr-stack-binding-context
}

static NTSTATUS
BirchPrepare(HANDLE Binding, PBIRCH_STATE State)
{
    BIRCH_REQUEST request;

    request.Binding = Binding;
    request.Context = State;
    request.Dispatch = &BirchDispatch;
    request.PeerContext = &State->Peer;
    request.PeerDispatch = &State->PeerDispatch;
    return BirchSubmit(&request);
}

static NTSTATUS NTAPI
BirchAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    BIRCH_STATE state;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    RtlZeroMemory(&state, sizeof(state));
    return BirchPrepare(NmrBindingHandle, &state);
}

static NTSTATUS NTAPI
BirchDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BirchCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = BirchAttach,
    .ClientDetachProvider = BirchDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &BirchNpiId,
        .ModuleId = &BirchModuleId,
    },
};

static HANDLE BirchHandle;

static VOID NTAPI
BirchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(BirchHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BirchHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BirchUnload;
    return NmrRegisterClient(&BirchCharacteristics, NULL, &BirchHandle);
}
