/* One file of a driver. Defect: the handle never leaves the frame that registered it, whoever calls. */
#include <ntddk.h>
#include <netioddk.h>

static const NPIID AgamaNpiId = { 0x367fe06a, 0x718b, 0x41c4, { 0x35, 0xb1, 0x3c, 0xde, 0x38, 0x78, 0x4b, 0xb9 } };
static const NPI_MODULEID AgamaModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x75e7e878, 0xcb44, 0x46c9, { 0xce, 0xd2, 0x41, 0x01, 0xee, 0x04, 0xa3, 0xef } } } };
static const ULONG AgamaDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AgamaPeer;

static NTSTATUS NTAPI AgamaAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AgamaPeer, &AgamaDispatch, &AgamaPeer.Context, &AgamaPeer.Dispatch);
}

static NTSTATUS NTAPI AgamaDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AgamaPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AgamaClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AgamaAttach, AgamaDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AgamaNpiId, &AgamaModuleId, 0, NULL }
};

static volatile LONG AgamaRegistered;

NTSTATUS AgamaEnable(VOID)
{
    HANDLE Handle;
    NTSTATUS Status;

    if (InterlockedExchange(&AgamaRegistered, 1) != 0) {
        return STATUS_SUCCESS;
    }
    Status = NmrRegisterClient(&AgamaClient, NULL, &Handle); // EXPECT: nmr-lost-handle
    if (!NT_SUCCESS(Status)) {
        InterlockedExchange(&AgamaRegistered, 0);
        return Status;
    }
    return STATUS_SUCCESS;
}
