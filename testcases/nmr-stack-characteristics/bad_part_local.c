/* One file of a driver. Defect: whoever calls, the characteristics die with the frame; the handle goes to the caller. */
#include <ntddk.h>
#include <netioddk.h>

static const NPIID DiscoNpiId = { 0x6b8a071d, 0x3bbc, 0x4b8d, { 0xc7, 0x88, 0xe4, 0x88, 0xf7, 0xec, 0xe2, 0x5c } };
static const NPI_MODULEID DiscoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x34a5bb9c, 0x53d1, 0x44b8, { 0xc6, 0x7a, 0x99, 0x0f, 0xa8, 0x85, 0x24, 0xab } } } };
static const ULONG DiscoDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } DiscoPeer;

static NTSTATUS NTAPI DiscoAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &DiscoPeer, &DiscoDispatch, &DiscoPeer.Context, &DiscoPeer.Dispatch);
}

static NTSTATUS NTAPI DiscoDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    DiscoPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

NTSTATUS DiscoOpen(PVOID Context, PHANDLE Handle)
{
    NPI_CLIENT_CHARACTERISTICS Chars = {
        0, sizeof(NPI_CLIENT_CHARACTERISTICS), DiscoAttach, DiscoDetach, NULL,
        { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DiscoNpiId, &DiscoModuleId, 0, NULL }
    };
    NTSTATUS Status = NmrRegisterClient(&Chars, Context, Handle); // EXPECT: nmr-stack-characteristics

    if (!NT_SUCCESS(Status)) {
        *Handle = NULL;
    }
    return Status;
}

VOID DiscoClose(HANDLE Handle)
{
    if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
}
