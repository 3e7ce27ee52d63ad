// A waiter is woken through an event in the binding after the completion that may have freed it.
#include <ntddk.h>
#include <netioddk.h>

#define LEAT_TAG 'taeL'

typedef struct _LEAT_CLIENT {
    volatile LONG Calls;
    KEVENT Drained;
    HANDLE NmrBindingHandle;
    PVOID ClientBindingContext;
    const VOID *ClientDispatch;
} LEAT_CLIENT, *PLEAT_CLIENT;

static const NPIID LeatNpiId = { 0x006a07de, 0x757e, 0x41b3, { 0x87, 0xfe, 0xdb, 0x98, 0x9d, 0xc4, 0x60, 0x39 } };
static const NPI_MODULEID LeatModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd768916a, 0xf9b9, 0x4547, { 0x7d, 0x73, 0xb4, 0x9a, 0x71, 0x93, 0xf9, 0x43 } } } };

static VOID
LeatLeave(PLEAT_CLIENT Client)
{
    if (InterlockedDecrement(&Client->Calls) == 0) {
        NmrProviderDetachClientComplete(Client->NmrBindingHandle);
        KeSetEvent(&Client->Drained, IO_NO_INCREMENT, FALSE); // EXPECT: nmr-binding-use-after-complete
    }
}

static NTSTATUS NTAPI
LeatSubmit(PVOID ProviderBindingContext, ULONG Value)
{
    PLEAT_CLIENT client = ProviderBindingContext;

    InterlockedIncrement(&client->Calls);
    DbgPrint("leat: %lu\n", Value);
    LeatLeave(client);
    return STATUS_SUCCESS;
}

static const struct { ULONG Version; NTSTATUS (NTAPI *Submit)(PVOID, ULONG); } LeatDispatch = { 1, LeatSubmit };

static NTSTATUS NTAPI
LeatAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PLEAT_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), LEAT_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->Calls = 1;
    KeInitializeEvent(&client->Drained, NotificationEvent, FALSE);
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientBindingContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    *ProviderBindingContext = client;
    *ProviderDispatch = &LeatDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
LeatDetach(PVOID ProviderBindingContext)
{
    LeatLeave(ProviderBindingContext);
    return STATUS_PENDING;
}

static VOID NTAPI
LeatCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, LEAT_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS LeatCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = LeatAttach,
    .ProviderDetachClient = LeatDetach,
    .ProviderCleanupBindingContext = LeatCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &LeatNpiId,
        .ModuleId = &LeatModuleId,
    },
};

static HANDLE LeatHandle;

static VOID NTAPI
LeatUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(LeatHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(LeatHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LeatUnload;
    return NmrRegisterProvider(&LeatCharacteristics, NULL, &LeatHandle);
}
