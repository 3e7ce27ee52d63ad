/* Defect: the object is in non-paged pool, the NPI-specific characteristics that it points at are not. */
#include <ntddk.h>
#include <netioddk.h>

#define MURRE_TAG 'rruM'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MurreUnload;

static const NPIID MurreNpiId = { 0x7fb50fab, 0x6b8a, 0x4637, { 0xd3, 0x6e, 0x67, 0x37, 0x11, 0x38, 0x05, 0xaa } };
static const NPI_MODULEID MurreModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x543428c3, 0x6a50, 0x4890, { 0x11, 0x16, 0xc0, 0x06, 0xf8, 0x5a, 0x50, 0xb0 } } } };
static const ULONG MurreDispatch[2] = { 8, 1 };
static volatile LONG MurreClients;

static NTSTATUS NTAPI MurreAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&MurreClients);
    *ProviderBindingContext = (PVOID)&MurreClients;
    *ProviderDispatch = MurreDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MurreDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _MURRE_SPECIFICS {
    ULONG Size;
    ULONG HelperCount;
    ULONG Helpers[16];
} MURRE_SPECIFICS, *PMURRE_SPECIFICS;

typedef struct _MURRE {
    NPI_PROVIDER_CHARACTERISTICS Chars;
    PMURRE_SPECIFICS Specifics;
    HANDLE Handle;
} MURRE, *PMURRE;

static PMURRE g_Murre;

static VOID MurreFree(PMURRE Murre)
{
    if (Murre->Specifics != NULL) {
        ExFreePoolWithTag(Murre->Specifics, MURRE_TAG);
    }
    ExFreePoolWithTag(Murre, MURRE_TAG);
}

static NTSTATUS MurreCreate(PMURRE *Result)
{
    PMURRE Murre = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*Murre), MURRE_TAG);
    NTSTATUS Status;

    if (Murre == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(Murre, sizeof(*Murre));
    Murre->Specifics = ExAllocatePoolWithTag(PagedPool, sizeof(*Murre->Specifics), MURRE_TAG);
    if (Murre->Specifics == NULL) {
        MurreFree(Murre);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(Murre->Specifics, sizeof(*Murre->Specifics));
    Murre->Specifics->Size = sizeof(*Murre->Specifics);
    Murre->Chars.Length = sizeof(Murre->Chars);
    Murre->Chars.ProviderAttachClient = MurreAttachClient;
    Murre->Chars.ProviderDetachClient = MurreDetachClient;
    Murre->Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Murre->Chars.ProviderRegistrationInstance.NpiId = &MurreNpiId;
    Murre->Chars.ProviderRegistrationInstance.ModuleId = &MurreModuleId;
    Murre->Chars.ProviderRegistrationInstance.NpiSpecificCharacteristics = Murre->Specifics;
    Status = NmrRegisterProvider(&Murre->Chars, NULL, &Murre->Handle); // EXPECT: nmr-nonresident-memory
    if (!NT_SUCCESS(Status)) {
        MurreFree(Murre);
        return Status;
    }
    *Result = Murre;
    return STATUS_SUCCESS;
}

VOID NTAPI MurreUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(g_Murre->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(g_Murre->Handle);
    }
    MurreFree(g_Murre);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = MurreUnload;
    return MurreCreate(&g_Murre);
}
