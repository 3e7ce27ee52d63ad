/*
 * One function switches the registration on and off, with the handle in a static local. Good: each switch looks at it.
 * (Twin: bad_static_local_toggle.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_SIENNA_ON  CTL_CODE(FILE_DEVICE_NETWORK, 0x880, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_SIENNA_OFF CTL_CODE(FILE_DEVICE_NETWORK, 0x881, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SiennaUnload;

static const NPIID SiennaNpiId = { 0x0a616571, 0x8f8d, 0x40b1, { 0x8e, 0xee, 0xed, 0x52, 0x3b, 0x7a, 0xe3, 0x1e } };
static const NPI_MODULEID SiennaModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x5f47c707, 0xee51, 0x46b2, { 0x89, 0xc8, 0xb3, 0x17, 0x71, 0xfc, 0xf5, 0xc8 } } }
};
static const ULONG SiennaDispatch = 8;
static volatile LONG SiennaClients;

static NTSTATUS NTAPI SiennaAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SiennaClients);
    *ProviderBindingContext = (PVOID)&SiennaClients;
    *ProviderDispatch = &SiennaDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SiennaDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS SiennaProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SiennaAttachClient, SiennaDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SiennaNpiId, &SiennaModuleId, 0, NULL }
};

static NTSTATUS SiennaSwitch(BOOLEAN On)
{
    static HANDLE Current;
    HANDLE Handle;
    NTSTATUS Status;

    if (!On) {
        if (Current != NULL) {
            if (NmrDeregisterProvider(Current) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(Current);
            }
            Current = NULL;
        }
        return STATUS_SUCCESS;
    }
    if (Current != NULL) {
        return STATUS_SUCCESS;
    }
    Status = NmrRegisterProvider(&SiennaProvider, NULL, &Handle);
    if (NT_SUCCESS(Status)) {
        Current = Handle;
    }
    return Status;
}

static NTSTATUS NTAPI SiennaControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    switch (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_SIENNA_ON:
        Status = SiennaSwitch(TRUE);
        break;
    case IOCTL_SIENNA_OFF:
        Status = SiennaSwitch(FALSE);
        break;
    default:
        Status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI SiennaUnload(PDRIVER_OBJECT DriverObject)
{
    SiennaSwitch(FALSE);
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
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SiennaControl;
    DriverObject->DriverUnload = SiennaUnload;
    return STATUS_SUCCESS;
}
