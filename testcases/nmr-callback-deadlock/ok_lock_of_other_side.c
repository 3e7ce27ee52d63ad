// A client and a provider registration share a mutex; it is held over the registration whose callbacks do not take it.
#include <ntddk.h>
#include <netioddk.h>

static KGUARDED_MUTEX VetchMutex;
static ULONG VetchClients;
static HANDLE VetchClient, VetchProvider;
static PVOID VetchPeer;
static const VOID *VetchPeerDispatch;
static const ULONG VetchDispatch = 1;

static const NPIID VetchUpNpiId = { 0xc0436a3f, 0x563a, 0x40cb, { 0x01, 0xa5, 0xc8, 0x26, 0x5f, 0x36, 0x61, 0x33 } };
static const NPI_MODULEID VetchUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x76d3ca6b, 0xbe14, 0x4bae, { 0x78, 0x03, 0x32, 0xfb, 0xb1, 0x42, 0xc4, 0xb8 } } } };
static const NPIID VetchDownNpiId = { 0xcda38961, 0x71e7, 0x4df6, { 0x74, 0xba, 0xb9, 0x34, 0xc0, 0x9a, 0xd7, 0x3d } };
static const NPI_MODULEID VetchDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5cda796b, 0xd459, 0x4d37, { 0xa0, 0xf2, 0x5f, 0x3f, 0x77, 0x2d, 0x71, 0x4c } } } };

static NTSTATUS NTAPI
VetchUpAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &VetchPeer, NULL, &VetchPeer, &VetchPeerDispatch);
}

static NTSTATUS NTAPI
VetchUpDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
VetchDownAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    KeAcquireGuardedMutex(&VetchMutex);
    VetchClients++;
    KeReleaseGuardedMutex(&VetchMutex);
    *ProviderBindingContext = &VetchClients;
    *ProviderDispatch = &VetchDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
VetchDownDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS VetchUpCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), VetchUpAttach, VetchUpDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &VetchUpNpiId, &VetchUpModuleId, 0, NULL }
};

static const NPI_PROVIDER_CHARACTERISTICS VetchDownCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = VetchDownAttach,
    .ProviderDetachClient = VetchDownDetach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &VetchDownNpiId,
        .ModuleId = &VetchDownModuleId,
    },
};

static NTSTATUS
VetchStart(VOID)
{
    NTSTATUS status;

    KeAcquireGuardedMutex(&VetchMutex);
    status = NmrRegisterClient(&VetchUpCharacteristics, NULL, &VetchClient);
    KeReleaseGuardedMutex(&VetchMutex);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NmrRegisterProvider(&VetchDownCharacteristics, NULL, &VetchProvider);
    if (!NT_SUCCESS(status)) {
        KeAcquireGuardedMutex(&VetchMutex);
        NmrDeregisterClient(VetchClient);
        NmrWaitForClientDeregisterComplete(VetchClient);
        KeReleaseGuardedMutex(&VetchMutex);
    }
    return status;
}

static VOID NTAPI
VetchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(VetchProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(VetchProvider);
    }
    if (NmrDeregisterClient(VetchClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(VetchClient);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeGuardedMutex(&VetchMutex);
    DriverObject->DriverUnload = VetchUnload;
    return VetchStart();
}
