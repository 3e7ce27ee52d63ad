/* Good: when the deregister call returns an error there is nothing to wait for, and the memory is kept. */
#include <ntddk.h>
#include <netioddk.h>

#define MORRIS_TAG 'rroM'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MorrisUnload;

static const NPIID MorrisNpiId = { 0x42e61a05, 0xe6bb, 0x414a, { 0x6a, 0xb1, 0x6c, 0xff, 0x05, 0x4a, 0x19, 0x43 } };
static const NPI_MODULEID MorrisModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb141b30a, 0xd27a, 0x45b7, { 0x61, 0x74, 0x55, 0x5c, 0xd3, 0x9f, 0x22, 0x59 } } } };
static const ULONG MorrisDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MorrisPeer;

static NTSTATUS NTAPI MorrisAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MorrisPeer, &MorrisDispatch, &MorrisPeer.Context, &MorrisPeer.Dispatch);
}

static NTSTATUS NTAPI MorrisDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MorrisPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MorrisClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MorrisAttach, MorrisDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MorrisNpiId, &MorrisModuleId, 0, NULL }
};

typedef struct _MORRIS { HANDLE Handle; } MORRIS, *PMORRIS;

static PMORRIS g_Morris;

static BOOLEAN MorrisEnd(PMORRIS Morris)
{
    NTSTATUS Status = NmrDeregisterClient(Morris->Handle);

    switch (Status) {
    case STATUS_PENDING:
        return NT_SUCCESS(NmrWaitForClientDeregisterComplete(Morris->Handle));
    case STATUS_INVALID_PARAMETER:
    default:
        return FALSE;
    }
}

VOID NTAPI MorrisUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (MorrisEnd(g_Morris)) {
        ExFreePoolWithTag(g_Morris, MORRIS_TAG);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    PMORRIS Morris = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Morris), MORRIS_TAG);

    UNREFERENCED_PARAMETER(RegistryPath);
    if (Morris == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&MorrisClient, Morris, &Morris->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Morris, MORRIS_TAG);
        return Status;
    }
    g_Morris = Morris;
    DriverObject->DriverUnload = MorrisUnload;
    return STATUS_SUCCESS;
}
