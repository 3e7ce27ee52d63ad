// The dispatch table is a member of the pool block that is the binding; a local one is only its template.
#include <ntddk.h>
#include <netioddk.h>

#define BURN_TAG 'nruB'

typedef struct _BURN_DISPATCH {
    USHORT Version;
    VOID (NTAPI *Event)(PVOID Context, ULONG Code);
} BURN_DISPATCH;

typedef struct _BURN_BINDING {
    BURN_DISPATCH Dispatch;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
    volatile LONG Events;
} BURN_BINDING, *PBURN_BINDING;

static const NPIID BurnNpiId = { 0x28882310, 0x5fdd, 0x4aa4, { 0xaa, 0xca, 0x30, 0xf8, 0x38, 0x62, 0xbc, 0xbe } };
static const NPI_MODULEID BurnModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x9669ffdd, 0x6404, 0x4c88, { 0x90, 0x07, 0x9b, 0x84, 0xff, 0xa0, 0x60, 0xdb } } } };

static VOID NTAPI
BurnEvent(PVOID Context, ULONG Code)
{
    UNREFERENCED_PARAMETER(Code);
    InterlockedIncrement(&((PBURN_BINDING)Context)->Events);
}

static NTSTATUS NTAPI
BurnAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    BURN_DISPATCH table = { 1, BurnEvent };
    PBURN_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    table.Version = ProviderInstance->Version;
    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), BURN_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(&binding->Dispatch, &table, sizeof(table));
    status = NmrClientAttachProvider(NmrBindingHandle, binding, &binding->Dispatch, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, BURN_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
BurnDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BurnCleanup(PVOID ClientBindingContext)
{
    PBURN_BINDING binding = CONTAINING_RECORD(ClientBindingContext, BURN_BINDING, Dispatch);

    ExFreePoolWithTag(binding, BURN_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS BurnCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = BurnAttach,
    .ClientDetachProvider = BurnDetach,
    .ClientCleanupBindingContext = BurnCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &BurnNpiId,
        .ModuleId = &BurnModuleId,
    },
};

static HANDLE BurnHandle;

static VOID NTAPI
BurnUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(BurnHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BurnHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BurnUnload;
    return NmrRegisterClient(&BurnCharacteristics, NULL, &BurnHandle);
}
