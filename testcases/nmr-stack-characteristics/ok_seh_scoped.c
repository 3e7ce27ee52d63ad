/*
 * Good: characteristics, context and handle are locals of a function that ends the registration in its __finally block,
 * whatever happens in between.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD NightjarUnload;

static const NPIID NightjarNpiId = { 0x2964144d, 0xe53e, 0x4d8a, { 0x8f, 0x02, 0xa1, 0x0d, 0x61, 0x28, 0x7c, 0x40 } };
static const NPI_MODULEID NightjarModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x83e53736, 0xe423, 0x4f03, { 0x82, 0xc0, 0x98, 0x03, 0xde, 0xa7, 0xa7, 0x0a } } }
};
static const ULONG NightjarDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } NightjarPeer;

static NTSTATUS NTAPI NightjarAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &NightjarPeer, &NightjarDispatch, &NightjarPeer.Context, &NightjarPeer.Dispatch);
}

static NTSTATUS NTAPI NightjarDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    NightjarPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS NightjarProbe(PVOID UserBuffer, ULONG Length)
{
    NPI_CLIENT_CHARACTERISTICS Client = { 0 };
    BOOLEAN Registered = FALSE;
    ULONG Present;
    HANDLE Handle = NULL;
    NTSTATUS Status;

    Client.Length = sizeof(Client);
    Client.ClientAttachProvider = NightjarAttach;
    Client.ClientDetachProvider = NightjarDetach;
    Client.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Client.ClientRegistrationInstance.NpiId = &NightjarNpiId;
    Client.ClientRegistrationInstance.ModuleId = &NightjarModuleId;

    __try {
        if (Length < sizeof(Present)) {
            Status = STATUS_BUFFER_TOO_SMALL;
            __leave;
        }
        Status = NmrRegisterClient(&Client, NULL, &Handle);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        Registered = TRUE;
        Present = (NightjarPeer.Dispatch != NULL);
        __try {
            ProbeForWrite(UserBuffer, sizeof(Present), sizeof(ULONG));
            *(PULONG)UserBuffer = Present;
        } __except (EXCEPTION_EXECUTE_HANDLER) {
            Status = GetExceptionCode();
        }
    } __finally {
        if (Registered) {
            if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
                NmrWaitForClientDeregisterComplete(Handle);
            }
        }
    }
    return Status;
}

static NTSTATUS NTAPI NightjarControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    Status = NightjarProbe(Irp->UserBuffer, Stack->Parameters.DeviceIoControl.OutputBufferLength);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = NT_SUCCESS(Status) ? sizeof(ULONG) : 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI NightjarUnload(PDRIVER_OBJECT DriverObject)
{
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
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = NightjarControl;
    DriverObject->DriverUnload = NightjarUnload;
    return STATUS_SUCCESS;
}
