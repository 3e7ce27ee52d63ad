// The detach callback completes at once when idle, and counts in the binding afterwards.
#include <ntddk.h>
#include <netioddk.h>

#define DOGWOOD_TAG 'gwoD'

typedef struct _DOGWOOD_CLIENT {
    volatile LONG Active;
    LONG Detaches;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} DOGWOOD_CLIENT, *PDOGWOOD_CLIENT;

static const NPIID DogwoodNpiId = { 0xf7407816, 0xc85f, 0x4168, { 0x4b, 0x15, 0x49, 0x84, 0x6e, 0x43, 0x53, 0x30 } };
static const NPI_MODULEID DogwoodModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4541b48f, 0x4fce, 0x43e1, { 0xe7, 0xbf, 0xa2, 0xca, 0x1d, 0x8c, 0x26, 0x74 } } } };

static VOID NTAPI
DogwoodEnd(PVOID ProviderBindingContext)
{
    PDOGWOOD_CLIENT client = ProviderBindingContext;
    HANDLE handle = client->NmrBindingHandle;

    if (InterlockedDecrement(&client->Active) == 0) {
        NmrProviderDetachClientComplete(handle);
    }
}

static const struct { ULONG Version; VOID (NTAPI *End)(PVOID); } DogwoodDispatch = { 1, DogwoodEnd };

static NTSTATUS NTAPI
DogwoodAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PDOGWOOD_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), DOGWOOD_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->Active = 1;
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    *ProviderBindingContext = client;
    *ProviderDispatch = &DogwoodDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DogwoodDetach(PVOID ProviderBindingContext)
{
    PDOGWOOD_CLIENT client = ProviderBindingContext;

    if (InterlockedDecrement(&client->Active) == 0) {
        NmrProviderDetachClientComplete(client->NmrBindingHandle);
    }
    client->Detaches++; // EXPECT: nmr-binding-use-after-complete
    return STATUS_PENDING;
}

static VOID NTAPI
DogwoodCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, DOGWOOD_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS DogwoodCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = DogwoodAttach,
    .ProviderDetachClient = DogwoodDetach,
    .ProviderCleanupBindingContext = DogwoodCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &DogwoodNpiId,
        .ModuleId = &DogwoodModuleId,
    },
};

static HANDLE DogwoodHandle;

static VOID NTAPI
DogwoodUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(DogwoodHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(DogwoodHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DogwoodUnload;
    return NmrRegisterProvider(&DogwoodCharacteristics, NULL, &DogwoodHandle);
}
