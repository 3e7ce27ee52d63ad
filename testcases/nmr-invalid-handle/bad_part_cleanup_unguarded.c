/* One file of a driver. Defect: start's failure path runs the stop function, which deregisters without a question. */
#include <ntddk.h>
#include <netioddk.h>

static const NPIID BugleNpiId = { 0xe1e5addc, 0x4b07, 0x4484, { 0xd4, 0x46, 0xb1, 0x82, 0x79, 0xfc, 0x1d, 0x54 } };
static const NPI_MODULEID BugleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x053f24cd, 0x8333, 0x48b5, { 0xb4, 0x38, 0x2b, 0xea, 0x39, 0x59, 0xbe, 0xc4 } } } };
static const ULONG BugleDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } BuglePeer;

static NTSTATUS NTAPI BugleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BuglePeer, &BugleDispatch, &BuglePeer.Context, &BuglePeer.Dispatch);
}

static NTSTATUS NTAPI BugleDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BuglePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BugleClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BugleAttach, BugleDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BugleNpiId, &BugleModuleId, 0, NULL }
};

static HANDLE BugleHandle;
static PVOID BugleTable;

VOID BugleStop(VOID)
{
    if (NmrDeregisterClient(BugleHandle) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
        NmrWaitForClientDeregisterComplete(BugleHandle);
    }
    if (BugleTable != NULL) {
        ExFreePoolWithTag(BugleTable, 'lguB');
        BugleTable = NULL;
    }
}

NTSTATUS BugleStart(SIZE_T Size)
{
    NTSTATUS Status;

    BugleTable = ExAllocatePool2(POOL_FLAG_NON_PAGED, Size, 'lguB');
    if (BugleTable == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&BugleClient, NULL, &BugleHandle);
    if (!NT_SUCCESS(Status)) {
        BugleStop();
    }
    return Status;
}
