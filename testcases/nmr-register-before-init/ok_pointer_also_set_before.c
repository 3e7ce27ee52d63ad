/* Good: the callbacks' fields get their meaningful values before; writing the same value again later harms nobody. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ClematisUnload;

static const NPIID ClematisNpiId = { 0xbe2ae8bf, 0x4600, 0x414e, { 0xce, 0x83, 0x1b, 0x03, 0xf9, 0xb3, 0xe2, 0x07 } };
static const NPI_MODULEID ClematisModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x07ba97b7, 0x0ddb, 0x41d7, { 0xd8, 0x7d, 0x5c, 0x4a, 0x85, 0xe4, 0x3f, 0xf4 } } } };

static struct {
    PDRIVER_OBJECT Driver;
    ULONG Limit;
    HANDLE Handle;
    NTSTATUS LastStatus;
} Clematis;
static volatile LONG ClematisClients;
static const ULONG ClematisDispatch = 1;

static NTSTATUS NTAPI ClematisAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if ((ULONG)ClematisClients >= Clematis.Limit) {
        return STATUS_NOINTERFACE;
    }
    InterlockedIncrement(&ClematisClients);
    *ProviderBindingContext = NULL;
    *ProviderDispatch = &ClematisDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ClematisDetachClient(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    InterlockedDecrement(&ClematisClients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ClematisProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ClematisAttachClient, ClematisDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ClematisNpiId, &ClematisModuleId, 0, NULL }
};

VOID NTAPI ClematisUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Clematis.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Clematis.Handle);
    }
}

static ULONG ClematisReadLimit(PUNICODE_STRING RegistryPath)
{
    return RegistryPath->Length > 120 ? 16 : 4;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    Clematis.Limit = 4;
    Status = NmrRegisterProvider(&ClematisProvider, NULL, &Clematis.Handle);
    Clematis.LastStatus = Status;
    if (!NT_SUCCESS(Status)) {
        Clematis.Limit = 0;
        return Status;
    }
    Clematis.Limit = ClematisReadLimit(RegistryPath);
    Clematis.Driver = DriverObject;
    DriverObject->DriverUnload = ClematisUnload;
    return STATUS_SUCCESS;
}
