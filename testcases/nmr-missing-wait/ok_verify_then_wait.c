/*
 * Good: the status is asserted in the very statement of the deregister call; in two forms, and the wait follows.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DovekieUnload;

static HANDLE DovekieUpper, DovekieLower;
static const NPIID DovekieTopNpiId = { 0x2bd062d2, 0x5d0b, 0x4b79, { 0x8a, 0xe3, 0xab, 0x8a, 0xbb, 0x7a, 0x6b, 0x9d } };
static const NPI_MODULEID DovekieTopModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x499ac24d, 0x9e8c, 0x47b1, { 0x8e, 0xcd, 0xed, 0x50, 0x5f, 0xd1, 0x18, 0xa1 } } }
};
static const ULONG DovekieTopDispatch = 7;
static volatile LONG DovekieTopClients;

static NTSTATUS NTAPI DovekieTopAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&DovekieTopClients);
    *ProviderBindingContext = (PVOID)&DovekieTopClients;
    *ProviderDispatch = &DovekieTopDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI DovekieTopDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS DovekieTopProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DovekieTopAttachClient, DovekieTopDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DovekieTopNpiId, &DovekieTopModuleId, 0, NULL }
};
static const NPIID DovekieBaseNpiId = { 0xae970eef, 0x6494, 0x42ac, { 0x84, 0x21, 0x69, 0x6e, 0xfb, 0x10, 0x1b, 0x80 } };
static const NPI_MODULEID DovekieBaseModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x2a39fd9f, 0x5bb1, 0x4097, { 0x87, 0xe3, 0x4f, 0xc8, 0x41, 0xe6, 0xc7, 0x2a } } }
};
static const ULONG DovekieBaseDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } DovekieBasePeer;

static NTSTATUS NTAPI DovekieBaseAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &DovekieBasePeer, &DovekieBaseDispatch, &DovekieBasePeer.Context, &DovekieBasePeer.Dispatch);
}

static NTSTATUS NTAPI DovekieBaseDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    DovekieBasePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS DovekieBaseClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), DovekieBaseAttach, DovekieBaseDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DovekieBaseNpiId, &DovekieBaseModuleId, 0, NULL }
};

static VOID DovekieEndUpper(VOID)
{
    NT_VERIFY(NmrDeregisterProvider(DovekieUpper) == STATUS_PENDING);
    NmrWaitForProviderDeregisterComplete(DovekieUpper);
}

static NTSTATUS DovekieEndLower(VOID)
{
    NTSTATUS Status = NmrDeregisterClient(DovekieLower);

    return (Status == STATUS_PENDING) ? NmrWaitForClientDeregisterComplete(DovekieLower) : Status;
}

VOID NTAPI DovekieUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DovekieEndUpper();
    NT_VERIFY(NT_SUCCESS(DovekieEndLower()));
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DovekieUnload;
    Status = NmrRegisterProvider(&DovekieTopProvider, NULL, &DovekieUpper);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&DovekieBaseClient, NULL, &DovekieLower);
    if (!NT_SUCCESS(Status)) {
        DovekieEndUpper();
    }
    return Status;
}
