/* Good: a local template is copied into the object before it is registered. */
#include <ntddk.h>
#include <netioddk.h>

#define SNIPE_TAG 'pinS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SnipeUnload;

static const NPIID SnipeNpiId = { 0x82a0147a, 0xbe0f, 0x4b08, { 0xde, 0x14, 0x2c, 0xcf, 0x08, 0xae, 0x65, 0xf7 } };
static const NPI_MODULEID SnipeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xcbbca847, 0x7099, 0x4177, { 0x3d, 0xc7, 0x24, 0x39, 0xbe, 0xcd, 0xba, 0x4a } } } };
static const ULONG SnipeDispatch[2] = { 8, 1 };
static volatile LONG SnipeClients;

static NTSTATUS NTAPI SnipeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SnipeClients);
    *ProviderBindingContext = (PVOID)&SnipeClients;
    *ProviderDispatch = SnipeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SnipeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _SNIPE {
    HANDLE Handle;
    NPI_PROVIDER_CHARACTERISTICS Chars;
} SNIPE, *PSNIPE;

static PSNIPE SnipeInstance;

static NTSTATUS SnipeCreate(const NPI_PROVIDER_CHARACTERISTICS *Template, PSNIPE *NewSnipe)
{
    PSNIPE Snipe = ExAllocatePoolZero(NonPagedPoolNx, sizeof(SNIPE), SNIPE_TAG);
    NTSTATUS Status;

    if (Snipe == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Snipe->Chars = *Template;
    Status = NmrRegisterProvider(&Snipe->Chars, NULL, &Snipe->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Snipe, SNIPE_TAG);
        return Status;
    }
    *NewSnipe = Snipe;
    return Status;
}

VOID NTAPI SnipeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SnipeInstance->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SnipeInstance->Handle);
    }
    ExFreePoolWithTag(SnipeInstance, SNIPE_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_PROVIDER_CHARACTERISTICS Template = {
        0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SnipeAttachClient, SnipeDetachClient, NULL,
        { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SnipeNpiId, &SnipeModuleId, 0, NULL }
    };

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SnipeUnload;
    return SnipeCreate(&Template, &SnipeInstance);
}
