/* Defect: the status that decides over the wait is overwritten by a later call's. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FadoUnload;

static const NPIID FadoNpiId = { 0xddabb446, 0xd03b, 0x464c, { 0x46, 0x7d, 0xb0, 0x0f, 0x48, 0x8d, 0xc3, 0xbb } };
static const NPI_MODULEID FadoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x98e485bc, 0x25b6, 0x4f77, { 0x6a, 0x44, 0x35, 0x40, 0x12, 0x75, 0x31, 0xb9 } } } };
static const ULONG FadoDispatch[2] = { 8, 1 };
static volatile LONG FadoClients;

static NTSTATUS NTAPI FadoAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FadoClients);
    *ProviderBindingContext = (PVOID)&FadoClients;
    *ProviderDispatch = FadoDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FadoDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FadoProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FadoAttachClient, FadoDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FadoNpiId, &FadoModuleId, 0, NULL }
};

static HANDLE FadoHandle;
static UNICODE_STRING FadoLink = RTL_CONSTANT_STRING(L"\\DosDevices\\Fado");

VOID NTAPI FadoUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    Status = NmrDeregisterProvider(FadoHandle); // EXPECT: nmr-missing-wait
    Status = IoDeleteSymbolicLink(&FadoLink);
    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(FadoHandle);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNICODE_STRING Name = RTL_CONSTANT_STRING(L"\\Device\\Fado");
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, &Name, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateSymbolicLink(&FadoLink, &Name);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    Status = NmrRegisterProvider(&FadoProvider, NULL, &FadoHandle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteSymbolicLink(&FadoLink);
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->DriverUnload = FadoUnload;
    return STATUS_SUCCESS;
}
