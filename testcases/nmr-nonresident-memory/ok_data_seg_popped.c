/* Good: the pageable segment is popped before the characteristics; a named section that is not PAGE or INIT is no matter. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PetrelUnload;

static const NPIID PetrelNpiId = { 0xf865e128, 0xf48d, 0x47cb, { 0x78, 0x14, 0x4c, 0x16, 0x8c, 0x03, 0x5b, 0xb1 } };
static const NPI_MODULEID PetrelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x1f014029, 0xc2cd, 0x4035, { 0x0d, 0x19, 0x52, 0x09, 0xb8, 0x48, 0x4e, 0x2c } } } };
static const ULONG PetrelDispatch[2] = { 8, 1 };
static volatile LONG PetrelClients;

static NTSTATUS NTAPI PetrelAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PetrelClients);
    *ProviderBindingContext = (PVOID)&PetrelClients;
    *ProviderDispatch = PetrelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PetrelDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

#pragma data_seg(push, petrel, "PAGEDATA")
static ULONG PetrelVerbose = 1;
#pragma data_seg(pop, petrel)

#pragma section("SHARED", read, write)
__declspec(allocate("SHARED")) static NPI_PROVIDER_CHARACTERISTICS PetrelProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PetrelAttachClient, PetrelDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PetrelNpiId, &PetrelModuleId, 0, NULL }
};

static HANDLE PetrelHandle;

VOID NTAPI PetrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(PetrelHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(PetrelHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    PetrelProvider.ProviderRegistrationInstance.Number = PetrelVerbose;
    DriverObject->DriverUnload = PetrelUnload;
    return NmrRegisterProvider(&PetrelProvider, NULL, &PetrelHandle);
}
