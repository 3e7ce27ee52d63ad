/* Good: what is freed after the register call is the source that was copied into the registered object. */
#include <ntddk.h>
#include <netioddk.h>

#define PEARL_TAG 'raeP'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PearlUnload;

static const NPIID PearlNpiId = { 0x4708ae0e, 0x6fd6, 0x4de8, { 0x45, 0xb2, 0xcb, 0x23, 0x7d, 0xa0, 0x1b, 0xc6 } };
static const NPI_MODULEID PearlModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x85db6fd9, 0x5004, 0x4d62, { 0x24, 0x0c, 0xea, 0x4b, 0x97, 0x91, 0x42, 0x72 } } } };
static const ULONG PearlDispatch[2] = { 8, 1 };
static volatile LONG PearlClients;

static NTSTATUS NTAPI PearlAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PearlClients);
    *ProviderBindingContext = (PVOID)&PearlClients;
    *ProviderDispatch = PearlDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PearlDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _PEARL_SPECIFICS { ULONG Size; ULONG Flags; } PEARL_SPECIFICS, *PPEARL_SPECIFICS;

static struct {
    NPI_PROVIDER_CHARACTERISTICS Chars;
    PEARL_SPECIFICS Specifics;
    HANDLE Handle;
} Pearl;

static NTSTATUS PearlStart(PPEARL_SPECIFICS Source)
{
    Pearl.Specifics = *Source;
    Pearl.Chars.Length = sizeof(Pearl.Chars);
    Pearl.Chars.ProviderAttachClient = PearlAttachClient;
    Pearl.Chars.ProviderDetachClient = PearlDetachClient;
    Pearl.Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Pearl.Chars.ProviderRegistrationInstance.NpiId = &PearlNpiId;
    Pearl.Chars.ProviderRegistrationInstance.ModuleId = &PearlModuleId;
    Pearl.Chars.ProviderRegistrationInstance.NpiSpecificCharacteristics = &Pearl.Specifics;
    return NmrRegisterProvider(&Pearl.Chars, NULL, &Pearl.Handle);
}

VOID NTAPI PearlUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Pearl.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Pearl.Handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PPEARL_SPECIFICS Source = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*Source), PEARL_TAG);
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    if (Source == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Source->Size = sizeof(*Source);
    Source->Flags = 3;
    Status = PearlStart(Source);
    ExFreePoolWithTag(Source, PEARL_TAG);
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = PearlUnload;
    }
    return Status;
}
