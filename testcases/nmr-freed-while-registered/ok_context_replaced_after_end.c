/* Good: reconfiguration ends the registration, frees the old context, makes a new one and registers again. */
#include <ntddk.h>
#include <netioddk.h>

#define SWING_TAG 'niwS'
#define IOCTL_RECONFIGURE CTL_CODE(FILE_DEVICE_NETWORK, 0x890, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SwingUnload;

static const NPIID SwingNpiId = { 0x198b44a4, 0x0aa7, 0x47f2, { 0x56, 0x88, 0x60, 0x10, 0xc7, 0x52, 0x6c, 0x0b } };
static const NPI_MODULEID SwingModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd87bbc85, 0x1096, 0x48a3, { 0x65, 0x0b, 0xb1, 0xd1, 0x33, 0xcb, 0x10, 0xe5 } } } };
static const ULONG SwingDispatch[2] = { 8, 1 };
static volatile LONG SwingClients;

static NTSTATUS NTAPI SwingAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SwingClients);
    *ProviderBindingContext = (PVOID)&SwingClients;
    *ProviderDispatch = SwingDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SwingDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS SwingProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SwingAttachClient, SwingDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SwingNpiId, &SwingModuleId, 0, NULL }
};

typedef struct _SWING_CONFIG { ULONG Depth; } SWING_CONFIG, *PSWING_CONFIG;

static PSWING_CONFIG SwingConfig;
static HANDLE SwingHandle;

static NTSTATUS SwingStart(ULONG Depth)
{
    NTSTATUS Status;

    SwingConfig = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*SwingConfig), SWING_TAG);
    if (SwingConfig == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    SwingConfig->Depth = Depth;
    Status = NmrRegisterProvider(&SwingProvider, SwingConfig, &SwingHandle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(SwingConfig, SWING_TAG);
        SwingConfig = NULL;
    }
    return Status;
}

static VOID SwingStop(VOID)
{
    if (SwingConfig == NULL) {
        return;
    }
    if (NmrDeregisterProvider(SwingHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SwingHandle);
    }
    ExFreePoolWithTag(SwingConfig, SWING_TAG);
    SwingConfig = NULL;
}

static NTSTATUS NTAPI SwingControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS Status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_RECONFIGURE &&
        Stack->Parameters.DeviceIoControl.InputBufferLength == sizeof(ULONG)) {
        SwingStop();
        Status = SwingStart(*(PULONG)Irp->AssociatedIrp.SystemBuffer);
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI SwingUnload(PDRIVER_OBJECT DriverObject)
{
    SwingStop();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = SwingStart(8);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        SwingStop();
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SwingControl;
    DriverObject->DriverUnload = SwingUnload;
    return STATUS_SUCCESS;
}
