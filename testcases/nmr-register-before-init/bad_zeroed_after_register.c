/*
 * Defect: the counters that the callbacks use are zeroed after the register call; a binding may have been counted by then.
 * (Twin: ok_zeroed_before_register.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MarlUnload;

static struct {
    volatile LONG Clients;
    volatile LONG Peak;
} MarlCounters;

static HANDLE MarlHandle;
static const ULONG MarlDispatch = 1;
static const NPIID MarlNpiId = { 0x1c16f21e, 0x8e32, 0x4664, { 0x89, 0xed, 0x4e, 0xfe, 0x1f, 0x18, 0xd9, 0x6d } };
static const NPI_MODULEID MarlModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x9c4c5cbc, 0x255e, 0x4f8c, { 0x88, 0x13, 0x05, 0x63, 0xbc, 0x56, 0x0f, 0xfd } } }
};

static NTSTATUS NTAPI MarlAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    LONG Clients = InterlockedIncrement(&MarlCounters.Clients);

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (Clients > MarlCounters.Peak) {
        InterlockedExchange(&MarlCounters.Peak, Clients);
    }
    *ProviderBindingContext = &MarlCounters;
    *ProviderDispatch = &MarlDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MarlDetachClient(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    InterlockedDecrement(&MarlCounters.Clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS MarlProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MarlAttachClient, MarlDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MarlNpiId, &MarlModuleId, 0, NULL }
};

VOID NTAPI MarlUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(MarlHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(MarlHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&MarlProvider, NULL, &MarlHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    RtlZeroMemory((PVOID)&MarlCounters, sizeof(MarlCounters)); // EXPECT: nmr-register-before-init
    DriverObject->DriverUnload = MarlUnload;
    return STATUS_SUCCESS;
}
