/* Defect: stop leaves the wait to its callers; unload does it, the failing entry does not. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CitrineUnload;

static const NPIID CitrineNpiId = { 0xddb30c42, 0x43ec, 0x4902, { 0x41, 0x2a, 0xb3, 0xab, 0x68, 0x8b, 0x44, 0xf5 } };
static const NPI_MODULEID CitrineModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x45908238, 0xa099, 0x4c94, { 0x30, 0x41, 0xed, 0xdf, 0xdc, 0xf5, 0xe8, 0x3c } } } };
static const ULONG CitrineDispatch[2] = { 8, 1 };
static volatile LONG CitrineClients;

static NTSTATUS NTAPI CitrineAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CitrineClients);
    *ProviderBindingContext = (PVOID)&CitrineClients;
    *ProviderDispatch = CitrineDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CitrineDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CitrineProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CitrineAttachClient, CitrineDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CitrineNpiId, &CitrineModuleId, 0, NULL }
};

static HANDLE CitrineHandle;

static NTSTATUS CitrineBeginStop(VOID)
{
    return NmrDeregisterProvider(CitrineHandle); // EXPECT: nmr-missing-wait
}

VOID NTAPI CitrineUnload(PDRIVER_OBJECT DriverObject)
{
    if (CitrineBeginStop() == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CitrineHandle);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&CitrineProvider, NULL, &CitrineHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        NT_VERIFY(CitrineBeginStop() == STATUS_PENDING);
        return Status;
    }
    DriverObject->DriverUnload = CitrineUnload;
    return STATUS_SUCCESS;
}
