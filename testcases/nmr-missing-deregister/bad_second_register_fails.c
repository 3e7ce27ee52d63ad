/* Defect: when the second registration fails the first stays. Unload would end both. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BabblerUnload;

static const NPIID BabblerDownNpiId = { 0x12c3c5b3, 0xf536, 0x4671, { 0x2e, 0x92, 0x53, 0xd3, 0x28, 0xab, 0xc8, 0x5b } };
static const NPI_MODULEID BabblerDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x84f3d3da, 0x4d54, 0x413f, { 0x4e, 0x1a, 0x9c, 0xa1, 0x53, 0xde, 0xf9, 0x7a } } } };
static const ULONG BabblerDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } BabblerDownPeer;

static NTSTATUS NTAPI BabblerDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BabblerDownPeer, &BabblerDownDispatch, &BabblerDownPeer.Context, &BabblerDownPeer.Dispatch);
}

static NTSTATUS NTAPI BabblerDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BabblerDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BabblerDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BabblerDownAttach, BabblerDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BabblerDownNpiId, &BabblerDownModuleId, 0, NULL }
};
static const NPIID BabblerUpNpiId = { 0xcdee0af7, 0xb05c, 0x4979, { 0xcb, 0x1b, 0x8a, 0x3f, 0x17, 0x84, 0x70, 0x79 } };
static const NPI_MODULEID BabblerUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x11133e4d, 0xc21b, 0x4f71, { 0xeb, 0x16, 0x2a, 0xfa, 0x13, 0x92, 0x06, 0xfc } } } };
static const ULONG BabblerUpDispatch[2] = { 8, 1 };
static volatile LONG BabblerUpClients;

static NTSTATUS NTAPI BabblerUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BabblerUpClients);
    *ProviderBindingContext = (PVOID)&BabblerUpClients;
    *ProviderDispatch = BabblerUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BabblerUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BabblerUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BabblerUpAttachClient, BabblerUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BabblerUpNpiId, &BabblerUpModuleId, 0, NULL }
};

static HANDLE BabblerClientHandle, BabblerProviderHandle;

VOID NTAPI BabblerUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(BabblerProviderHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(BabblerProviderHandle);
    }
    if (NmrDeregisterClient(BabblerClientHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BabblerClientHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BabblerUnload;
    Status = NmrRegisterClient(&BabblerDownClient, NULL, &BabblerClientHandle); // EXPECT: nmr-missing-deregister
    if (NT_SUCCESS(Status)) {
        Status = NmrRegisterProvider(&BabblerUpProvider, NULL, &BabblerProviderHandle);
    }
    return Status;
}
