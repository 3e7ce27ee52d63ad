/*
 * Each step pushes what undoes it. Defect: the step that registers does not, and its handle is a local.
 * (Twin: ok_pushed)
 */
#include "undo.h"
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static const NPIID IodineNpiId = { 0x8fa78999, 0x8210, 0x4e0e, { 0x84, 0xe2, 0x76, 0x35, 0xda, 0x14, 0x22, 0xe0 } };
static const NPI_MODULEID IodineModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x78e4344e, 0x071a, 0x480d, { 0x84, 0x6d, 0xb3, 0xa4, 0x71, 0x75, 0xe0, 0x43 } } }
};
static const ULONG IodineDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } IodinePeer;

static NTSTATUS NTAPI IodineAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &IodinePeer, &IodineDispatch, &IodinePeer.Context, &IodinePeer.Dispatch);
}

static NTSTATUS NTAPI IodineDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    IodinePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS IodineClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), IodineAttach, IodineDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &IodineNpiId, &IodineModuleId, 0, NULL }
};

static VOID IodineDeleteDevice(PVOID Argument)
{
    IoDeleteDevice(Argument);
}

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UndoAll();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    UndoPush(IodineDeleteDevice, DeviceObject);

    Status = NmrRegisterClient(&IodineClient, NULL, &Handle); // EXPECT: nmr-lost-handle
    if (!NT_SUCCESS(Status)) {
        UndoAll();
        return Status;
    }
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}
