/* Good: start and stop requests run through an interlocked state; each transition is made by one caller. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_UP   CTL_CODE(FILE_DEVICE_NETWORK, 0x860, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define IOCTL_DOWN CTL_CODE(FILE_DEVICE_NETWORK, 0x861, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TurboUnload;

static const NPIID TurboNpiId = { 0x6f53bfe0, 0x4e78, 0x4da8, { 0x3b, 0xa0, 0xc4, 0xf3, 0x5b, 0xa6, 0x84, 0x7e } };
static const NPI_MODULEID TurboModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf8e272cc, 0xdce3, 0x491e, { 0x64, 0x24, 0xf1, 0x4a, 0x4e, 0xf1, 0x56, 0xc9 } } } };
static const ULONG TurboDispatch[2] = { 8, 1 };
static volatile LONG TurboClients;

static NTSTATUS NTAPI TurboAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&TurboClients);
    *ProviderBindingContext = (PVOID)&TurboClients;
    *ProviderDispatch = TurboDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TurboDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS TurboProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), TurboAttachClient, TurboDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TurboNpiId, &TurboModuleId, 0, NULL }
};

enum { TURBO_DOWN, TURBO_BUSY, TURBO_UP };

static HANDLE TurboHandle;
static volatile LONG TurboState = TURBO_DOWN;

static NTSTATUS TurboUp(VOID)
{
    NTSTATUS Status;

    if (InterlockedCompareExchange(&TurboState, TURBO_BUSY, TURBO_DOWN) != TURBO_DOWN) {
        return STATUS_INVALID_DEVICE_STATE;
    }
    Status = NmrRegisterProvider(&TurboProvider, NULL, &TurboHandle);
    InterlockedExchange(&TurboState, NT_SUCCESS(Status) ? TURBO_UP : TURBO_DOWN);
    return Status;
}

static NTSTATUS TurboDown(VOID)
{
    if (InterlockedCompareExchange(&TurboState, TURBO_BUSY, TURBO_UP) != TURBO_UP) {
        return STATUS_INVALID_DEVICE_STATE;
    }
    if (NmrDeregisterProvider(TurboHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(TurboHandle);
    }
    InterlockedExchange(&TurboState, TURBO_DOWN);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TurboControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(DeviceObject);
    switch (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_UP:
        Status = TurboUp();
        break;
    case IOCTL_DOWN:
        Status = TurboDown();
        break;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI TurboUnload(PDRIVER_OBJECT DriverObject)
{
    (VOID)TurboDown();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TurboControl;
    DriverObject->DriverUnload = TurboUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
}
