/* Begin and end of the registration that a probe makes; the caller owns context and handle. */
#include "probe.h"

static const NPIID ProbeNpiId = { 0x76d16796, 0xb5fa, 0x4da9, { 0x68, 0xee, 0x25, 0x30, 0xea, 0x43, 0xdd, 0xc3 } };
static const NPI_MODULEID ProbeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xeea488fb, 0x0645, 0x4df5, { 0xf4, 0x5a, 0x53, 0x84, 0x57, 0x1a, 0xc2, 0xbe } } } };

static NTSTATUS NTAPI ProbeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PPROBE_CONTEXT Context = ClientContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    InterlockedIncrement(&Context->Count);
    KeSetEvent(&Context->Found, IO_NO_INCREMENT, FALSE);
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI ProbeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ProbeClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ProbeAttach, ProbeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ProbeNpiId, &ProbeModuleId, 0, NULL }
};

NTSTATUS ProbeBegin(PPROBE_CONTEXT Context, HANDLE *Handle)
{
    KeInitializeEvent(&Context->Found, NotificationEvent, FALSE);
    Context->Count = 0;
    return NmrRegisterClient(&ProbeClient, Context, Handle);
}

VOID ProbeEnd(HANDLE Handle)
{
    NTSTATUS Status = NmrDeregisterClient(Handle);

    if (Status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
}
