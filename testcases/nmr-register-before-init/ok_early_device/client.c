#include "poppy.h"

static HANDLE PoppyClient;

static const NPIID PoppyNpiId = { 0x9b7f071c, 0x125d, 0x4c5b, { 0xd4, 0x1b, 0xef, 0x58, 0x22, 0x6d, 0xf0, 0xb3 } };
static const NPI_MODULEID PoppyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5d5812b1, 0xcd42, 0x488a, { 0x3f, 0xa3, 0x14, 0xb5, 0xcc, 0xcf, 0xf0, 0x9f } } } };

static VOID
PoppyFree(PPOPPY_BINDING Binding)
{
    if (Binding->Work != NULL) {
        IoFreeWorkItem(Binding->Work);
    }
    ExFreePoolWithTag(Binding, POPPY_TAG);
}

static NTSTATUS NTAPI
PoppyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PPOPPY_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), POPPY_TAG);
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return status;
    }
    binding->Work = IoAllocateWorkItem(PoppyDevice);
    if (binding->Work != NULL) {
        status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    }
    if (!NT_SUCCESS(status)) {
        PoppyFree(binding);
    }
    return status;
}

static NTSTATUS NTAPI
PoppyDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
PoppyCleanup(PVOID ClientBindingContext)
{
    PoppyFree(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS PoppyCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), PoppyAttach, PoppyDetach, PoppyCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PoppyNpiId, &PoppyModuleId, 0, NULL }
};

NTSTATUS
PoppyJoin(VOID)
{
    return NmrRegisterClient(&PoppyCharacteristics, NULL, &PoppyClient);
}

VOID
PoppyLeave(VOID)
{
    if (NmrDeregisterClient(PoppyClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(PoppyClient);
    }
}
