/*
 * Good: the attach callback passes the binding handle that it was given, by way of its binding object.
 * (Twin: bad_attach_with_client_handle.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD OuzelUnload;

static HANDLE OuzelHandle;
static struct {
    HANDLE Binding;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} OuzelBinding;
static const ULONG OuzelDispatch = 1;
static const NPIID OuzelNpiId = { 0x86ae5643, 0x7ef2, 0x4388, { 0x81, 0x2d, 0xd4, 0x46, 0x56, 0xb0, 0x3d, 0x0f } };
static const NPI_MODULEID OuzelModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x3caeebbd, 0x47d0, 0x4a37, { 0x8b, 0xc8, 0xc9, 0xef, 0xcf, 0xe8, 0xa3, 0xef } } }
};

static NTSTATUS NTAPI OuzelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    OuzelBinding.Binding = NmrBindingHandle;
    return NmrClientAttachProvider(OuzelBinding.Binding, &OuzelBinding, &OuzelDispatch, &OuzelBinding.ProviderContext,
                                   &OuzelBinding.ProviderDispatch);
}

static NTSTATUS NTAPI OuzelDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OuzelBinding.ProviderDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OuzelClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OuzelAttach, OuzelDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OuzelNpiId, &OuzelModuleId, 0, NULL }
};

VOID NTAPI OuzelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(OuzelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OuzelHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OuzelUnload;
    return NmrRegisterClient(&OuzelClient, NULL, &OuzelHandle);
}
