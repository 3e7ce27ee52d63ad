/*
 * Good: the NPI-specific characteristics are a static object of an inner block.
 * (Twin: bad_specific_in_inner_block.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD KittiwakeUnload;

typedef struct _KITTIWAKE_SPECIFIC {
    ULONG Version;
    ULONG Capabilities;
} KITTIWAKE_SPECIFIC;

static HANDLE KittiwakeHandle;
static NPI_PROVIDER_CHARACTERISTICS KittiwakeChars;
static const NPIID KittiwakeNpiId = { 0x941d59c1, 0x948b, 0x44fe, { 0x8d, 0x34, 0xca, 0xbf, 0x96, 0x22, 0xf3, 0x9d } };
static const NPI_MODULEID KittiwakeModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x73f72f1a, 0x4572, 0x4b6e, { 0x8d, 0xcf, 0x0f, 0x13, 0xca, 0xd8, 0x89, 0x9d } } }
};
static const ULONG KittiwakeDispatch = 6;
static volatile LONG KittiwakeClients;

static NTSTATUS NTAPI KittiwakeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&KittiwakeClients);
    *ProviderBindingContext = (PVOID)&KittiwakeClients;
    *ProviderDispatch = &KittiwakeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI KittiwakeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static NTSTATUS KittiwakeOffer(BOOLEAN Advertise)
{
    NPI_REGISTRATION_INSTANCE *Instance = &KittiwakeChars.ProviderRegistrationInstance;

    KittiwakeChars.Length = sizeof(KittiwakeChars);
    KittiwakeChars.ProviderAttachClient = KittiwakeAttachClient;
    KittiwakeChars.ProviderDetachClient = KittiwakeDetachClient;
    Instance->Size = sizeof(*Instance);
    Instance->NpiId = &KittiwakeNpiId;
    Instance->ModuleId = &KittiwakeModuleId;
    if (Advertise) {
        static KITTIWAKE_SPECIFIC Specific = { 2, 0x11 };

        Instance->NpiSpecificCharacteristics = &Specific;
        return NmrRegisterProvider(&KittiwakeChars, NULL, &KittiwakeHandle);
    }
    Instance->NpiSpecificCharacteristics = NULL;
    return NmrRegisterProvider(&KittiwakeChars, NULL, &KittiwakeHandle);
}

VOID NTAPI KittiwakeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(KittiwakeHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(KittiwakeHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    DriverObject->DriverUnload = KittiwakeUnload;
    return KittiwakeOffer(RegistryPath->Length > 64);
}
