/*
 * Good: the __finally block that undoes a failed start deregisters if the register call succeeded.
 * (Twin: bad_finally_unguarded.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WaxwingUnload;

static HANDLE WaxwingHandle;
static PDEVICE_OBJECT WaxwingDevice;
static const NPIID WaxwingNpiId = { 0xc901d4f7, 0x39ca, 0x4a57, { 0x87, 0x3e, 0xc9, 0xa4, 0xd4, 0x8f, 0xca, 0x49 } };
static const NPI_MODULEID WaxwingModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x4e8e1efe, 0x1e20, 0x40e1, { 0x8b, 0xf0, 0xca, 0x21, 0x41, 0x68, 0x62, 0xb2 } } }
};
static const ULONG WaxwingDispatch = 2;
static struct { PVOID Context; const VOID *Dispatch; } WaxwingPeer;

static NTSTATUS NTAPI WaxwingAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &WaxwingPeer, &WaxwingDispatch, &WaxwingPeer.Context, &WaxwingPeer.Dispatch);
}

static NTSTATUS NTAPI WaxwingDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    WaxwingPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS WaxwingClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), WaxwingAttach, WaxwingDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WaxwingNpiId, &WaxwingModuleId, 0, NULL }
};

VOID NTAPI WaxwingUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(WaxwingDevice);
    if (NmrDeregisterClient(WaxwingHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(WaxwingHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status = STATUS_UNSUCCESSFUL;
    BOOLEAN Registered = FALSE;

    UNREFERENCED_PARAMETER(RegistryPath);
    __try {
        Status = NmrRegisterClient(&WaxwingClient, NULL, &WaxwingHandle);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        Registered = TRUE;
        Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &WaxwingDevice);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        DriverObject->DriverUnload = WaxwingUnload;
    } __finally {
        if (!NT_SUCCESS(Status) && Registered) {
            NTSTATUS EndStatus = NmrDeregisterClient(WaxwingHandle);

            if (EndStatus == STATUS_PENDING) {
                NmrWaitForClientDeregisterComplete(WaxwingHandle);
            }
        }
    }
    return Status;
}
