/* Good: the cleanup looks at the kept statuses of the register calls, which start as failures. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PineUnload;

static const NPIID PineDownNpiId = { 0xc981086d, 0xa663, 0x44f4, { 0x75, 0x57, 0xfa, 0x65, 0x64, 0xb3, 0x00, 0xf4 } };
static const NPI_MODULEID PineDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x817f406d, 0xbc36, 0x40cc, { 0x2e, 0x95, 0x65, 0x8b, 0xb6, 0x9c, 0x62, 0xad } } } };
static const ULONG PineDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } PineDownPeer;

static NTSTATUS NTAPI PineDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &PineDownPeer, &PineDownDispatch, &PineDownPeer.Context, &PineDownPeer.Dispatch);
}

static NTSTATUS NTAPI PineDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    PineDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS PineDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), PineDownAttach, PineDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PineDownNpiId, &PineDownModuleId, 0, NULL }
};
static const NPIID PineUpNpiId = { 0x8b86b95e, 0x79ff, 0x4cc1, { 0xf1, 0xa3, 0x44, 0xa9, 0xbf, 0x41, 0x28, 0x16 } };
static const NPI_MODULEID PineUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0d417e90, 0x3918, 0x43fb, { 0x29, 0xbe, 0x55, 0x70, 0xe8, 0x22, 0xbc, 0xbd } } } };
static const ULONG PineUpDispatch[2] = { 8, 1 };
static volatile LONG PineUpClients;

static NTSTATUS NTAPI PineUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PineUpClients);
    *ProviderBindingContext = (PVOID)&PineUpClients;
    *ProviderDispatch = PineUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PineUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PineUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PineUpAttachClient, PineUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PineUpNpiId, &PineUpModuleId, 0, NULL }
};

static NTSTATUS PineClientStatus = STATUS_UNSUCCESSFUL;
static NTSTATUS PineProviderStatus = STATUS_UNSUCCESSFUL;
static HANDLE PineClient, PineProvider;

static VOID PineCleanup(VOID)
{
    if (NT_SUCCESS(PineProviderStatus)) {
        if (NmrDeregisterProvider(PineProvider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(PineProvider);
        }
    }
    if (NT_SUCCESS(PineClientStatus)) {
        if (NmrDeregisterClient(PineClient) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(PineClient);
        }
    }
}

VOID NTAPI PineUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PineCleanup();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    PineClientStatus = NmrRegisterClient(&PineDownClient, NULL, &PineClient);
    if (!NT_SUCCESS(PineClientStatus)) {
        return PineClientStatus;
    }
    PineProviderStatus = NmrRegisterProvider(&PineUpProvider, NULL, &PineProvider);
    if (!NT_SUCCESS(PineProviderStatus)) {
        PineCleanup();
        return PineProviderStatus;
    }
    DriverObject->DriverUnload = PineUnload;
    return STATUS_SUCCESS;
}
