// A timer holds a reference while it runs; detach pends until the timer's put, and cleanup frees.
#include <ntddk.h>
#include <netioddk.h>

#define CICELY_TAG 'ciCn'

typedef struct _CICELY_CLIENT {
    KTIMER Timer;
    KDPC Dpc;
    volatile LONG References;
    ULONG Polls;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} CICELY_CLIENT, *PCICELY_CLIENT;

static const ULONG CicelyDispatch = 1;

static const NPIID CicelyNpiId = { 0xab7905f3, 0xbeda, 0x4986, { 0xb1, 0x14, 0x39, 0x71, 0x31, 0x78, 0x2f, 0x97 } };
static const NPI_MODULEID CicelyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb3fadbd9, 0x98fe, 0x4147, { 0xc4, 0x66, 0x33, 0x20, 0x84, 0x34, 0x63, 0x8c } } } };

static BOOLEAN
CicelyPut(PCICELY_CLIENT Client)
{
    HANDLE handle = Client->NmrBindingHandle;

    if (InterlockedDecrement(&Client->References) == 0) {
        NmrProviderDetachClientComplete(handle);
        return TRUE;
    }
    return FALSE;
}

static VOID NTAPI
CicelyTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PCICELY_CLIENT client = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    client->Polls++;
    if (CicelyPut(client)) {
        return;
    }
    DbgPrint("cicely: polled\n");
}

static NTSTATUS NTAPI
CicelyAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };
    PCICELY_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), CICELY_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeTimer(&client->Timer);
    KeInitializeDpc(&client->Dpc, CicelyTick, client);
    client->References = 2;
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    KeSetTimer(&client->Timer, due, &client->Dpc);
    *ProviderBindingContext = client;
    *ProviderDispatch = &CicelyDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
CicelyDetach(PVOID ProviderBindingContext)
{
    PCICELY_CLIENT client = ProviderBindingContext;

    if (KeCancelTimer(&client->Timer)) {
        InterlockedDecrement(&client->References);
    }
    return InterlockedDecrement(&client->References) == 0 ? STATUS_SUCCESS : STATUS_PENDING;
}

static VOID NTAPI
CicelyCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, CICELY_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS CicelyCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = CicelyAttach,
    .ProviderDetachClient = CicelyDetach,
    .ProviderCleanupBindingContext = CicelyCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &CicelyNpiId,
        .ModuleId = &CicelyModuleId,
    },
};

static HANDLE CicelyHandle;

static VOID NTAPI
CicelyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(CicelyHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CicelyHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CicelyUnload;
    return NmrRegisterProvider(&CicelyCharacteristics, NULL, &CicelyHandle);
}
