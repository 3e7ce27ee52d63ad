/* hazel: bindings come from a paged lookaside list; the cleanup callback gives them back at any level. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _HAZEL_BINDING {
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} HAZEL_BINDING, *PHAZEL_BINDING;

static PAGED_LOOKASIDE_LIST HazelList;
static HANDLE HazelClient;

static const NPIID HazelNpiId = { 0x3929c954, 0xbeb8, 0x402b, { 0xcb, 0x10, 0x43, 0x00, 0xb3, 0x65, 0x66, 0x90 } };
static const NPI_MODULEID HazelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8a95efc7, 0xd18d, 0x4242, { 0x58, 0x80, 0x84, 0x77, 0xf7, 0xef, 0x8a, 0x07 } } } };

static NTSTATUS NTAPI
HazelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PHAZEL_BINDING binding = ExAllocateFromPagedLookasideList(&HazelList);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreeToPagedLookasideList(&HazelList, binding);
    }
    return status;
}

static NTSTATUS NTAPI
HazelDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HazelCleanup(PVOID ClientBindingContext)
{
    ExFreeToPagedLookasideList(&HazelList, ClientBindingContext); // EXPECT: irql-too-high
}

static const NPI_CLIENT_CHARACTERISTICS HazelCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HazelAttach, HazelDetach, HazelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HazelNpiId, &HazelModuleId, 0, NULL }
};

static VOID NTAPI
HazelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(HazelClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(HazelClient);
    }
    ExDeletePagedLookasideList(&HazelList);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializePagedLookasideList(&HazelList, NULL, NULL, 0, sizeof(HAZEL_BINDING), 'ezaH', 0);
    status = NmrRegisterClient(&HazelCharacteristics, NULL, &HazelClient);
    if (!NT_SUCCESS(status)) {
        ExDeletePagedLookasideList(&HazelList);
        return status;
    }
    DriverObject->DriverUnload = HazelUnload;
    return STATUS_SUCCESS;
}
