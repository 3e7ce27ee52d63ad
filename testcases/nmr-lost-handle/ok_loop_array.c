/*
 * Good: a loop registers three providers into an array.
 * (Twin: bad_loop_one_variable.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RavenUnload;

#define RAVEN_PROVIDERS 3

static HANDLE RavenHandles[RAVEN_PROVIDERS];
static ULONG RavenCount;
static NPI_PROVIDER_CHARACTERISTICS RavenProviders[RAVEN_PROVIDERS];
static const NPIID RavenNpiId = { 0xaa2a58d3, 0xe2fe, 0x4740, { 0x84, 0xdb, 0x09, 0xcc, 0xa3, 0x50, 0xf1, 0x14 } };
static const NPI_MODULEID RavenModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x04913fc0, 0xdd8d, 0x4d68, { 0x8c, 0xf6, 0x97, 0x24, 0x88, 0xa9, 0x27, 0x92 } } }
};
static const ULONG RavenDispatch = 1;
static volatile LONG RavenClients;

static NTSTATUS NTAPI RavenAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&RavenClients);
    *ProviderBindingContext = (PVOID)&RavenClients;
    *ProviderDispatch = &RavenDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI RavenDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID RavenEnd(HANDLE Handle)
{
    if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Handle);
    }
}

static VOID RavenStop(VOID)
{
    while (RavenCount > 0) {
        RavenCount--;
        RavenEnd(RavenHandles[RavenCount]);
    }
}

VOID NTAPI RavenUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RavenStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < RAVEN_PROVIDERS; i++) {
        PNPI_PROVIDER_CHARACTERISTICS Provider = &RavenProviders[i];
        HANDLE Handle;

        Provider->Length = sizeof(*Provider);
        Provider->ProviderAttachClient = RavenAttachClient;
        Provider->ProviderDetachClient = RavenDetachClient;
        Provider->ProviderRegistrationInstance.Size = sizeof(Provider->ProviderRegistrationInstance);
        Provider->ProviderRegistrationInstance.NpiId = &RavenNpiId;
        Provider->ProviderRegistrationInstance.ModuleId = &RavenModuleId;
        Provider->ProviderRegistrationInstance.Number = i;
        Status = NmrRegisterProvider(Provider, NULL, &Handle);
        if (!NT_SUCCESS(Status)) {
            RavenStop();
            return Status;
        }
        RavenHandles[i] = Handle;
        RavenCount = i + 1;
    }
    DriverObject->DriverUnload = RavenUnload;
    return STATUS_SUCCESS;
}
