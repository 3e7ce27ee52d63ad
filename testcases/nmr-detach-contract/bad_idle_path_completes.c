/* sandbar: an idle binding is completed in the callback, which then says STATUS_SUCCESS for both cases. */
#include <ntddk.h>
#include <netioddk.h>

#define SANDBAR_TAG 'bdnS'

typedef struct _SANDBAR { KDPC Dpc; volatile LONG Busy; HANDLE NmrBindingHandle; PVOID Provider; const VOID *Dispatch; } SANDBAR, *PSANDBAR;

static HANDLE SandbarHandle;

static const NPIID SandbarNpiId = { 0xbc1b28ef, 0x30a2, 0x4315, { 0x82, 0xa5, 0x28, 0xc9, 0xb8, 0x54, 0x07, 0xec } };
static const NPI_MODULEID SandbarModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xd65744ae, 0x3868, 0x4b50, { 0xea, 0x32, 0x53, 0x17, 0xde, 0xff, 0xec, 0x84 } }
};

static VOID NTAPI
SandbarDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PSANDBAR sandbar = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    if (InterlockedExchange(&sandbar->Busy, 0) != 0) {
        NmrClientDetachProviderComplete(sandbar->NmrBindingHandle);
    }
}

static NTSTATUS NTAPI
SandbarAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PSANDBAR sandbar = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*sandbar), SANDBAR_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    if (sandbar == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeDpc(&sandbar->Dpc, SandbarDpc, sandbar);
    sandbar->Busy = Instance->Number != 0;
    sandbar->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, sandbar, NULL, &sandbar->Provider, &sandbar->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(sandbar, SANDBAR_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
SandbarDetach(PVOID ClientBindingContext)
{
    PSANDBAR sandbar = ClientBindingContext;

    if (sandbar->Busy == 0) {
        NmrClientDetachProviderComplete(sandbar->NmrBindingHandle); // EXPECT: nmr-detach-contract
        return STATUS_SUCCESS;
    }
    KeInsertQueueDpc(&sandbar->Dpc, NULL, NULL);
    return STATUS_PENDING;
}

static VOID NTAPI
SandbarCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, SANDBAR_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS SandbarCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = SandbarAttach,
    .ClientDetachProvider = SandbarDetach,
    .ClientCleanupBindingContext = SandbarCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &SandbarNpiId,
        .ModuleId = &SandbarModuleId,
    },
};

static VOID NTAPI
SandbarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(SandbarHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SandbarHandle);
    }
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SandbarUnload;
    return NmrRegisterClient(&SandbarCharacteristics, NULL, &SandbarHandle);
}
