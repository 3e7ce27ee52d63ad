/*
 * Defect: the registration's context is the device extension, and unload deletes the device before it deregisters.
 * (Twin: ok_extension_deleted_last.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MerlinUnload;

typedef struct _MERLIN_EXTENSION {
    ULONG Signature;
    volatile LONG Clients;
} MERLIN_EXTENSION, *PMERLIN_EXTENSION;

static HANDLE MerlinHandle;
static const ULONG MerlinDispatch = 4;
static const NPIID MerlinNpiId = { 0xc80328a9, 0x2a07, 0x4ba9, { 0x8c, 0x9a, 0xf0, 0xd7, 0x1c, 0x22, 0xc9, 0x6c } };
static const NPI_MODULEID MerlinModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xd9964f56, 0x0d0e, 0x4a3e, { 0x85, 0xc0, 0x7c, 0x18, 0x76, 0xe9, 0x88, 0x25 } } }
};

static NTSTATUS NTAPI MerlinAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PMERLIN_EXTENSION Extension = ProviderContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&Extension->Clients);
    *ProviderBindingContext = Extension;
    *ProviderDispatch = &MerlinDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MerlinDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement(&((PMERLIN_EXTENSION)ProviderBindingContext)->Clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS MerlinProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MerlinAttachClient, MerlinDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MerlinNpiId, &MerlinModuleId, 0, NULL }
};

VOID NTAPI MerlinUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject); // EXPECT: nmr-freed-while-registered
    if (NmrDeregisterProvider(MerlinHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(MerlinHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    PMERLIN_EXTENSION Extension;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, sizeof(*Extension), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Extension->Signature = 'lreM';

    Status = NmrRegisterProvider(&MerlinProvider, Extension, &MerlinHandle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->DriverUnload = MerlinUnload;
    return STATUS_SUCCESS;
}
