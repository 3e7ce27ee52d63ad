/* Good: the project marks "no handle" with a value of its own, not NULL. */
#include <ntddk.h>
#include <netioddk.h>

#define NO_NMR_HANDLE ((HANDLE)(LONG_PTR)-1)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TopazUnload;

static const NPIID TopazDownNpiId = { 0x122dedec, 0x51f2, 0x4b1b, { 0x5e, 0x5f, 0x26, 0xeb, 0xe9, 0x40, 0x6d, 0x60 } };
static const NPI_MODULEID TopazDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6283daff, 0x3b6e, 0x4904, { 0x93, 0xde, 0xee, 0x33, 0x2c, 0xeb, 0x22, 0xf6 } } } };
static const ULONG TopazDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } TopazDownPeer;

static NTSTATUS NTAPI TopazDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TopazDownPeer, &TopazDownDispatch, &TopazDownPeer.Context, &TopazDownPeer.Dispatch);
}

static NTSTATUS NTAPI TopazDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TopazDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TopazDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TopazDownAttach, TopazDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TopazDownNpiId, &TopazDownModuleId, 0, NULL }
};
static const NPIID TopazUpNpiId = { 0x2dd35e98, 0x3e89, 0x4460, { 0x08, 0x31, 0x2e, 0x16, 0x73, 0x24, 0x3f, 0xc4 } };
static const NPI_MODULEID TopazUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb55433b3, 0x6e0e, 0x42f6, { 0xaa, 0x67, 0xc2, 0xb6, 0xc1, 0x1e, 0x4e, 0xc0 } } } };
static const ULONG TopazUpDispatch[2] = { 8, 1 };
static volatile LONG TopazUpClients;

static NTSTATUS NTAPI TopazUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&TopazUpClients);
    *ProviderBindingContext = (PVOID)&TopazUpClients;
    *ProviderDispatch = TopazUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TopazUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS TopazUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), TopazUpAttachClient, TopazUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TopazUpNpiId, &TopazUpModuleId, 0, NULL }
};

static HANDLE TopazClient = NO_NMR_HANDLE;
static HANDLE TopazProvider = NO_NMR_HANDLE;

static VOID TopazCleanup(VOID)
{
    if (TopazProvider != NO_NMR_HANDLE) {
        if (NmrDeregisterProvider(TopazProvider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(TopazProvider);
        }
        TopazProvider = NO_NMR_HANDLE;
    }
    if (TopazClient != NO_NMR_HANDLE) {
        if (NmrDeregisterClient(TopazClient) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(TopazClient);
        }
        TopazClient = NO_NMR_HANDLE;
    }
}

VOID NTAPI TopazUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    TopazCleanup();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    HANDLE Handle;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = TopazUnload;
    Status = NmrRegisterClient(&TopazDownClient, NULL, &Handle);
    if (NT_SUCCESS(Status)) {
        TopazClient = Handle;
        Status = NmrRegisterProvider(&TopazUpProvider, NULL, &Handle);
        if (NT_SUCCESS(Status)) {
            TopazProvider = Handle;
        }
    }
    if (!NT_SUCCESS(Status)) {
        TopazCleanup();
    }
    return Status;
}
