/* Defect: unload's loop starts at one; the registration in element zero is never ended. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MambaUnload;

static const NPIID MambaANpiId = { 0x116640f2, 0x2fe0, 0x4a02, { 0xfc, 0x14, 0xf2, 0x5d, 0x0f, 0x03, 0x25, 0xae } };
static const NPI_MODULEID MambaAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x40a39355, 0xae04, 0x43ed, { 0xa5, 0x62, 0xd6, 0x32, 0x8a, 0xed, 0x9e, 0x53 } } } };
static const ULONG MambaADispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MambaAPeer;

static NTSTATUS NTAPI MambaAAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MambaAPeer, &MambaADispatch, &MambaAPeer.Context, &MambaAPeer.Dispatch);
}

static NTSTATUS NTAPI MambaADetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MambaAPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MambaAClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MambaAAttach, MambaADetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MambaANpiId, &MambaAModuleId, 0, NULL }
};
static const NPIID MambaBNpiId = { 0x23f77a93, 0xe9f4, 0x4a6e, { 0x3d, 0x40, 0x97, 0x9c, 0xe8, 0x2d, 0x4f, 0x89 } };
static const NPI_MODULEID MambaBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5ce95920, 0x050d, 0x4c7f, { 0xdb, 0x23, 0xe4, 0xdc, 0x10, 0x64, 0xe5, 0xe9 } } } };
static const ULONG MambaBDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MambaBPeer;

static NTSTATUS NTAPI MambaBAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MambaBPeer, &MambaBDispatch, &MambaBPeer.Context, &MambaBPeer.Dispatch);
}

static NTSTATUS NTAPI MambaBDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MambaBPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MambaBClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MambaBAttach, MambaBDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MambaBNpiId, &MambaBModuleId, 0, NULL }
};

static HANDLE MambaHandles[2];

VOID NTAPI MambaUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 1; i < RTL_NUMBER_OF(MambaHandles); i += 1) {
        if (NmrDeregisterClient(MambaHandles[i]) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(MambaHandles[i]);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&MambaAClient, NULL, &MambaHandles[0]); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&MambaBClient, NULL, &MambaHandles[1]);
    if (!NT_SUCCESS(Status)) {
        if (NmrDeregisterClient(MambaHandles[0]) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(MambaHandles[0]);
        }
        return Status;
    }
    DriverObject->DriverUnload = MambaUnload;
    return STATUS_SUCCESS;
}
