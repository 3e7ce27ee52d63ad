/* lintel: the binding is a part of the device extension, which lives as long as the device. No cleanup callback. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _LINTEL_EXTENSION {
    ULONG Flags;
    struct {
        volatile LONG Used;
        PVOID Provider;
        const VOID *Dispatch;
    } Binding;
    HANDLE NmrHandle;
} LINTEL_EXTENSION, *PLINTEL_EXTENSION;

static PDEVICE_OBJECT LintelDevice;

static const NPIID LintelNpiId = { 0xac97db17, 0xfe7e, 0x41ea, { 0x04, 0x0d, 0x6f, 0x48, 0xd3, 0x62, 0x9a, 0x3e } };
static const NPI_MODULEID LintelModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x39b8cd16, 0xa88c, 0x49f0, { 0x27, 0x1b, 0xe3, 0x47, 0x03, 0xb8, 0x08, 0x69 } }
};

static NTSTATUS NTAPI
LintelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PLINTEL_EXTENSION ext = ((PDEVICE_OBJECT)ClientContext)->DeviceExtension;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Instance);
    if (InterlockedExchange(&ext->Binding.Used, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, &ext->Binding, NULL, &ext->Binding.Provider, &ext->Binding.Dispatch);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&ext->Binding.Used, 0);
    }
    return status;
}

static NTSTATUS NTAPI
LintelDetach(PVOID ClientBindingContext)
{
    PLINTEL_EXTENSION ext = CONTAINING_RECORD(ClientBindingContext, LINTEL_EXTENSION, Binding);

    ext->Binding.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS LintelCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = LintelAttach,
    .ClientDetachProvider = LintelDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &LintelNpiId,
        .ModuleId = &LintelModuleId,
    },
};

static VOID NTAPI
LintelUnload(PDRIVER_OBJECT DriverObject)
{
    PLINTEL_EXTENSION ext = LintelDevice->DeviceExtension;

    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(ext->NmrHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ext->NmrHandle);
    }
    IoDeleteDevice(LintelDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PLINTEL_EXTENSION ext;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, sizeof(*ext), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &LintelDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ext = LintelDevice->DeviceExtension;
    status = NmrRegisterClient(&LintelCharacteristics, LintelDevice, &ext->NmrHandle);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(LintelDevice);
        return status;
    }
    DriverObject->DriverUnload = LintelUnload;
    return STATUS_SUCCESS;
}
