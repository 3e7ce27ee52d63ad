/*
 * Good: the registration context is a static local of DriverEntry.
 * (Twin: bad_entry_local.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FinchUnload;

typedef struct _FINCH_CONTEXT {
    ULONG Limit;
    volatile LONG Clients;
} FINCH_CONTEXT, *PFINCH_CONTEXT;

static HANDLE FinchHandle;
static const ULONG FinchDispatch = 1;
static volatile LONG FinchTotal;
static const NPIID FinchNpiId = { 0xa06a28d2, 0x50cd, 0x474a, { 0x82, 0xb0, 0x27, 0xc1, 0xd7, 0xcc, 0x7c, 0x2a } };
static const NPI_MODULEID FinchModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xb426af12, 0x18e6, 0x4702, { 0x8f, 0xf3, 0x6d, 0x83, 0xe3, 0x39, 0x83, 0xc9 } } }
};

static NTSTATUS NTAPI FinchAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PFINCH_CONTEXT Context = ProviderContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if ((ULONG)InterlockedIncrement(&Context->Clients) > Context->Limit) {
        InterlockedDecrement(&Context->Clients);
        return STATUS_NOINTERFACE;
    }
    InterlockedIncrement(&FinchTotal);
    *ProviderBindingContext = (PVOID)&FinchTotal;
    *ProviderDispatch = &FinchDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FinchDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FinchProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FinchAttachClient, FinchDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FinchNpiId, &FinchModuleId, 0, NULL }
};

VOID NTAPI FinchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(FinchHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(FinchHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    static FINCH_CONTEXT Context;
    NTSTATUS Status;

    Context.Limit = RegistryPath->Length > 80 ? 8 : 4;
    Context.Clients = 0;
    Status = NmrRegisterProvider(&FinchProvider, &Context, &FinchHandle);
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = FinchUnload;
    }
    return Status;
}
