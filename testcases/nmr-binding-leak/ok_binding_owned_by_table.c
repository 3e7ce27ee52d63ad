// Bindings come from a table that start allocates and stop frees after the wait: no cleanup callback is needed.
#include <ntddk.h>
#include <netioddk.h>

#define LOCK_SLOTS 8
#define SLUIS_TAG 'iulS'

typedef struct _SLUIS_BINDING {
    volatile LONG Used;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} SLUIS_BINDING, *PSLUIS_BINDING;

typedef struct _SLUIS {
    HANDLE Client;
    SLUIS_BINDING Slots[LOCK_SLOTS];
} SLUIS, *PSLUIS;

static PSLUIS Sluis;

static const NPIID SluisNpiId = { 0x77d2a2d3, 0x414c, 0x419f, { 0x25, 0x06, 0x6a, 0x6d, 0xe5, 0x83, 0x14, 0x6d } };
static const NPI_MODULEID SluisModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4443411e, 0x1e40, 0x4efc, { 0xd7, 0xfe, 0xf8, 0x88, 0xde, 0xdc, 0x5c, 0x89 } } } };

static NTSTATUS NTAPI
SluisAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PSLUIS sluis = ClientContext;
    PSLUIS_BINDING binding = NULL;
    NTSTATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(ProviderInstance);
    for (i = 0; i < LOCK_SLOTS; i++) {
        if (InterlockedCompareExchange(&sluis->Slots[i].Used, 1, 0) == 0) {
            binding = &sluis->Slots[i];
            break;
        }
    }
    if (binding == NULL) {
        return STATUS_NOINTERFACE;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&binding->Used, 0);
    }
    return status;
}

static NTSTATUS NTAPI
SluisDetach(PVOID ClientBindingContext)
{
    PSLUIS_BINDING binding = ClientBindingContext;

    binding->ProviderDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SluisCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SluisAttach, SluisDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SluisNpiId, &SluisModuleId, 0, NULL }
};

static VOID NTAPI
SluisUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Sluis->Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Sluis->Client);
    }
    ExFreePoolWithTag(Sluis, SLUIS_TAG);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Sluis = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*Sluis), SLUIS_TAG);
    if (Sluis == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrRegisterClient(&SluisCharacteristics, Sluis, &Sluis->Client);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(Sluis, SLUIS_TAG);
        return status;
    }
    DriverObject->DriverUnload = SluisUnload;
    return STATUS_SUCCESS;
}
