/* osprey: the NPI says that "Start" may be called at DISPATCH_LEVEL; it registers a client there. */
#include <ntddk.h>
#include <netioddk.h>

typedef _IRQL_requires_max_(DISPATCH_LEVEL) NTSTATUS NTAPI OSPREY_START(PVOID ProviderBindingContext);
typedef _IRQL_requires_max_(PASSIVE_LEVEL) NTSTATUS NTAPI OSPREY_STOP(PVOID ProviderBindingContext);

typedef struct _OSPREY_NPI {
    USHORT Version;
    OSPREY_START *Start;
    OSPREY_STOP *Stop;
} OSPREY_NPI;

typedef struct _OSPREY {
    HANDLE Client;
    BOOLEAN Joined;
    PVOID Peer;
    const VOID *PeerDispatch;
} OSPREY, *POSPREY;

static const NPIID OspreyNpiId = { 0x5571cacf, 0xe942, 0x4c63, { 0x1e, 0x1e, 0x5e, 0xcb, 0xae, 0xc5, 0x00, 0x40 } };
static const NPI_MODULEID OspreyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0acd499a, 0x20da, 0x4617, { 0x55, 0x1e, 0x1c, 0xaf, 0x4b, 0x2d, 0xf8, 0xdb } } } };

static NTSTATUS NTAPI
OspreyAttachProvider(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    POSPREY osprey = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, osprey, NULL, &osprey->Peer, &osprey->PeerDispatch);
}

static NTSTATUS NTAPI
OspreyDetachProvider(PVOID ClientBindingContext)
{
    ((POSPREY)ClientBindingContext)->PeerDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OspreyCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OspreyAttachProvider, OspreyDetachProvider, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OspreyNpiId, &OspreyModuleId, 0, NULL }
};

static NTSTATUS NTAPI
OspreyStart(PVOID ProviderBindingContext)
{
    POSPREY osprey = ProviderBindingContext;
    NTSTATUS status;

    if (osprey->Joined) {
        return STATUS_SUCCESS;
    }
    status = NmrRegisterClient(&OspreyCharacteristics, osprey, &osprey->Client); // EXPECT: nmr-irql-too-high
    osprey->Joined = (BOOLEAN)NT_SUCCESS(status);
    return status;
}

static NTSTATUS NTAPI
OspreyStop(PVOID ProviderBindingContext)
{
    POSPREY osprey = ProviderBindingContext;

    if (osprey->Joined) {
        osprey->Joined = FALSE;
        if (NmrDeregisterClient(osprey->Client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(osprey->Client);
        }
    }
    return STATUS_SUCCESS;
}

const OSPREY_NPI OspreyNpi = { 1, OspreyStart, OspreyStop };
