/* One file of a library. Good: end and delete are separate; whether a caller calls end once or twice can't be seen. */
#include <ntddk.h>
#include <netioddk.h>

#define CORNET_TAG 'nroC'

typedef struct _CORNET {
    HANDLE Handle;
    volatile LONG Ended;
} CORNET, *PCORNET;

static const NPIID CornetNpiId = { 0xb9a43f2b, 0xe5c4, 0x4476, { 0x4d, 0x11, 0x1c, 0xed, 0x95, 0x3d, 0x7a, 0x4e } };
static const NPI_MODULEID CornetModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2886a53c, 0xa588, 0x422c, { 0x50, 0xab, 0xd5, 0xd0, 0x50, 0x74, 0x57, 0xc5 } } } };
static const ULONG CornetDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CornetPeer;

static NTSTATUS NTAPI CornetAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CornetPeer, &CornetDispatch, &CornetPeer.Context, &CornetPeer.Dispatch);
}

static NTSTATUS NTAPI CornetDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CornetPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CornetClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CornetAttach, CornetDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CornetNpiId, &CornetModuleId, 0, NULL }
};

NTSTATUS CornetCreate(PCORNET *Result)
{
    PCORNET Cornet = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Cornet), CORNET_TAG);
    NTSTATUS Status;

    if (Cornet == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&CornetClient, NULL, &Cornet->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Cornet, CORNET_TAG);
        return Status;
    }
    *Result = Cornet;
    return STATUS_SUCCESS;
}

VOID CornetEnd(PCORNET Cornet)
{
    if (InterlockedExchange(&Cornet->Ended, 1) == 0) {
        if (NmrDeregisterClient(Cornet->Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Cornet->Handle);
        }
    }
}

VOID CornetDelete(PCORNET Cornet)
{
    CornetEnd(Cornet);
    ExFreePoolWithTag(Cornet, CORNET_TAG);
}
