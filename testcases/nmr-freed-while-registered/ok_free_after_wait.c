/*
 * Good: the context is freed after the wait.
 * (Twin: bad_free_before_wait.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define FULMAR_TAG 'mluF'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FulmarUnload;

typedef struct _FULMAR {
    volatile LONG Attached;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} FULMAR, *PFULMAR;

static PFULMAR Fulmar;
static HANDLE FulmarHandle;
static const ULONG FulmarDispatch = 1;
static const NPIID FulmarNpiId = { 0x0e67edd7, 0x4f4a, 0x4b08, { 0x8d, 0xfd, 0xc4, 0x1c, 0x6b, 0x05, 0x91, 0xce } };
static const NPI_MODULEID FulmarModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x2254d02b, 0x6d23, 0x40cb, { 0x80, 0xf5, 0x0b, 0xa5, 0xe7, 0x35, 0x1e, 0xaa } } }
};

static NTSTATUS NTAPI FulmarAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PFULMAR Context = ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    InterlockedIncrement(&Context->Attached);
    return NmrClientAttachProvider(NmrBindingHandle, Context, &FulmarDispatch, &Context->PeerContext, &Context->PeerDispatch);
}

static NTSTATUS NTAPI FulmarDetach(PVOID ClientBindingContext)
{
    PFULMAR Context = ClientBindingContext;

    InterlockedDecrement(&Context->Attached);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FulmarClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FulmarAttach, FulmarDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FulmarNpiId, &FulmarModuleId, 0, NULL }
};

VOID NTAPI FulmarUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterClient(FulmarHandle);
    if (Status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(FulmarHandle);
    }
    ExFreePoolWithTag(Fulmar, FULMAR_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Fulmar = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Fulmar), FULMAR_TAG);
    if (Fulmar == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&FulmarClient, Fulmar, &FulmarHandle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Fulmar, FULMAR_TAG);
        return Status;
    }
    DriverObject->DriverUnload = FulmarUnload;
    return STATUS_SUCCESS;
}
