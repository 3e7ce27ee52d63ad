/* oxbow: the provider tells through the client's dispatch table that it is done with the binding; that completes the detach. */
#include <ntddk.h>
#include <netioddk.h>

#define OXBOW_TAG 'wobO'

typedef struct _OXBOW_CLIENT_DISPATCH { USHORT Version; VOID (NTAPI *Drained)(PVOID ClientBindingContext); } OXBOW_CLIENT_DISPATCH;
typedef struct _OXBOW_PROVIDER { USHORT Version; BOOLEAN (NTAPI *Drain)(PVOID ProviderContext); } OXBOW_PROVIDER;
typedef struct _OXBOW { HANDLE NmrBindingHandle; PVOID ProviderContext; const OXBOW_PROVIDER *Provider; } OXBOW, *POXBOW;

static HANDLE OxbowHandle;

static const NPIID OxbowNpiId = { 0xdb30bcb0, 0xfc76, 0x4765, { 0x15, 0xca, 0xb3, 0xb0, 0x2f, 0x02, 0xc7, 0x30 } };
static const NPI_MODULEID OxbowModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x5d5f53a0, 0x1b9c, 0x43a8, { 0xf9, 0x75, 0xe2, 0x91, 0x23, 0x05, 0x97, 0x6c } }
};

static VOID NTAPI
OxbowDrained(PVOID ClientBindingContext)
{
    NmrClientDetachProviderComplete(((POXBOW)ClientBindingContext)->NmrBindingHandle);
}

static const OXBOW_CLIENT_DISPATCH OxbowDispatch = { 1, OxbowDrained };

static NTSTATUS NTAPI
OxbowAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    POXBOW oxbow = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*oxbow), OXBOW_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (oxbow == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    oxbow->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, oxbow, &OxbowDispatch, &oxbow->ProviderContext, (const VOID **)&oxbow->Provider);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(oxbow, OXBOW_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
OxbowDetach(PVOID ClientBindingContext)
{
    POXBOW oxbow = ClientBindingContext;

    return oxbow->Provider->Drain(oxbow->ProviderContext) ? STATUS_SUCCESS : STATUS_PENDING;
}

static VOID NTAPI
OxbowCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, OXBOW_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS OxbowCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = OxbowAttach,
    .ClientDetachProvider = OxbowDetach,
    .ClientCleanupBindingContext = OxbowCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &OxbowNpiId,
        .ModuleId = &OxbowModuleId,
    },
};

static VOID NTAPI
OxbowUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(OxbowHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OxbowHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OxbowUnload;
    return NmrRegisterClient(&OxbowCharacteristics, NULL, &OxbowHandle);
}
