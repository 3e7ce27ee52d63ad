/* Good: the handle is kept as an integer, in an array of slots, and turned back. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD VireoUnload;

static const NPIID VireoNpiId = { 0x98cf1937, 0x86e4, 0x4126, { 0x5d, 0x71, 0x33, 0x23, 0x0b, 0x87, 0x36, 0x4f } };
static const NPI_MODULEID VireoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb44510bc, 0x97d6, 0x485a, { 0xad, 0x2a, 0xfe, 0x3c, 0xca, 0xf4, 0x89, 0xa7 } } } };
static const ULONG VireoDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } VireoPeer;

static NTSTATUS NTAPI VireoAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &VireoPeer, &VireoDispatch, &VireoPeer.Context, &VireoPeer.Dispatch);
}

static NTSTATUS NTAPI VireoDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    VireoPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS VireoClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), VireoAttach, VireoDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &VireoNpiId, &VireoModuleId, 0, NULL }
};

static ULONG_PTR VireoSlots[4];

static ULONG VireoKeep(HANDLE Handle)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(VireoSlots); i += 1) {
        if (VireoSlots[i] == 0) {
            VireoSlots[i] = (ULONG_PTR)Handle;
            break;
        }
    }
    return i;
}

VOID NTAPI VireoUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < ARRAYSIZE(VireoSlots); i += 1) {
        if (VireoSlots[i] != 0) {
            if (NmrDeregisterClient((HANDLE)VireoSlots[i]) == STATUS_PENDING) {
                NmrWaitForClientDeregisterComplete((HANDLE)VireoSlots[i]);
            }
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&VireoClient, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    (VOID)VireoKeep(Handle);
    DriverObject->DriverUnload = VireoUnload;
    return STATUS_SUCCESS;
}
