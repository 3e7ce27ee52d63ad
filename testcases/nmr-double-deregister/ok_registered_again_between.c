/*
 * Good: power down ends the registration, power up makes it again into the same handle, and unload ends it if it is
 * there.
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_PINE_SLEEP CTL_CODE(FILE_DEVICE_NETWORK, 0x870, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_PINE_WAKE  CTL_CODE(FILE_DEVICE_NETWORK, 0x871, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PineUnload;

static HANDLE PineHandle;
static BOOLEAN PineAwake;
static const NPIID PineNpiId = { 0xb4110f45, 0x9a65, 0x4c7d, { 0x86, 0xef, 0x9e, 0xb6, 0x66, 0x1f, 0xb2, 0xd3 } };
static const NPI_MODULEID PineModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x1e30c4c0, 0xa97b, 0x4625, { 0x8c, 0x78, 0x4f, 0x72, 0x33, 0xbc, 0xc5, 0xba } } }
};
static const ULONG PineDispatch = 8;
static volatile LONG PineClients;

static NTSTATUS NTAPI PineAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PineClients);
    *ProviderBindingContext = (PVOID)&PineClients;
    *ProviderDispatch = &PineDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PineDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PineProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PineAttachClient, PineDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PineNpiId, &PineModuleId, 0, NULL }
};

static NTSTATUS PineWake(VOID)
{
    NTSTATUS Status = STATUS_SUCCESS;

    if (!PineAwake) {
        Status = NmrRegisterProvider(&PineProvider, NULL, &PineHandle);
        PineAwake = NT_SUCCESS(Status);
    }
    return Status;
}

static VOID PineSleep(VOID)
{
    if (PineAwake) {
        PineAwake = FALSE;
        if (NmrDeregisterProvider(PineHandle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(PineHandle);
        }
    }
}

static NTSTATUS NTAPI PineControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG Code = IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode;
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Code == IOCTL_PINE_WAKE) {
        Status = PineWake();
    } else if (Code == IOCTL_PINE_SLEEP) {
        PineSleep();
    } else {
        Status = STATUS_INVALID_DEVICE_REQUEST;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI PineUnload(PDRIVER_OBJECT DriverObject)
{
    PineSleep();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = PineControl;
    DriverObject->DriverUnload = PineUnload;
    Status = PineWake();
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
    }
    return Status;
}
