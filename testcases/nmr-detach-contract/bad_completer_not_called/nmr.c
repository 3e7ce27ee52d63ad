#include "inlet.h"

#define INLET_TAG 'elnI'

static HANDLE InletHandle;

static const NPIID InletNpiId = { 0xcd636aa2, 0xedd8, 0x4f06, { 0x24, 0xa9, 0x20, 0xc4, 0x3f, 0x3e, 0xaa, 0xfc } };
static const NPI_MODULEID InletModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x3e13bd74, 0x41ec, 0x401b, { 0x76, 0x06, 0x77, 0xc0, 0xc7, 0x14, 0x23, 0x3d } }
};

static NTSTATUS NTAPI
InletAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
            const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PINLET inlet = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*inlet), INLET_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    if (inlet == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&inlet->Lock);
    inlet->NmrBindingHandle = NmrBindingHandle;
    inlet->ClientContext = ClientContext;
    inlet->ClientDispatch = ClientDispatch;
    *BindingContext = inlet;
    *Dispatch = &InletDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
InletDetach(PVOID BindingContext)
{
    PINLET inlet = BindingContext;
    ULONG pending;
    KIRQL irql;

    KeAcquireSpinLock(&inlet->Lock, &irql);
    inlet->Detaching = TRUE;
    pending = inlet->Pending;
    KeReleaseSpinLock(&inlet->Lock, irql);
    if (pending == 0) {
        return STATUS_SUCCESS;
    }
    return STATUS_PENDING; // EXPECT: nmr-detach-contract
}

static VOID NTAPI
InletCleanup(PVOID BindingContext)
{
    ExFreePoolWithTag(BindingContext, INLET_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS InletCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), InletAttach, InletDetach, InletCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &InletNpiId, &InletModuleId, 0, NULL }
};

static VOID NTAPI
InletUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterProvider(InletHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(InletHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = InletUnload;
    return NmrRegisterProvider(&InletCharacteristics, NULL, &InletHandle);
}
