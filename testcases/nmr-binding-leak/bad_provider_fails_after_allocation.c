/* spool: a provider that looks at the client's dispatch table after it has made the client's state, and then refuses without freeing that. */
#include <ntddk.h>
#include <netioddk.h>

#define SPOOL_TAG 'lopS'

typedef struct _SPOOL_CLIENT_DISPATCH { USHORT Version; VOID (NTAPI *Wound)(PVOID); } SPOOL_CLIENT_DISPATCH;

typedef struct _SPOOL { PVOID ClientContext; const SPOOL_CLIENT_DISPATCH *Client; } SPOOL, *PSPOOL;

static const USHORT SpoolDispatch = 1;
static HANDLE SpoolHandle;

static const NPIID SpoolNpiId = { 0x9b028198, 0x817c, 0x410d, { 0x7b, 0x6f, 0x05, 0x2b, 0x57, 0xf2, 0xe9, 0x91 } };
static const NPI_MODULEID SpoolModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x8e7bb805, 0x4761, 0x4f22, { 0x85, 0xc3, 0xd8, 0x1c, 0x11, 0x54, 0x34, 0x54 } }
};

static NTSTATUS NTAPI
SpoolAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
            const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    const SPOOL_CLIENT_DISPATCH *client = ClientDispatch;
    PSPOOL spool;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    spool = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*spool), SPOOL_TAG); // EXPECT: nmr-binding-leak
    if (spool == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    spool->ClientContext = ClientContext;
    spool->Client = client;
    if (client == NULL || client->Version == 0 || client->Wound == NULL) {
        return STATUS_NOINTERFACE;
    }
    *BindingContext = spool;
    *Dispatch = &SpoolDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SpoolDetach(PVOID BindingContext)
{
    ((PSPOOL)BindingContext)->Client = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
SpoolCleanup(PVOID BindingContext)
{
    ExFreePoolWithTag(BindingContext, SPOOL_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS SpoolCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SpoolAttach, SpoolDetach, SpoolCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SpoolNpiId, &SpoolModuleId, 0, NULL }
};

static VOID NTAPI
SpoolUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SpoolHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SpoolHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SpoolUnload;
    return NmrRegisterProvider(&SpoolCharacteristics, NULL, &SpoolHandle);
}
