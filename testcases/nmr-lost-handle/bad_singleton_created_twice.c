/* Defect: two callers create the singleton; the second creation overwrites the pointer to the first object. */
#include <ntddk.h>
#include <netioddk.h>

#define POLKA_TAG 'kloP'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PolkaUnload;

static const NPIID PolkaNpiId = { 0x46ec0b8a, 0x9e72, 0x40bc, { 0xbf, 0xf8, 0xb5, 0x0d, 0xb5, 0xc7, 0xfb, 0x39 } };
static const NPI_MODULEID PolkaModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa859fb68, 0xbed8, 0x4930, { 0x9d, 0x1b, 0x8f, 0xaf, 0xeb, 0x1f, 0x3f, 0xa0 } } } };
static const ULONG PolkaDispatch[2] = { 8, 1 };
static volatile LONG PolkaClients;

static NTSTATUS NTAPI PolkaAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PolkaClients);
    *ProviderBindingContext = (PVOID)&PolkaClients;
    *ProviderDispatch = PolkaDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PolkaDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PolkaProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PolkaAttachClient, PolkaDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PolkaNpiId, &PolkaModuleId, 0, NULL }
};

static HANDLE PolkaHandle;
static BOOLEAN PolkaEarly;

static NTSTATUS PolkaRegister(VOID)
{
    return NmrRegisterProvider(&PolkaProvider, NULL, &PolkaHandle); // EXPECT: nmr-lost-handle
}

static NTSTATUS PolkaInitEarly(VOID)
{
    PolkaEarly = TRUE;
    return PolkaRegister();
}

static NTSTATUS PolkaInitLate(ULONG Flags)
{
    if (Flags & 1) {
        return PolkaRegister();
    }
    return STATUS_SUCCESS;
}

VOID NTAPI PolkaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(PolkaHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(PolkaHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    Status = PolkaInitEarly();
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = PolkaInitLate(RegistryPath->Length);
    NT_FRE_ASSERT(NT_SUCCESS(Status));
    DriverObject->DriverUnload = PolkaUnload;
    return STATUS_SUCCESS;
}
