/*
 * Defect: characteristics and handle both in the frame of DriverEntry, nothing ever ends the registration. One defect:
 * the stack finding stands for the lost handle too.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GannetUnload;

static const NPIID GannetNpiId = { 0x79a9c772, 0xfe04, 0x4c03, { 0x2d, 0x99, 0xcf, 0x79, 0xcb, 0x74, 0xf7, 0x0a } };
static const NPI_MODULEID GannetModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7fd37674, 0x2010, 0x44a0, { 0x4d, 0x54, 0x6b, 0xa1, 0x93, 0x1f, 0x05, 0x84 } } } };
static const ULONG GannetDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } GannetPeer;

static NTSTATUS NTAPI GannetAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &GannetPeer, &GannetDispatch, &GannetPeer.Context, &GannetPeer.Dispatch);
}

static NTSTATUS NTAPI GannetDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    GannetPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

VOID NTAPI GannetUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_CLIENT_CHARACTERISTICS Chars = {
        0, sizeof(NPI_CLIENT_CHARACTERISTICS), GannetAttach, GannetDetach, NULL,
        { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GannetNpiId, &GannetModuleId, 0, NULL }
    };
    PDEVICE_OBJECT DeviceObject;
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&Chars, NULL, &Handle); // EXPECT: nmr-stack-characteristics
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->DriverUnload = GannetUnload;
    return STATUS_SUCCESS;
}
