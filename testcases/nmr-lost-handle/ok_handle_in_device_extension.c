/*
 * Good: the local handle goes into the extension of a control device, and unload finds it there.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DotterelUnload;

typedef struct _DOTTEREL_EXTENSION {
    HANDLE Handle;
} DOTTEREL_EXTENSION, *PDOTTEREL_EXTENSION;

static const NPIID DotterelNpiId = { 0xb644da1c, 0xd0ab, 0x431a, { 0x8f, 0x88, 0x78, 0x28, 0xcb, 0x1a, 0x32, 0x1e } };
static const NPI_MODULEID DotterelModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x41ffaee7, 0x6fd3, 0x4e3f, { 0x8b, 0xa4, 0xfe, 0xa9, 0x8a, 0xd9, 0x11, 0xb7 } } }
};
static const ULONG DotterelDispatch = 3;
static volatile LONG DotterelClients;

static NTSTATUS NTAPI DotterelAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&DotterelClients);
    *ProviderBindingContext = (PVOID)&DotterelClients;
    *ProviderDispatch = &DotterelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI DotterelDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS DotterelProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DotterelAttachClient, DotterelDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DotterelNpiId, &DotterelModuleId, 0, NULL }
};

VOID NTAPI DotterelUnload(PDRIVER_OBJECT DriverObject)
{
    PDEVICE_OBJECT DeviceObject = DriverObject->DeviceObject;
    PDOTTEREL_EXTENSION Extension = DeviceObject->DeviceExtension;

    if (NmrDeregisterProvider(Extension->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Extension->Handle);
    }
    IoDeleteDevice(DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&DotterelProvider, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateDevice(DriverObject, sizeof(DOTTEREL_EXTENSION), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Handle);
        }
        return Status;
    }
    ((PDOTTEREL_EXTENSION)DeviceObject->DeviceExtension)->Handle = Handle;
    DriverObject->DriverUnload = DotterelUnload;
    return STATUS_SUCCESS;
}
