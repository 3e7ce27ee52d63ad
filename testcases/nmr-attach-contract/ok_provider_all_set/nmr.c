#include "chisel.h"

static HANDLE ChiselHandle;

static const NPIID ChiselNpiId = { 0x38de869f, 0x1916, 0x4dce, { 0xbb, 0x14, 0x7b, 0xaf, 0xf4, 0x5f, 0x8a, 0x4a } };
static const NPI_MODULEID ChiselModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xe3967ded, 0x6651, 0x46d1, { 0x6c, 0x1b, 0xa5, 0x7d, 0xd5, 0xe3, 0xf6, 0xb1 } } }
};

static NTSTATUS NTAPI
ChiselAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
             const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    ULONG version = ClientDispatch != NULL ? *(const USHORT *)ClientDispatch : 0;
    PCHISEL chisel;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    chisel = ChiselCreate(version);
    if (chisel == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    switch (version) {
    case 1:
    case 2:
        *Dispatch = ChiselTable(version);
        break;
    default:
        ChiselDelete(chisel);
        return STATUS_NOINTERFACE;
    }
    *BindingContext = chisel;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ChiselDetach(PVOID BindingContext)
{
    UNREFERENCED_PARAMETER(BindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ChiselCleanup(PVOID BindingContext)
{
    ChiselDelete(BindingContext);
}

static const NPI_PROVIDER_CHARACTERISTICS ChiselCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ChiselAttach, ChiselDetach, ChiselCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ChiselNpiId, &ChiselModuleId, 0, NULL }
};

static VOID NTAPI
ChiselUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(ChiselHandle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(ChiselHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ChiselUnload;
    return NmrRegisterProvider(&ChiselCharacteristics, NULL, &ChiselHandle);
}
