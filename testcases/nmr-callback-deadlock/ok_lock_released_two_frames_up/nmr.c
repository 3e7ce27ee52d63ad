#include "dock.h"

static const USHORT DockTable = 1;

static const NPIID DockNpiId = { 0xdf22e205, 0xcba7, 0x46ac, { 0x85, 0x46, 0x49, 0x39, 0xb5, 0x46, 0x0b, 0x85 } };
static const NPI_MODULEID DockModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x3d8f51ae, 0xdf0b, 0x42a2, { 0xb6, 0x49, 0x0f, 0x83, 0x0c, 0xfb, 0xbe, 0xa8 } } }
};

static NTSTATUS NTAPI
DockAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
           const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PDOCK dock = ProviderContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    DockLock(dock);
    dock->Plugged++;
    DockUnlock(dock);
    *BindingContext = dock;
    *Dispatch = &DockTable;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DockDetach(PVOID BindingContext)
{
    UNREFERENCED_PARAMETER(BindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS DockCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DockAttach, DockDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DockNpiId, &DockModuleId, 0, NULL }
};

NTSTATUS
DockRegister(PDOCK Dock)
{
    NTSTATUS status = NmrRegisterProvider(&DockCharacteristics, Dock, &Dock->Handle);

    Dock->Up = (BOOLEAN)NT_SUCCESS(status);
    return status;
}

VOID
DockDeregister(PDOCK Dock)
{
    if (Dock->Up && NmrDeregisterProvider(Dock->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Dock->Handle);
    }
}
