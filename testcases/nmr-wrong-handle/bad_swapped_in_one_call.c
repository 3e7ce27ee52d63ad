/* Defect: the client's end gets the provider's handle first; all other calls are right. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BerylUnload;

static const NPIID BerylDownNpiId = { 0x18884bfc, 0x6002, 0x4564, { 0x45, 0x95, 0xc3, 0x71, 0xb7, 0xa4, 0x4b, 0xa5 } };
static const NPI_MODULEID BerylDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x27342ba6, 0x27b0, 0x4a1a, { 0x10, 0xfc, 0x05, 0xc5, 0x8c, 0xa3, 0x7b, 0xd4 } } } };
static const ULONG BerylDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } BerylDownPeer;

static NTSTATUS NTAPI BerylDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BerylDownPeer, &BerylDownDispatch, &BerylDownPeer.Context, &BerylDownPeer.Dispatch);
}

static NTSTATUS NTAPI BerylDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BerylDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BerylDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BerylDownAttach, BerylDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BerylDownNpiId, &BerylDownModuleId, 0, NULL }
};
static const NPIID BerylUpNpiId = { 0x3c0c3cd2, 0x1dac, 0x4080, { 0x7c, 0x42, 0xe3, 0xd5, 0xc0, 0x8c, 0x09, 0x06 } };
static const NPI_MODULEID BerylUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x901bc04b, 0x646f, 0x4da6, { 0xbf, 0x6c, 0xaa, 0x69, 0xc3, 0x03, 0x6f, 0xd7 } } } };
static const ULONG BerylUpDispatch[2] = { 8, 1 };
static volatile LONG BerylUpClients;

static NTSTATUS NTAPI BerylUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BerylUpClients);
    *ProviderBindingContext = (PVOID)&BerylUpClients;
    *ProviderDispatch = BerylUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BerylUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BerylUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BerylUpAttachClient, BerylUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BerylUpNpiId, &BerylUpModuleId, 0, NULL }
};

static struct {
    HANDLE Client;
    HANDLE Provider;
} Beryl;

VOID NTAPI BerylUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Beryl.Provider) == STATUS_PENDING) { // EXPECT: nmr-wrong-handle
        NmrWaitForClientDeregisterComplete(Beryl.Client);
    }
    if (NmrDeregisterProvider(Beryl.Provider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Beryl.Provider);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&BerylDownClient, NULL, &Beryl.Client);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&BerylUpProvider, NULL, &Beryl.Provider);
    if (!NT_SUCCESS(Status)) {
        if (NmrDeregisterClient(Beryl.Client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Beryl.Client);
        }
        return Status;
    }
    DriverObject->DriverUnload = BerylUnload;
    return STATUS_SUCCESS;
}
