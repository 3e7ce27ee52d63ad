/* Defect: "no handle" is the project's own constant, but the provider's guard compares with NULL. */
#include <ntddk.h>
#include <netioddk.h>

#define NO_NMR_HANDLE ((HANDLE)(LONG_PTR)-1)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD OpalUnload;

static const NPIID OpalDownNpiId = { 0x7d7e1e16, 0xc7bd, 0x4f9c, { 0xc1, 0xb8, 0xd5, 0x2e, 0x6d, 0x31, 0x12, 0x09 } };
static const NPI_MODULEID OpalDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf0d7cb8f, 0x0a51, 0x4fc9, { 0x7f, 0xe4, 0x6a, 0x2c, 0xeb, 0x49, 0x96, 0x0c } } } };
static const ULONG OpalDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OpalDownPeer;

static NTSTATUS NTAPI OpalDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &OpalDownPeer, &OpalDownDispatch, &OpalDownPeer.Context, &OpalDownPeer.Dispatch);
}

static NTSTATUS NTAPI OpalDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OpalDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OpalDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OpalDownAttach, OpalDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OpalDownNpiId, &OpalDownModuleId, 0, NULL }
};
static const NPIID OpalUpNpiId = { 0xa0990fea, 0x9e76, 0x4259, { 0x77, 0x83, 0xae, 0xf0, 0xb2, 0x3a, 0x43, 0x84 } };
static const NPI_MODULEID OpalUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8fad0c23, 0x62ba, 0x4780, { 0x48, 0x7b, 0x7a, 0x51, 0x20, 0x91, 0x08, 0x39 } } } };
static const ULONG OpalUpDispatch[2] = { 8, 1 };
static volatile LONG OpalUpClients;

static NTSTATUS NTAPI OpalUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&OpalUpClients);
    *ProviderBindingContext = (PVOID)&OpalUpClients;
    *ProviderDispatch = OpalUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI OpalUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS OpalUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OpalUpAttachClient, OpalUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OpalUpNpiId, &OpalUpModuleId, 0, NULL }
};

static HANDLE OpalClient = NO_NMR_HANDLE;
static HANDLE OpalProvider = NO_NMR_HANDLE;

static VOID OpalCleanup(VOID)
{
    if (OpalProvider != NULL) {
        if (NmrDeregisterProvider(OpalProvider) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
            NmrWaitForProviderDeregisterComplete(OpalProvider);
        }
        OpalProvider = NO_NMR_HANDLE;
    }
    if (OpalClient != NO_NMR_HANDLE) {
        if (NmrDeregisterClient(OpalClient) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(OpalClient);
        }
        OpalClient = NO_NMR_HANDLE;
    }
}

VOID NTAPI OpalUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    OpalCleanup();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    HANDLE Handle;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OpalUnload;
    Status = NmrRegisterClient(&OpalDownClient, NULL, &Handle);
    if (NT_SUCCESS(Status)) {
        OpalClient = Handle;
        Status = NmrRegisterProvider(&OpalUpProvider, NULL, &Handle);
        if (NT_SUCCESS(Status)) {
            OpalProvider = Handle;
        }
    }
    if (!NT_SUCCESS(Status)) {
        OpalCleanup();
    }
    return Status;
}
