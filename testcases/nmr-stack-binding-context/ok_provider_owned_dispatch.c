/* heron: every client gets a dispatch table for its version. The table is part of the client's state. */
#include <ntddk.h>
#include <netioddk.h>

#define HERON_TAG 'oreH'

typedef struct _HERON_DISPATCH {
    USHORT Version;
    NTSTATUS (NTAPI *Read)(PVOID ProviderBindingContext);
    NTSTATUS (NTAPI *Write)(PVOID ProviderBindingContext);
} HERON_DISPATCH, *PHERON_DISPATCH;

typedef struct _HERON_CLIENT { HERON_DISPATCH Table; volatile LONG Calls; } HERON_CLIENT, *PHERON_CLIENT;

static HANDLE HeronHandle;

static const NPIID HeronNpiId = { 0x354750f4, 0xbe47, 0x4f6a, { 0x1a, 0x18, 0x66, 0xfd, 0x83, 0xbb, 0x1f, 0xb0 } };
static const NPI_MODULEID HeronModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xc194f253, 0xb9aa, 0x4df7, { 0x51, 0x99, 0xb5, 0xbb, 0x61, 0x78, 0x63, 0xd9 } }
};

static NTSTATUS NTAPI
HeronRead(PVOID Context)
{
    InterlockedIncrement(&((PHERON_CLIENT)Context)->Calls);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
HeronRefuse(PVOID Context)
{
    UNREFERENCED_PARAMETER(Context);
    return STATUS_NOT_SUPPORTED;
}

static VOID
HeronFill(PHERON_DISPATCH Table, ULONG Version)
{
    Table->Version = (USHORT)Version;
    Table->Read = HeronRead;
    Table->Write = Version > 1 ? HeronRead : HeronRefuse;
}

static NTSTATUS NTAPI
HeronAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientBindingContext,
            const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PHERON_CLIENT client;
    PHERON_DISPATCH filled;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), HERON_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    filled = &client->Table;
    HeronFill(filled, Instance->Number);
    *BindingContext = client;
    *Dispatch = filled;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
HeronDetach(PVOID BindingContext)
{
    InterlockedExchange(&((PHERON_CLIENT)BindingContext)->Calls, 0);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HeronCleanup(PVOID BindingContext)
{
    ExFreePoolWithTag(BindingContext, HERON_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS HeronCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), HeronAttach, HeronDetach, HeronCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HeronNpiId, &HeronModuleId, 0, NULL }
};

static VOID NTAPI
HeronUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterProvider(HeronHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(HeronHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = HeronUnload;
    return NmrRegisterProvider(&HeronCharacteristics, NULL, &HeronHandle);
}
