#include "kiln.h"

#define KILN_TAG 'nliK'

static PDEVICE_OBJECT KilnDevice;
KILN Kiln;

static const NPIID KilnNpiId = { 0xd712709d, 0x8281, 0x47b4, { 0xfc, 0xb9, 0x5d, 0xef, 0x1a, 0xa3, 0x64, 0xd8 } };
static const NPI_MODULEID KilnModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x7fb9ff5c, 0xa3e9, 0x486a, { 0x64, 0x2c, 0xe9, 0xb1, 0xf9, 0xd5, 0xfa, 0x51 } }
};

static VOID NTAPI
KilnWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    KilnDetached(Context);
}

static NTSTATUS NTAPI
KilnAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PKILN_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    binding = &Kiln.Binding;
    if (binding->Bound) {
        return STATUS_NOINTERFACE;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    binding->Bound = TRUE;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->Provider, &binding->Dispatch);
    if (!NT_SUCCESS(status)) {
        binding->Bound = FALSE;
    }
    return status;
}

static NTSTATUS NTAPI
KilnDetach(PVOID ClientBindingContext)
{
    IoQueueWorkItem(Kiln.Item, KilnWorker, DelayedWorkQueue, ClientBindingContext);
    return STATUS_PENDING;
}

static VOID NTAPI
KilnCleanup(PVOID ClientBindingContext)
{
    PKILN_BINDING binding = ClientBindingContext;

    binding->Bound = FALSE;
}

static const NPI_CLIENT_CHARACTERISTICS KilnCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = KilnAttach,
    .ClientDetachProvider = KilnDetach,
    .ClientCleanupBindingContext = KilnCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &KilnNpiId,
        .ModuleId = &KilnModuleId,
    },
};

static VOID NTAPI
KilnUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Kiln.Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Kiln.Handle);
    }
    IoFreeWorkItem(Kiln.Item);
    IoDeleteDevice(KilnDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &KilnDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    Kiln.Item = IoAllocateWorkItem(KilnDevice);
    if (Kiln.Item == NULL) {
        IoDeleteDevice(KilnDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrRegisterClient(&KilnCharacteristics, NULL, &Kiln.Handle);
    if (!NT_SUCCESS(status)) {
        IoFreeWorkItem(Kiln.Item);
        IoDeleteDevice(KilnDevice);
        return status;
    }
    DriverObject->DriverUnload = KilnUnload;
    return STATUS_SUCCESS;
}
