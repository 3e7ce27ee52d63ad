/* Defect: the caller asks the helper to leave the module ID out. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD KazooUnload;

static const NPIID KazooNpiId = { 0x34b09590, 0xe4d3, 0x4410, { 0x01, 0x82, 0x6c, 0x91, 0x39, 0x8d, 0x6e, 0xdf } };
static const NPI_MODULEID KazooModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4f123428, 0x7ca2, 0x4eb5, { 0xb0, 0xf9, 0x89, 0x97, 0x96, 0xf6, 0x1f, 0xec } } } };
static const ULONG KazooDispatch[2] = { 8, 1 };
static volatile LONG KazooClients;

static NTSTATUS NTAPI KazooAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&KazooClients);
    *ProviderBindingContext = (PVOID)&KazooClients;
    *ProviderDispatch = KazooDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI KazooDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static NPI_PROVIDER_CHARACTERISTICS KazooChars;
static HANDLE KazooHandle;

static VOID KazooDescribe(NPI_REGISTRATION_INSTANCE *Instance, BOOLEAN WithModule)
{
    Instance->Size = sizeof(*Instance);
    Instance->NpiId = &KazooNpiId;
    if (WithModule) {
        Instance->ModuleId = &KazooModuleId;
    }
}

VOID NTAPI KazooUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(KazooHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(KazooHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KazooChars.Length = sizeof(KazooChars);
    KazooChars.ProviderAttachClient = KazooAttachClient;
    KazooChars.ProviderDetachClient = KazooDetachClient;
    KazooDescribe(&KazooChars.ProviderRegistrationInstance, FALSE);
    DriverObject->DriverUnload = KazooUnload;
    return NmrRegisterProvider(&KazooChars, NULL, &KazooHandle); // EXPECT: nmr-bad-characteristics
}
