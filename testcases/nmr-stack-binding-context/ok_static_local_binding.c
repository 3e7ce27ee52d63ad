// A static local is no automatic storage; the request that carries its address may be one.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CEDAR_STATE { LONG Busy; PVOID Peer; const VOID *PeerDispatch; } CEDAR_STATE;

typedef struct _CEDAR_REQUEST { HANDLE Binding; PVOID Context; const VOID *Dispatch; } CEDAR_REQUEST;

static const NPIID CedarNpiId = { 0x020c91a7, 0x0c37, 0x40d1, { 0xaf, 0xcc, 0x7c, 0x63, 0x33, 0x28, 0xae, 0xbb } };
static const NPI_MODULEID CedarModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0f7f170d, 0xd173, 0x4397, { 0xd3, 0x91, 0xa3, 0xee, 0xcb, 0xc6, 0xc8, 0xce } } } };

static NTSTATUS NTAPI
CedarAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    static const ULONG dispatch = 3;
    static CEDAR_STATE state;
    CEDAR_REQUEST request = { NmrBindingHandle, &state, &dispatch };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (InterlockedExchange(&state.Busy, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    status = NmrClientAttachProvider(request.Binding, request.Context, request.Dispatch, &state.Peer, &state.PeerDispatch);
    if (status != STATUS_SUCCESS) {
        InterlockedExchange(&state.Busy, 0);
    }
    return status;
}

static NTSTATUS NTAPI
CedarDetach(PVOID ClientBindingContext)
{
    InterlockedExchange(&((CEDAR_STATE *)ClientBindingContext)->Busy, 0);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CedarCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CedarAttach, CedarDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CedarNpiId, &CedarModuleId, 0, NULL }
};

static HANDLE CedarHandle;

static VOID NTAPI
CedarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(CedarHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(CedarHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CedarUnload;
    return NmrRegisterClient(&CedarCharacteristics, NULL, &CedarHandle);
}
