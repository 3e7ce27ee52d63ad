/* Good: the local handle is published in the object once everything has succeeded. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FrogUnload;

static const NPIID FrogNpiId = { 0x239243b6, 0xcfca, 0x4ef8, { 0xa6, 0xd7, 0x00, 0x4f, 0x21, 0xb7, 0xaf, 0x6f } };
static const NPI_MODULEID FrogModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x79c622ca, 0x71a5, 0x40f4, { 0x79, 0x84, 0xab, 0x00, 0x9e, 0x14, 0x45, 0xb2 } } } };
static const ULONG FrogDispatch[2] = { 8, 1 };
static volatile LONG FrogClients;

static NTSTATUS NTAPI FrogAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FrogClients);
    *ProviderBindingContext = (PVOID)&FrogClients;
    *ProviderDispatch = FrogDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FrogDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FrogProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FrogAttachClient, FrogDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FrogNpiId, &FrogModuleId, 0, NULL }
};

static struct {
    PDEVICE_OBJECT Device;
    HANDLE Provider;
} Frog;

VOID NTAPI FrogUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Frog.Provider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Frog.Provider);
    }
    IoDeleteDevice(Frog.Device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT Device = NULL;
    HANDLE Provider = NULL;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&FrogProvider, NULL, &Provider);
    if (!NT_SUCCESS(Status)) {
        Provider = NULL;
        goto Fail;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Device);
    if (!NT_SUCCESS(Status)) {
        Device = NULL;
        goto Fail;
    }
    Frog.Provider = Provider;
    Frog.Device = Device;
    DriverObject->DriverUnload = FrogUnload;
    return STATUS_SUCCESS;

Fail:
    if (Provider != NULL) {
        if (NmrDeregisterProvider(Provider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Provider);
        }
    }
    return Status;
}
