// The only function that completes a detach is never called: it was replaced and left behind.
#include <ntddk.h>
#include <netioddk.h>

#define NIGHTJAR_TAG 'jgiN'

typedef struct _NIGHTJAR_CLIENT {
    volatile LONG Users;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} NIGHTJAR_CLIENT, *PNIGHTJAR_CLIENT;

static const NPIID NightjarNpiId = { 0x5c69bb0e, 0x9580, 0x4e93, { 0xdf, 0x17, 0x59, 0xef, 0x5f, 0x83, 0x58, 0xde } };
static const NPI_MODULEID NightjarModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa57dc595, 0xd22e, 0x453b, { 0x97, 0x32, 0xd9, 0xdc, 0x87, 0xa4, 0x28, 0x52 } } } };

static __inline VOID
NightjarFinishOld(PNIGHTJAR_CLIENT Client)
{
    NmrProviderDetachClientComplete(Client->NmrBindingHandle);
}

static VOID
NightjarLeave(PNIGHTJAR_CLIENT Client)
{
    if (InterlockedDecrement(&Client->Users) == 0) {
        DbgPrint("nightjar: idle\n");
    }
}

static VOID NTAPI
NightjarCall(PVOID ProviderBindingContext)
{
    PNIGHTJAR_CLIENT client = ProviderBindingContext;

    InterlockedIncrement(&client->Users);
    NightjarLeave(client);
}

static const struct { USHORT Version; VOID (NTAPI *Call)(PVOID); } NightjarDispatch = { 1, NightjarCall };

static NTSTATUS NTAPI
NightjarAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PNIGHTJAR_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), NIGHTJAR_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    *ProviderBindingContext = client;
    *ProviderDispatch = &NightjarDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
NightjarDetach(PVOID ProviderBindingContext)
{
    PNIGHTJAR_CLIENT client = ProviderBindingContext;
    NTSTATUS status = STATUS_SUCCESS;

    if (client->Users != 0) {
        status = STATUS_PENDING;
    }
    return status; // EXPECT: nmr-detach-contract
}

static VOID NTAPI
NightjarCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, NIGHTJAR_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS NightjarCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), NightjarAttach, NightjarDetach, NightjarCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &NightjarNpiId, &NightjarModuleId, 0, NULL }
};

static HANDLE NightjarHandle;

static VOID NTAPI
NightjarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(NightjarHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(NightjarHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = NightjarUnload;
    return NmrRegisterProvider(&NightjarCharacteristics, NULL, &NightjarHandle);
}
