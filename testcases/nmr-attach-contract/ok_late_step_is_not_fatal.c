/* rasp: after the attach the provider is asked for its limits. If it refuses, defaults are used. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _RASP_PROVIDER { USHORT Version; NTSTATUS (NTAPI *GetLimit)(PVOID ProviderContext, PULONG Limit); } RASP_PROVIDER;

typedef struct _RASP { volatile LONG Used; ULONG Limit; PVOID ProviderContext; const RASP_PROVIDER *Provider; } RASP, *PRASP;

static RASP Rasp;
static HANDLE RaspHandle;

static const NPIID RaspNpiId = { 0x9d346ff1, 0xf8f7, 0x4c01, { 0x82, 0x4c, 0x93, 0xec, 0xc3, 0x01, 0xa9, 0xe1 } };
static const NPI_MODULEID RaspModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x1be6d3f8, 0x8863, 0x4400, { 0x7c, 0xde, 0x9e, 0x0e, 0xee, 0xe5, 0x8f, 0x19 } } }
};

static NTSTATUS NTAPI
RaspAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PRASP rasp = ClientContext;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Instance);
    if (InterlockedExchange(&rasp->Used, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, rasp, NULL, &rasp->ProviderContext, (const VOID **)&rasp->Provider);
    if (status != STATUS_SUCCESS) {
        InterlockedExchange(&rasp->Used, 0);
        return status;
    }
    status = rasp->Provider->GetLimit(rasp->ProviderContext, &rasp->Limit);
    if (!NT_SUCCESS(status)) {
        rasp->Limit = 16;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RaspDetach(PVOID ClientBindingContext)
{
    ((PRASP)ClientBindingContext)->Provider = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
RaspCleanup(PVOID ClientBindingContext)
{
    InterlockedExchange(&((PRASP)ClientBindingContext)->Used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS RaspCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RaspAttach, RaspDetach, RaspCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RaspNpiId, &RaspModuleId, 0, NULL }
};

static VOID NTAPI
RaspUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(RaspHandle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(RaspHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RaspUnload;
    return NmrRegisterClient(&RaspCharacteristics, &Rasp, &RaspHandle);
}
