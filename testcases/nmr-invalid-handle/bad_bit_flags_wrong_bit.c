/* Defect: the provider's part of the cleanup looks at the client's bit. */
#include <ntddk.h>
#include <netioddk.h>

#define OAK_DEVICE   0x01
#define OAK_CLIENT   0x02
#define OAK_PROVIDER 0x04

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD OakUnload;

static const NPIID OakDownNpiId = { 0xcb9e9111, 0x64cf, 0x4c9b, { 0x55, 0x44, 0x00, 0xf1, 0x16, 0x0f, 0xf2, 0x3a } };
static const NPI_MODULEID OakDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc10620f1, 0x3306, 0x4f03, { 0x9b, 0xef, 0xac, 0x0b, 0x91, 0x9a, 0xf0, 0xb5 } } } };
static const ULONG OakDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OakDownPeer;

static NTSTATUS NTAPI OakDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &OakDownPeer, &OakDownDispatch, &OakDownPeer.Context, &OakDownPeer.Dispatch);
}

static NTSTATUS NTAPI OakDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OakDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OakDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OakDownAttach, OakDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OakDownNpiId, &OakDownModuleId, 0, NULL }
};
static const NPIID OakUpNpiId = { 0x58ca88d5, 0x350a, 0x4518, { 0x4c, 0x86, 0xec, 0xaa, 0x36, 0x61, 0x89, 0x80 } };
static const NPI_MODULEID OakUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xba97e1f6, 0x2662, 0x43dc, { 0xcf, 0x6e, 0xe9, 0xba, 0x66, 0xa4, 0x45, 0x13 } } } };
static const ULONG OakUpDispatch[2] = { 8, 1 };
static volatile LONG OakUpClients;

static NTSTATUS NTAPI OakUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&OakUpClients);
    *ProviderBindingContext = (PVOID)&OakUpClients;
    *ProviderDispatch = OakUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI OakUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS OakUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OakUpAttachClient, OakUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OakUpNpiId, &OakUpModuleId, 0, NULL }
};

static struct {
    ULONG Initialised;
    HANDLE Client, Provider;
    PDEVICE_OBJECT Device;
} Oak;

static VOID OakCleanup(VOID)
{
    if (Oak.Initialised & OAK_CLIENT) {
        if (NmrDeregisterProvider(Oak.Provider) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
            NmrWaitForProviderDeregisterComplete(Oak.Provider);
        }
    }
    if (Oak.Initialised & OAK_CLIENT) {
        if (NmrDeregisterClient(Oak.Client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Oak.Client);
        }
    }
    if (Oak.Initialised & OAK_DEVICE) {
        IoDeleteDevice(Oak.Device);
    }
    Oak.Initialised = 0;
}

VOID NTAPI OakUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    OakCleanup();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Oak.Device);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    Oak.Initialised |= OAK_DEVICE;
    Status = NmrRegisterClient(&OakDownClient, NULL, &Oak.Client);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    Oak.Initialised |= OAK_CLIENT;
    Status = NmrRegisterProvider(&OakUpProvider, NULL, &Oak.Provider);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    Oak.Initialised |= OAK_PROVIDER;
    DriverObject->DriverUnload = OakUnload;

Exit:
    if (!NT_SUCCESS(Status)) {
        OakCleanup();
    }
    return Status;
}
