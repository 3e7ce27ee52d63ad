// The binding handle is kept, and an IOCTL attaches when somebody asks for it.
#include <ntddk.h>
#include <netioddk.h>

static HANDLE MerlinBinding;
static PVOID MerlinProviderContext;
static const VOID *MerlinProviderDispatch;
static PDEVICE_OBJECT MerlinDevice;
static HANDLE MerlinClient;

static const NPIID MerlinNpiId = { 0xcfa2d2b6, 0x8a28, 0x4b9b, { 0x68, 0xf2, 0x63, 0xf2, 0xcb, 0x36, 0x20, 0x7a } };
static const NPI_MODULEID MerlinModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xca16bd90, 0x75ab, 0x4372, { 0xab, 0x33, 0xc6, 0x17, 0xda, 0x33, 0xed, 0x6a } } } };

static NTSTATUS
MerlinConnect(HANDLE Binding)
{
    return NmrClientAttachProvider(Binding, &MerlinProviderContext, NULL, &MerlinProviderContext, &MerlinProviderDispatch); // EXPECT: nmr-attach-contract
}

static NTSTATUS NTAPI
MerlinAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    if (ProviderInstance->Number != 0) {
        return MerlinConnect(NmrBindingHandle);
    }
    MerlinBinding = NmrBindingHandle;
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI
MerlinDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MerlinCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = MerlinAttach,
    .ClientDetachProvider = MerlinDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &MerlinNpiId,
        .ModuleId = &MerlinModuleId,
    },
};

static NTSTATUS NTAPI
MerlinControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = MerlinBinding != NULL ? MerlinConnect(MerlinBinding) : STATUS_DEVICE_NOT_READY;

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
MerlinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(MerlinClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(MerlinClient);
    }
    IoDeleteDevice(MerlinDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &MerlinDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NmrRegisterClient(&MerlinCharacteristics, NULL, &MerlinClient);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(MerlinDevice);
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MerlinControl;
    DriverObject->DriverUnload = MerlinUnload;
    return STATUS_SUCCESS;
}
