/*
 * A request that watches for providers for a second. Defect: on the path where the request is cancelled the function
 * is left with the registration, whose characteristics are its local.
 * (Twin: ok_scoped_all_paths.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SwiftUnload;

static KEVENT SwiftCancel;
static const NPIID SwiftNpiId = { 0x1f6b54f9, 0xf7f4, 0x4837, { 0x86, 0x9a, 0x8c, 0xac, 0xfa, 0xd4, 0x2e, 0x5e } };
static const NPI_MODULEID SwiftModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xf0e88eff, 0x4b64, 0x457d, { 0x8f, 0x71, 0x68, 0xd5, 0x1b, 0x77, 0x18, 0x2a } } }
};
static const ULONG SwiftDispatch = 2;
static struct { PVOID Context; const VOID *Dispatch; } SwiftPeer;

static NTSTATUS NTAPI SwiftAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SwiftPeer, &SwiftDispatch, &SwiftPeer.Context, &SwiftPeer.Dispatch);
}

static NTSTATUS NTAPI SwiftDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SwiftPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS SwiftWatch(PBOOLEAN Seen)
{
    NPI_CLIENT_CHARACTERISTICS Client;
    LARGE_INTEGER Second;
    HANDLE Handle;
    NTSTATUS Status;

    RtlZeroMemory(&Client, sizeof(Client));
    Client.Length = sizeof(NPI_CLIENT_CHARACTERISTICS);
    Client.ClientAttachProvider = SwiftAttach;
    Client.ClientDetachProvider = SwiftDetach;
    Client.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Client.ClientRegistrationInstance.NpiId = &SwiftNpiId;
    Client.ClientRegistrationInstance.ModuleId = &SwiftModuleId;

    Status = NmrRegisterClient(&Client, NULL, &Handle); // EXPECT: nmr-stack-characteristics
    if (!NT_SUCCESS(Status)) {
        return Status;
    }

    Second.QuadPart = -10 * 1000 * 1000;
    Status = KeWaitForSingleObject(&SwiftCancel, Executive, KernelMode, FALSE, &Second);
    if (Status != STATUS_TIMEOUT) {
        return STATUS_CANCELLED;
    }
    *Seen = (SwiftPeer.Dispatch != NULL);

    if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SwiftRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    BOOLEAN Seen = FALSE;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    Status = SwiftWatch(&Seen);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = Seen;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI SwiftUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&SwiftCancel, NotificationEvent, FALSE);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_READ] = SwiftRead;
    DriverObject->DriverUnload = SwiftUnload;
    return STATUS_SUCCESS;
}
