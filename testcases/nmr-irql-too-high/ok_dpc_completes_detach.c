/* dynamo: a pending detach is completed when the device reports that it is idle: in the DPC of the ISR. */
#include <ntddk.h>
#include <netioddk.h>

#define DYNAMO_TAG 'anyD'

typedef struct _DYNAMO_CLIENT { HANDLE NmrBindingHandle; PVOID ClientContext; const VOID *ClientDispatch; } DYNAMO_CLIENT, *PDYNAMO_CLIENT;

static struct {
    PKINTERRUPT Interrupt;
    KDPC Dpc;
    volatile LONG Attached;     /* one client at a time */
    volatile LONG Busy;
    HANDLE volatile Pending;
} Dynamo;

static const USHORT DynamoDispatch = 1;
static HANDLE DynamoHandle;

static const NPIID DynamoNpiId = { 0xbce8f1ed, 0x2a42, 0x4bc5, { 0xa2, 0xb1, 0xba, 0x36, 0x3f, 0x25, 0xb9, 0x0b } };
static const NPI_MODULEID DynamoModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xb1400522, 0x9c87, 0x4bab, { 0x8c, 0x02, 0xaa, 0xbb, 0xe2, 0x6e, 0xe8, 0x86 } }
};

static VOID
DynamoIdle(VOID)
{
    HANDLE pending = InterlockedExchangePointer((PVOID volatile *)&Dynamo.Pending, NULL);

    if (pending != NULL) {
        NmrProviderDetachClientComplete(pending);
    }
}

static VOID NTAPI
DynamoDpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    DynamoIdle();
}

static BOOLEAN NTAPI
DynamoInterrupt(PKINTERRUPT Interrupt, PVOID Context)
{
    UNREFERENCED_PARAMETER(Interrupt);
    UNREFERENCED_PARAMETER(Context);
    if (InterlockedExchange(&Dynamo.Busy, 0) != 0) {
        KeInsertQueueDpc(&Dynamo.Dpc, NULL, NULL);
    }
    return TRUE;
}

static NTSTATUS NTAPI
DynamoAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
             const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PDYNAMO_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    if (InterlockedExchange(&Dynamo.Attached, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), DYNAMO_TAG);
    if (client == NULL) {
        InterlockedExchange(&Dynamo.Attached, 0);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientContext;
    client->ClientDispatch = ClientDispatch;
    *BindingContext = client;
    *Dispatch = &DynamoDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DynamoDetach(PVOID BindingContext)
{
    PDYNAMO_CLIENT client = BindingContext;

    InterlockedExchangePointer((PVOID volatile *)&Dynamo.Pending, client->NmrBindingHandle);
    InterlockedExchange(&Dynamo.Busy, 1);
    KeInsertQueueDpc(&Dynamo.Dpc, NULL, NULL);
    return STATUS_PENDING;
}

static VOID NTAPI
DynamoCleanup(PVOID BindingContext)
{
    ExFreePoolWithTag(BindingContext, DYNAMO_TAG);
    InterlockedExchange(&Dynamo.Attached, 0);
}

static const NPI_PROVIDER_CHARACTERISTICS DynamoCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DynamoAttach, DynamoDetach, DynamoCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DynamoNpiId, &DynamoModuleId, 0, NULL }
};

static NTSTATUS
DynamoConnect(VOID)
{
    KeInitializeDpc(&Dynamo.Dpc, DynamoDpc, NULL);
    return IoConnectInterrupt(&Dynamo.Interrupt, DynamoInterrupt, NULL, NULL, 0x61, 7, 7, Latched, FALSE, 1, FALSE);
}

static VOID NTAPI
DynamoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(DynamoHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(DynamoHandle);
    }
    IoDisconnectInterrupt(Dynamo.Interrupt);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = DynamoConnect();
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NmrRegisterProvider(&DynamoCharacteristics, NULL, &DynamoHandle);
    if (!NT_SUCCESS(status)) {
        IoDisconnectInterrupt(Dynamo.Interrupt);
        return status;
    }
    DriverObject->DriverUnload = DynamoUnload;
    return STATUS_SUCCESS;
}
