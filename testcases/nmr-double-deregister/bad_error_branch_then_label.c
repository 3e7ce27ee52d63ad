/* Defect: the branch for a failed device undoes the registration by itself and then jumps to the label that does it too. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RobinUnload;

static const NPIID RobinNpiId = { 0x22d5d814, 0xd801, 0x4d8b, { 0xe1, 0xa1, 0xc3, 0xfc, 0x36, 0x79, 0x6d, 0xe9 } };
static const NPI_MODULEID RobinModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x48186bdb, 0x9840, 0x4acd, { 0x2e, 0x91, 0x28, 0x9d, 0x28, 0x2b, 0xb8, 0x1f } } } };
static const ULONG RobinDispatch[2] = { 8, 1 };
static volatile LONG RobinClients;

static NTSTATUS NTAPI RobinAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&RobinClients);
    *ProviderBindingContext = (PVOID)&RobinClients;
    *ProviderDispatch = RobinDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI RobinDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS RobinProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), RobinAttachClient, RobinDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RobinNpiId, &RobinModuleId, 0, NULL }
};

static HANDLE RobinHandle;
static PDEVICE_OBJECT RobinDevice;

static VOID RobinEnd(VOID)
{
    if (NmrDeregisterProvider(RobinHandle) == STATUS_PENDING) { // EXPECT: nmr-double-deregister
        NmrWaitForProviderDeregisterComplete(RobinHandle);
    }
}

VOID NTAPI RobinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RobinEnd();
    IoDeleteDevice(RobinDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&RobinProvider, NULL, &RobinHandle);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &RobinDevice);
    if (!NT_SUCCESS(Status)) {
        RobinEnd();
        goto EndProvider;
    }
    DriverObject->DriverUnload = RobinUnload;
    goto Exit;

EndProvider:
    RobinEnd();
Exit:
    return Status;
}
