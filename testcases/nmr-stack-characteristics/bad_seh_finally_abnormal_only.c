/*
 * Defect: the termination handler ends the registration only when the block was left abnormally or with a failure;
 * after success the frame goes and the registration stays.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD NuthatchUnload;

static const NPIID NuthatchNpiId = { 0x12471fa7, 0xb776, 0x4e26, { 0xa9, 0xe2, 0x81, 0x7f, 0xaf, 0x03, 0x2e, 0x24 } };
static const NPI_MODULEID NuthatchModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x940ecfeb, 0xd66b, 0x47f3, { 0x4c, 0x8f, 0x8c, 0xb1, 0x65, 0xc2, 0x28, 0x26 } } } };
static const ULONG NuthatchDispatch[2] = { 8, 1 };
static volatile LONG NuthatchClients;

static NTSTATUS NTAPI NuthatchAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&NuthatchClients);
    *ProviderBindingContext = (PVOID)&NuthatchClients;
    *ProviderDispatch = NuthatchDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI NuthatchDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static HANDLE NuthatchHandle;
static PDEVICE_OBJECT NuthatchDevice;

static NTSTATUS NuthatchStart(PDRIVER_OBJECT DriverObject)
{
    NPI_PROVIDER_CHARACTERISTICS Chars = { 0 };
    NTSTATUS Status = STATUS_UNSUCCESSFUL;

    __try {
        Chars.Length = sizeof(Chars);
        Chars.ProviderAttachClient = NuthatchAttachClient;
        Chars.ProviderDetachClient = NuthatchDetachClient;
        Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
        Chars.ProviderRegistrationInstance.NpiId = &NuthatchNpiId;
        Chars.ProviderRegistrationInstance.ModuleId = &NuthatchModuleId;
        Status = NmrRegisterProvider(&Chars, NULL, &NuthatchHandle); // EXPECT: nmr-stack-characteristics
        if (!NT_SUCCESS(Status)) {
            NuthatchHandle = NULL;
            __leave;
        }
        Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &NuthatchDevice);
    } __finally {
        if (!NT_SUCCESS(Status) && NuthatchHandle != NULL) {
            if (NmrDeregisterProvider(NuthatchHandle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(NuthatchHandle);
            }
            NuthatchHandle = NULL;
        }
    }
    return Status;
}

VOID NTAPI NuthatchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(NuthatchHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(NuthatchHandle);
    }
    IoDeleteDevice(NuthatchDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = NuthatchUnload;
    return NuthatchStart(DriverObject);
}
