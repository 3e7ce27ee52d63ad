/* Defect: the context is the address of DriverEntry's parameter, not the driver object. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD OrioleUnload;

static const NPIID OrioleNpiId = { 0x1084b1f9, 0xda5c, 0x480a, { 0x7c, 0x73, 0x8d, 0x36, 0xb6, 0xb9, 0x5b, 0xba } };
static const NPI_MODULEID OrioleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x21bdb4aa, 0xb7a7, 0x4db6, { 0x02, 0x7e, 0x10, 0x84, 0x2b, 0xed, 0x2a, 0x02 } } } };

static const ULONG OrioleDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OriolePeer;
static HANDLE OrioleHandle;

static NTSTATUS NTAPI OrioleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PDRIVER_OBJECT *DriverObject = ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    if ((*DriverObject)->DeviceObject == NULL) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &OriolePeer, &OrioleDispatch, &OriolePeer.Context, &OriolePeer.Dispatch);
}

static NTSTATUS NTAPI OrioleDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OriolePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OrioleClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OrioleAttach, OrioleDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OrioleNpiId, &OrioleModuleId, 0, NULL }
};

VOID NTAPI OrioleUnload(PDRIVER_OBJECT DriverObject)
{
    if (NmrDeregisterClient(OrioleHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OrioleHandle);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&OrioleClient, &DriverObject, &OrioleHandle); // EXPECT: nmr-stack-context
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->DriverUnload = OrioleUnload;
    return STATUS_SUCCESS;
}
