/* Defect: the second of two providers is not ended. The register calls are spread over several lines. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LyreUnload;

static const NPIID LyreANpiId = { 0x633d15c1, 0x94aa, 0x4438, { 0xc9, 0x72, 0x74, 0xfc, 0xbe, 0xfc, 0xaa, 0x7c } };
static const NPI_MODULEID LyreAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x9fa27da9, 0x9626, 0x4371, { 0xff, 0x48, 0x51, 0xde, 0x6e, 0x74, 0xc3, 0x28 } } } };
static const ULONG LyreADispatch[2] = { 8, 1 };
static volatile LONG LyreAClients;

static NTSTATUS NTAPI LyreAAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&LyreAClients);
    *ProviderBindingContext = (PVOID)&LyreAClients;
    *ProviderDispatch = LyreADispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI LyreADetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS LyreAProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), LyreAAttachClient, LyreADetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LyreANpiId, &LyreAModuleId, 0, NULL }
};
static const NPIID LyreBNpiId = { 0x6305f350, 0x3af8, 0x4a1d, { 0x38, 0x5e, 0x33, 0x6b, 0x05, 0x71, 0x5e, 0x1d } };
static const NPI_MODULEID LyreBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd31e2fda, 0xf832, 0x4276, { 0x6c, 0xc5, 0x85, 0x01, 0xfc, 0x1f, 0xc5, 0xcb } } } };
static const ULONG LyreBDispatch[2] = { 8, 1 };
static volatile LONG LyreBClients;

static NTSTATUS NTAPI LyreBAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&LyreBClients);
    *ProviderBindingContext = (PVOID)&LyreBClients;
    *ProviderDispatch = LyreBDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI LyreBDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS LyreBProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), LyreBAttachClient, LyreBDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LyreBNpiId, &LyreBModuleId, 0, NULL }
};

static HANDLE LyreHandles[2];

VOID NTAPI
LyreUnload(
    _In_ PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(
            LyreHandles[0]) ==
        STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(LyreHandles[0]);
    }
}

NTSTATUS NTAPI
DriverEntry(
    _In_ PDRIVER_OBJECT DriverObject,
    _In_ PUNICODE_STRING RegistryPath
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status =
        NmrRegisterProvider(
            &LyreAProvider,
            NULL,
            &LyreHandles[0]);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status =
        NmrRegisterProvider( // EXPECT: nmr-missing-deregister
            &LyreBProvider,
            NULL,
            &LyreHandles[1]);
    if (!NT_SUCCESS(Status)) {
        Status = NmrDeregisterProvider(LyreHandles[0]) == STATUS_PENDING
            ? NmrWaitForProviderDeregisterComplete(LyreHandles[0]), Status
            : Status;
        return Status;
    }
    DriverObject->DriverUnload = LyreUnload;
    return STATUS_SUCCESS;
}
