/*
 * Good: the handle is kept as an integer in a table of resources, with a tag for its kind, and ended from there.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CobaltUnload;

typedef struct _COBALT_RESOURCE {
    enum { CobaltNone, CobaltClient, CobaltKey } Kind;
    ULONG_PTR Value;
} COBALT_RESOURCE, *PCOBALT_RESOURCE;

static COBALT_RESOURCE CobaltResources[4];
static ULONG CobaltCount;
static const NPIID CobaltNmrNpiId = { 0x5a29fbdc, 0x8c75, 0x4304, { 0x8f, 0xf3, 0x9e, 0xce, 0x1d, 0x07, 0xdc, 0xc2 } };
static const NPI_MODULEID CobaltNmrModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xda3ef702, 0x6f0f, 0x4f6b, { 0x80, 0xb2, 0x8a, 0x81, 0x50, 0x90, 0x32, 0x04 } } }
};
static const ULONG CobaltNmrDispatch = 5;
static struct { PVOID Context; const VOID *Dispatch; } CobaltNmrPeer;

static NTSTATUS NTAPI CobaltNmrAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CobaltNmrPeer, &CobaltNmrDispatch, &CobaltNmrPeer.Context, &CobaltNmrPeer.Dispatch);
}

static NTSTATUS NTAPI CobaltNmrDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CobaltNmrPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CobaltNmrClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CobaltNmrAttach, CobaltNmrDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CobaltNmrNpiId, &CobaltNmrModuleId, 0, NULL }
};

static VOID CobaltKeep(ULONG Kind, ULONG_PTR Value)
{
    CobaltResources[CobaltCount].Kind = Kind;
    CobaltResources[CobaltCount].Value = Value;
    CobaltCount += 1;
}

static VOID CobaltReleaseAll(VOID)
{
    while (CobaltCount > 0) {
        PCOBALT_RESOURCE Resource = &CobaltResources[--CobaltCount];

        switch (Resource->Kind) {
        case CobaltClient:
            if (NmrDeregisterClient((HANDLE)Resource->Value) == STATUS_PENDING) {
                NmrWaitForClientDeregisterComplete((HANDLE)Resource->Value);
            }
            break;
        case CobaltKey:
            ZwClose((HANDLE)Resource->Value);
            break;
        default:
            break;
        }
    }
}

VOID NTAPI CobaltUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CobaltReleaseAll();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    OBJECT_ATTRIBUTES Attributes;
    HANDLE Handle;
    NTSTATUS Status;

    InitializeObjectAttributes(&Attributes, RegistryPath, OBJ_KERNEL_HANDLE, NULL, NULL);
    Status = ZwOpenKey(&Handle, KEY_READ, &Attributes);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    CobaltKeep(CobaltKey, (ULONG_PTR)Handle);

    Status = NmrRegisterClient(&CobaltNmrClient, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        CobaltReleaseAll();
        return Status;
    }
    CobaltKeep(CobaltClient, (ULONG_PTR)Handle);
    DriverObject->DriverUnload = CobaltUnload;
    return STATUS_SUCCESS;
}
