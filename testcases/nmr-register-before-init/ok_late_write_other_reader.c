// The late fields are read by the IOCTL only; the callbacks look at what was set before.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _WREN {
    HANDLE Client;
    ULONG MaxNumber;
    ULONG Mode;
    LARGE_INTEGER Since;
    PDEVICE_OBJECT Device;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} WREN, *PWREN;

static WREN Wren;

static const NPIID WrenNpiId = { 0x9abb3cbf, 0x6d52, 0x4825, { 0x84, 0x94, 0xeb, 0x69, 0xf2, 0x89, 0xbf, 0xd8 } };
static const NPI_MODULEID WrenModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x34f8e758, 0x1605, 0x42ad, { 0x88, 0xb7, 0x07, 0xe9, 0xc9, 0x67, 0x31, 0xd8 } } } };

static NTSTATUS NTAPI
WrenAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PWREN wren = ClientContext;

    if (ProviderInstance->Number > wren->MaxNumber) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, wren, NULL, &wren->ProviderContext, &wren->ProviderDispatch);
}

static NTSTATUS NTAPI
WrenDetach(PVOID ClientBindingContext)
{
    ((PWREN)ClientBindingContext)->ProviderDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS WrenCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), WrenAttach, WrenDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WrenNpiId, &WrenModuleId, 0, NULL }
};

static NTSTATUS NTAPI
WrenControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = Wren.Mode == 2 && Wren.Since.QuadPart != 0 ? STATUS_SUCCESS : STATUS_DEVICE_NOT_READY;

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
WrenUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Wren.Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Wren.Client);
    }
    IoDeleteDevice(Wren.Device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Wren.MaxNumber = 3;
    status = NmrRegisterClient(&WrenCharacteristics, &Wren, &Wren.Client);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Wren.Device);
    if (!NT_SUCCESS(status)) {
        if (NmrDeregisterClient(Wren.Client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Wren.Client);
        }
        return status;
    }
    Wren.Mode = 2;
    KeQuerySystemTime(&Wren.Since);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = WrenControl;
    DriverObject->DriverUnload = WrenUnload;
    return STATUS_SUCCESS;
}
