/* A gate holds a registration and a buffer. GateShut returns when the deregistration is complete; then the gate may go. */
#include "gate.h"

#define GATE_TAG 'etaG'

static const NPIID GateNpiId = { 0x96ebdf0e, 0x8038, 0x42b5, { 0x88, 0xcd, 0x2b, 0x1b, 0x26, 0x22, 0x83, 0x99 } };
static const NPI_MODULEID GateModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x74ac840c, 0x0aab, 0x4afc, { 0x86, 0x29, 0x9f, 0xde, 0x98, 0xfc, 0x2c, 0x2f } } }
};
static const ULONG GateDispatch = 7;
static struct { PVOID Context; const VOID *Dispatch; } GatePeer;

static NTSTATUS NTAPI GateAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &GatePeer, &GateDispatch, &GatePeer.Context, &GatePeer.Dispatch);
}

static NTSTATUS NTAPI GateDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    GatePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GateClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GateAttach, GateDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GateNpiId, &GateModuleId, 0, NULL }
};

NTSTATUS GateOpen(PGATE *Gate)
{
    PGATE New = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*New), GATE_TAG);
    NTSTATUS Status;

    if (New == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&GateClient, NULL, &New->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(New, GATE_TAG);
        return Status;
    }
    *Gate = New;
    return STATUS_SUCCESS;
}

VOID GateShut(PGATE Gate)
{
    NTSTATUS Status = NmrDeregisterClient(Gate->Handle);

    if (Status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Gate->Handle);
    }
}
