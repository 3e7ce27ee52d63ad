/* Good: after the register call only the handle is written: through the out parameter, then into the object. */
#include <ntddk.h>
#include <netioddk.h>

#define SEDGE_TAG 'gdeS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SedgeUnload;

typedef struct _SEDGE {
    HANDLE Handle;
    ULONG Number;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} SEDGE, *PSEDGE;

static PSEDGE g_Sedge;
static const ULONG SedgeDispatch = 1;
static const NPIID SedgeNpiId = { 0xd52b0f29, 0xdd8b, 0x4e87, { 0x3b, 0xfd, 0x3c, 0x74, 0xaf, 0x8d, 0xe1, 0xda } };
static const NPI_MODULEID SedgeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x30840dd3, 0x7811, 0x4756, { 0x68, 0x22, 0xc2, 0x61, 0xe1, 0x60, 0xcd, 0x14 } } } };

static NTSTATUS NTAPI SedgeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PSEDGE Sedge = ClientContext;

    if (ProviderRegistrationInstance->Number != Sedge->Number) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, Sedge, &SedgeDispatch, &Sedge->PeerContext, &Sedge->PeerDispatch);
}

static NTSTATUS NTAPI SedgeDetach(PVOID ClientBindingContext)
{
    ((PSEDGE)ClientBindingContext)->PeerDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SedgeClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SedgeAttach, SedgeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SedgeNpiId, &SedgeModuleId, 0, NULL }
};

VOID NTAPI SedgeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(g_Sedge->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(g_Sedge->Handle);
    }
    ExFreePoolWithTag(g_Sedge, SEDGE_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PSEDGE Sedge;
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Sedge = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Sedge), SEDGE_TAG);
    if (Sedge == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Sedge->Number = 12;
    Status = NmrRegisterClient(&SedgeClient, Sedge, &Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Sedge, SEDGE_TAG);
        return Status;
    }
    Sedge->Handle = Handle;
    g_Sedge = Sedge;
    DriverObject->DriverUnload = SedgeUnload;
    return STATUS_SUCCESS;
}
