/*
 * Defect: DriverEntry fills characteristics in its own frame, through a pointer, and leaves them registered.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HeronUnload;

static const NPIID HeronNpiId = { 0x2dde8f4a, 0x5440, 0x42c2, { 0xb1, 0xd3, 0xd3, 0xd0, 0xa2, 0x4a, 0x0d, 0xe3 } };
static const NPI_MODULEID HeronModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc194f253, 0xb9aa, 0x47df, { 0x51, 0x99, 0xb5, 0xbb, 0x61, 0x78, 0x63, 0xd9 } } } };
static const ULONG HeronDispatch[2] = { 8, 1 };
static volatile LONG HeronClients;

static NTSTATUS NTAPI HeronAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&HeronClients);
    *ProviderBindingContext = (PVOID)&HeronClients;
    *ProviderDispatch = HeronDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI HeronDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static HANDLE HeronHandle;

static VOID HeronFill(PNPI_PROVIDER_CHARACTERISTICS Chars)
{
    Chars->Version = 1;
    Chars->Length = sizeof(*Chars);
    Chars->ProviderAttachClient = HeronAttachClient;
    Chars->ProviderDetachClient = HeronDetachClient;
    Chars->ProviderCleanupBindingContext = NULL;
    Chars->ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Chars->ProviderRegistrationInstance.NpiId = &HeronNpiId;
    Chars->ProviderRegistrationInstance.ModuleId = &HeronModuleId;
}

VOID NTAPI HeronUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(HeronHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(HeronHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_PROVIDER_CHARACTERISTICS Storage = { 0 };
    PNPI_PROVIDER_CHARACTERISTICS Chars = &Storage;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    HeronFill(Chars);
    Status = NmrRegisterProvider(Chars, NULL, &HeronHandle); // EXPECT: nmr-stack-characteristics
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = HeronUnload;
    }
    return Status;
}
