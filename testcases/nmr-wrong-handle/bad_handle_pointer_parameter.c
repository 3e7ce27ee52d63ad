/* Defect: the end function gets a pointer to the handle and forgets to dereference it, in a macro. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CrocusUnload;

static const NPIID CrocusNpiId = { 0xcfb6e8fe, 0xec7c, 0x4879, { 0x47, 0x84, 0xbe, 0xca, 0x46, 0x68, 0x78, 0x5b } };
static const NPI_MODULEID CrocusModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xcc797b94, 0x522a, 0x44ac, { 0x2d, 0x02, 0x83, 0xbe, 0x7f, 0x0a, 0x4d, 0xd5 } } } };
static const ULONG CrocusDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CrocusPeer;

static NTSTATUS NTAPI CrocusAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CrocusPeer, &CrocusDispatch, &CrocusPeer.Context, &CrocusPeer.Dispatch);
}

static NTSTATUS NTAPI CrocusDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CrocusPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CrocusClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CrocusAttach, CrocusDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CrocusNpiId, &CrocusModuleId, 0, NULL }
};

#define CROCUS_DEREGISTER(Handle) NmrDeregisterClient((HANDLE)(Handle))

static HANDLE CrocusHandle;

static VOID CrocusEnd(PHANDLE Handle)
{
    NTSTATUS Status;

    if (*Handle == NULL) {
        return;
    }
    Status = CROCUS_DEREGISTER(Handle); // EXPECT: nmr-wrong-handle
    if (Status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(*Handle);
    }
    *Handle = NULL;
}

VOID NTAPI CrocusUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CrocusEnd(&CrocusHandle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CrocusUnload;
    return NmrRegisterClient(&CrocusClient, NULL, &CrocusHandle);
}
