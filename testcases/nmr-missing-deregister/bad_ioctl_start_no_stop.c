/* Defect: registered on request and guarded against a second request, but neither close nor unload ever ends it. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_LYNX_ON CTL_CODE(FILE_DEVICE_NETWORK, 0x830, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LynxUnload;

static const NPIID LynxNpiId = { 0x04656815, 0x6ec0, 0x4187, { 0x89, 0xf3, 0xb2, 0x21, 0xf1, 0x6d, 0xa2, 0xe2 } };
static const NPI_MODULEID LynxModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3f92008e, 0xa87b, 0x49f0, { 0xe4, 0xfb, 0xf8, 0x0a, 0x73, 0x23, 0xed, 0x85 } } } };
static const ULONG LynxDispatch[2] = { 8, 1 };
static volatile LONG LynxClients;

static NTSTATUS NTAPI LynxAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&LynxClients);
    *ProviderBindingContext = (PVOID)&LynxClients;
    *ProviderDispatch = LynxDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI LynxDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS LynxProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), LynxAttachClient, LynxDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LynxNpiId, &LynxModuleId, 0, NULL }
};

static HANDLE LynxHandle;
static LONG LynxOn;

static NTSTATUS LynxStart(VOID)
{
    NTSTATUS Status;

    if (InterlockedCompareExchange(&LynxOn, 1, 0) != 0) {
        return STATUS_ALREADY_INITIALIZED;
    }
    Status = NmrRegisterProvider(&LynxProvider, NULL, &LynxHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        InterlockedExchange(&LynxOn, 0);
    }
    return Status;
}

static NTSTATUS NTAPI LynxDispatchIrp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Stack->MajorFunction == IRP_MJ_DEVICE_CONTROL) {
        Status = Stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_LYNX_ON ? LynxStart() : STATUS_INVALID_DEVICE_REQUEST;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI LynxUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = LynxDispatchIrp;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = LynxDispatchIrp;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = LynxDispatchIrp;
    DriverObject->DriverUnload = LynxUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
}
