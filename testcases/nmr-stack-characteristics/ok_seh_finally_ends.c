/* Good: the frame that holds the characteristics deregisters and waits in its termination handler. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TitUnload;

static const NPIID TitNpiId = { 0x5fe196fa, 0x09e4, 0x42ed, { 0xb4, 0x28, 0xb1, 0x46, 0xa4, 0xf7, 0xff, 0x27 } };
static const NPI_MODULEID TitModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3ebfa6ef, 0xdf00, 0x4d3c, { 0xb6, 0x7b, 0xe0, 0x03, 0x46, 0xb3, 0x02, 0x22 } } } };
static const ULONG TitDispatch[2] = { 8, 1 };
static volatile LONG TitClients;

static NTSTATUS NTAPI TitAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&TitClients);
    *ProviderBindingContext = (PVOID)&TitClients;
    *ProviderDispatch = TitDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TitDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static KEVENT TitDone;

static NTSTATUS TitServeOnce(ULONG Seconds)
{
    NPI_PROVIDER_CHARACTERISTICS Chars = { 0 };
    BOOLEAN Registered = FALSE;
    HANDLE Handle = NULL;
    LARGE_INTEGER Timeout;
    NTSTATUS Status;

    __try {
        Chars.Length = sizeof(Chars);
        Chars.ProviderAttachClient = TitAttachClient;
        Chars.ProviderDetachClient = TitDetachClient;
        Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
        Chars.ProviderRegistrationInstance.NpiId = &TitNpiId;
        Chars.ProviderRegistrationInstance.ModuleId = &TitModuleId;
        Status = NmrRegisterProvider(&Chars, NULL, &Handle);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        Registered = TRUE;
        Timeout.QuadPart = -10LL * 1000 * 1000 * Seconds;
        Status = KeWaitForSingleObject(&TitDone, Executive, KernelMode, FALSE, &Timeout);
        if (Status == STATUS_TIMEOUT) {
            Status = STATUS_IO_TIMEOUT;
            __leave;
        }
        if (TitClients == 0) {
            Status = STATUS_NOT_FOUND;
        }
    } __finally {
        if (Registered) {
            if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(Handle);
            }
        }
    }
    return Status;
}

static NTSTATUS NTAPI TitControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = TitServeOnce(5);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI TitUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&TitDone, SynchronizationEvent, FALSE);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TitControl;
    DriverObject->DriverUnload = TitUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
}
