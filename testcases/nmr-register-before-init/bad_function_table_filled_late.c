/* Defect: the provider's dispatch table, which attach hands out by pointer and whose version it reads, is filled late. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD IvyUnload;

typedef struct _IVY_DISPATCH {
    ULONG Version;
    ULONG (NTAPI *Query)(VOID);
} IVY_DISPATCH;

static IVY_DISPATCH IvyDispatch;
static HANDLE IvyHandle;
static volatile LONG IvyClients;
static const NPIID IvyNpiId = { 0xf372e525, 0xec64, 0x4552, { 0xa2, 0x34, 0x4d, 0xa7, 0xe3, 0xba, 0x04, 0x65 } };
static const NPI_MODULEID IvyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7a06ea7a, 0xbb6d, 0x40b9, { 0x19, 0x22, 0x89, 0xda, 0x5b, 0xd4, 0xd0, 0x02 } } } };

static ULONG NTAPI IvyQuery(VOID)
{
    return (ULONG)IvyClients;
}

static NTSTATUS NTAPI IvyAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (ClientRegistrationInstance->Number > IvyDispatch.Version) {
        return STATUS_NOINTERFACE;
    }
    InterlockedIncrement(&IvyClients);
    *ProviderBindingContext = NULL;
    *ProviderDispatch = &IvyDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI IvyDetachClient(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    InterlockedDecrement(&IvyClients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS IvyProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), IvyAttachClient, IvyDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &IvyNpiId, &IvyModuleId, 0, NULL }
};

VOID NTAPI IvyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(IvyHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(IvyHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    IvyDispatch.Query = IvyQuery;
    Status = NmrRegisterProvider(&IvyProvider, NULL, &IvyHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    IvyDispatch.Version = 2; // EXPECT: nmr-register-before-init
    DriverObject->DriverUnload = IvyUnload;
    return STATUS_SUCCESS;
}
