/* Good: two statuses are tested together, and one is kept in a variable that is tested at the end of the function. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD JiveUnload;

static const NPIID JiveDownNpiId = { 0xb3ba8f7c, 0xf4fb, 0x4b04, { 0x63, 0x99, 0x9d, 0xdb, 0x3e, 0xa8, 0x4e, 0x9c } };
static const NPI_MODULEID JiveDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x344897c2, 0xf57d, 0x4c67, { 0x07, 0xff, 0x8d, 0xcc, 0xf1, 0x3f, 0xe3, 0x9d } } } };
static const ULONG JiveDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } JiveDownPeer;

static NTSTATUS NTAPI JiveDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &JiveDownPeer, &JiveDownDispatch, &JiveDownPeer.Context, &JiveDownPeer.Dispatch);
}

static NTSTATUS NTAPI JiveDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    JiveDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS JiveDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), JiveDownAttach, JiveDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JiveDownNpiId, &JiveDownModuleId, 0, NULL }
};
static const NPIID JiveUpNpiId = { 0x46707350, 0xd32e, 0x4ab2, { 0x57, 0x63, 0x24, 0x40, 0x5d, 0xab, 0x82, 0x29 } };
static const NPI_MODULEID JiveUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xba2ee781, 0x0863, 0x4e8c, { 0xed, 0xfa, 0x30, 0xe8, 0x87, 0x90, 0x6a, 0xd9 } } } };
static const ULONG JiveUpDispatch[2] = { 8, 1 };
static volatile LONG JiveUpClients;

static NTSTATUS NTAPI JiveUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&JiveUpClients);
    *ProviderBindingContext = (PVOID)&JiveUpClients;
    *ProviderDispatch = JiveUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI JiveUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS JiveUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), JiveUpAttachClient, JiveUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JiveUpNpiId, &JiveUpModuleId, 0, NULL }
};

static HANDLE JiveClient, JiveProvider;

static VOID JiveEndClient(VOID)
{
    if (NmrDeregisterClient(JiveClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(JiveClient);
    }
}

static VOID JiveEndProvider(VOID)
{
    if (NmrDeregisterProvider(JiveProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(JiveProvider);
    }
}

VOID NTAPI JiveUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    JiveEndProvider();
    JiveEndClient();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS ClientStatus, ProviderStatus;

    UNREFERENCED_PARAMETER(RegistryPath);
    ClientStatus = NmrRegisterClient(&JiveDownClient, NULL, &JiveClient);
    ProviderStatus = NmrRegisterProvider(&JiveUpProvider, NULL, &JiveProvider);
    if (NT_SUCCESS(ClientStatus) && NT_SUCCESS(ProviderStatus)) {
        DriverObject->DriverUnload = JiveUnload;
        return STATUS_SUCCESS;
    }
    if (NT_SUCCESS(ProviderStatus)) {
        JiveEndProvider();
    }
    if (NT_SUCCESS(ClientStatus)) {
        JiveEndClient();
    }
    return NT_SUCCESS(ClientStatus) ? ProviderStatus : ClientStatus;
}
