#include "crucible.h"

#define CRUCIBLE_TAG 'curC'

static const USHORT CrucibleDispatch = 1;
static HANDLE CrucibleHandle;

static const NPIID CrucibleNpiId = { 0x0f2ae19a, 0xb83d, 0x46e5, { 0x3e, 0xc2, 0x0a, 0x0e, 0xa1, 0xd4, 0x17, 0x90 } };
static const NPI_MODULEID CrucibleModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xb8ee6a94, 0xa307, 0x4676, { 0xfb, 0xd3, 0x80, 0xce, 0x58, 0x88, 0x39, 0x20 } }
};

static NTSTATUS NTAPI
CrucibleAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
               const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PCRUCIBLE crucible = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*crucible), CRUCIBLE_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    if (crucible == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    crucible->NmrBindingHandle = NmrBindingHandle;
    crucible->ClientContext = ClientContext;
    crucible->ClientDispatch = ClientDispatch;
    *BindingContext = crucible;
    *Dispatch = &CrucibleDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
CrucibleDetach(PVOID BindingContext)
{
    PendingAdd(BindingContext);
    return STATUS_PENDING;
}

static VOID NTAPI
CrucibleCleanup(PVOID BindingContext)
{
    ExFreePoolWithTag(BindingContext, CRUCIBLE_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS CrucibleCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = CrucibleAttach,
    .ProviderDetachClient = CrucibleDetach,
    .ProviderCleanupBindingContext = CrucibleCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &CrucibleNpiId,
        .ModuleId = &CrucibleModuleId,
    },
};

static VOID NTAPI
CrucibleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(CrucibleHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CrucibleHandle);
    }
    PendingStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    PendingInit();
    status = NmrRegisterProvider(&CrucibleCharacteristics, NULL, &CrucibleHandle);
    if (!NT_SUCCESS(status)) {
        PendingStop();
        return status;
    }
    DriverObject->DriverUnload = CrucibleUnload;
    return STATUS_SUCCESS;
}
