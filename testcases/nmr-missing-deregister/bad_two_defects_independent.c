/*
 * Two defects: the client's characteristics lie in the frame of the entry, and the provider is not ended when the
 * device can't be made.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AgateUnload;

static const NPIID AgateDownNpiId = { 0xc207914e, 0x849d, 0x4a18, { 0xb6, 0x27, 0x22, 0xfb, 0xae, 0xa2, 0xc0, 0xde } };
static const NPI_MODULEID AgateDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2025faa6, 0x4053, 0x4757, { 0x73, 0x9d, 0x02, 0x36, 0x3d, 0xbc, 0x63, 0x8d } } } };
static const ULONG AgateDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AgateDownPeer;

static NTSTATUS NTAPI AgateDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AgateDownPeer, &AgateDownDispatch, &AgateDownPeer.Context, &AgateDownPeer.Dispatch);
}

static NTSTATUS NTAPI AgateDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AgateDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}
static const NPIID AgateUpNpiId = { 0x6fea1688, 0x1603, 0x49ab, { 0xbe, 0x36, 0xfd, 0x66, 0x13, 0xdd, 0x38, 0x89 } };
static const NPI_MODULEID AgateUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x99ae5242, 0xde3e, 0x4c8a, { 0x2c, 0x18, 0x66, 0xb6, 0xae, 0xf1, 0x27, 0xa2 } } } };
static const ULONG AgateUpDispatch[2] = { 8, 1 };
static volatile LONG AgateUpClients;

static NTSTATUS NTAPI AgateUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&AgateUpClients);
    *ProviderBindingContext = (PVOID)&AgateUpClients;
    *ProviderDispatch = AgateUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI AgateUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS AgateUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AgateUpAttachClient, AgateUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AgateUpNpiId, &AgateUpModuleId, 0, NULL }
};

static HANDLE AgateClient, AgateProvider;

static VOID AgateEndClient(VOID)
{
    if (NmrDeregisterClient(AgateClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AgateClient);
    }
}

VOID NTAPI AgateUnload(PDRIVER_OBJECT DriverObject)
{
    AgateEndClient();
    if (NmrDeregisterProvider(AgateProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(AgateProvider);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_CLIENT_CHARACTERISTICS Chars = {
        0, sizeof(NPI_CLIENT_CHARACTERISTICS), AgateDownAttach, AgateDownDetach, NULL,
        { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AgateDownNpiId, &AgateDownModuleId, 0, NULL }
    };
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&Chars, NULL, &AgateClient); // EXPECT: nmr-stack-characteristics
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&AgateUpProvider, NULL, &AgateProvider); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        AgateEndClient();
        return Status;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        AgateEndClient();
        return Status;
    }
    DriverObject->DriverUnload = AgateUnload;
    return STATUS_SUCCESS;
}
