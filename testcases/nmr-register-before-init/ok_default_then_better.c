/*
 * Good: the limit has a meaningful default before the register call; after it, the configured one takes its place. And
 * what is written when the register call failed no callback can read.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ChertUnload;

static struct {
    ULONG Limit;
    volatile LONG Clients;
    BOOLEAN Failed;
} Chert;

static HANDLE ChertHandle;
static const ULONG ChertDispatch = 1;
static const NPIID ChertNpiId = { 0x684350e5, 0xa0e9, 0x446a, { 0x85, 0xc7, 0x67, 0x88, 0x23, 0x9b, 0x34, 0x19 } };
static const NPI_MODULEID ChertModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x3eebe049, 0x52bc, 0x48b8, { 0x88, 0x55, 0x26, 0x4f, 0x6c, 0x11, 0xeb, 0xb9 } } }
};

static NTSTATUS NTAPI ChertAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (Chert.Failed || (ULONG)InterlockedIncrement(&Chert.Clients) > Chert.Limit) {
        return STATUS_NOINTERFACE;
    }
    *ProviderBindingContext = NULL;
    *ProviderDispatch = &ChertDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ChertDetachClient(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    InterlockedDecrement(&Chert.Clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ChertProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ChertAttachClient, ChertDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ChertNpiId, &ChertModuleId, 0, NULL }
};

VOID NTAPI ChertUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(ChertHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(ChertHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    Chert.Limit = 4;
    Status = NmrRegisterProvider(&ChertProvider, NULL, &ChertHandle);
    if (!NT_SUCCESS(Status)) {
        Chert.Failed = TRUE;
        return Status;
    }
    if (RegistryPath->Length > 64) {
        Chert.Limit = 16;
    }
    DriverObject->DriverUnload = ChertUnload;
    return STATUS_SUCCESS;
}
