/*
 * Defect (with driver.c): the initialisation of a cell registers and then fails for lack of a buffer; the registration
 * stays, and the caller frees the cell.
 * (Twin: ok_init_undoes)
 */
#include "cell.h"

#define CELL_TAG 'lleC'

static const ULONG CellDispatch = 1;
static const NPIID CellNpiId = { 0x0fc3b1fe, 0x2bd7, 0x42b4, { 0x83, 0xb0, 0x34, 0x09, 0x21, 0x86, 0xb7, 0xaf } };
static const NPI_MODULEID CellModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x515f4c50, 0x55bf, 0x4c53, { 0x8e, 0xcc, 0x17, 0x83, 0x2d, 0xb8, 0x38, 0x8b } } } };

static NTSTATUS NTAPI CellAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PCELL Cell = ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    InterlockedIncrement(&Cell->Seen);
    return NmrClientAttachProvider(NmrBindingHandle, Cell, &CellDispatch, &Cell->PeerContext, &Cell->PeerDispatch);
}

static NTSTATUS NTAPI CellDetach(PVOID ClientBindingContext)
{
    ((PCELL)ClientBindingContext)->PeerDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CellClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CellAttach, CellDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CellNpiId, &CellModuleId, 0, NULL }
};

static VOID CellEnd(PCELL Cell)
{
    if (NmrDeregisterClient(Cell->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Cell->Handle);
    }
}

NTSTATUS CellInitialize(PCELL Cell)
{
    NTSTATUS Status;

    Status = NmrRegisterClient(&CellClient, Cell, &Cell->Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Cell->Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, CELL_TAG);
    if (Cell->Buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    return STATUS_SUCCESS;
}

VOID CellUninitialize(PCELL Cell)
{
    CellEnd(Cell);
    ExFreePoolWithTag(Cell->Buffer, CELL_TAG);
}
