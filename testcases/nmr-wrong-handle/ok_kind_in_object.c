/* Good: one object type for both kinds; the end function looks at the kind that was set with the register call. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ViolaUnload;

static const NPIID ViolaDownNpiId = { 0x6ee2d20d, 0x571b, 0x491d, { 0x46, 0x22, 0x54, 0x2d, 0x25, 0x2c, 0xfb, 0xe4 } };
static const NPI_MODULEID ViolaDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x29813064, 0xaaee, 0x4122, { 0xdc, 0x3a, 0xfa, 0x3e, 0xd5, 0xbb, 0x1b, 0x77 } } } };
static const ULONG ViolaDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ViolaDownPeer;

static NTSTATUS NTAPI ViolaDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ViolaDownPeer, &ViolaDownDispatch, &ViolaDownPeer.Context, &ViolaDownPeer.Dispatch);
}

static NTSTATUS NTAPI ViolaDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ViolaDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ViolaDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ViolaDownAttach, ViolaDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ViolaDownNpiId, &ViolaDownModuleId, 0, NULL }
};
static const NPIID ViolaUpNpiId = { 0x7240ac11, 0xda48, 0x490a, { 0x1a, 0xfc, 0xed, 0x06, 0x85, 0x3d, 0x60, 0x4f } };
static const NPI_MODULEID ViolaUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5a00b912, 0x2136, 0x4264, { 0x9e, 0x41, 0x83, 0x17, 0xbb, 0x8c, 0x03, 0x4a } } } };
static const ULONG ViolaUpDispatch[2] = { 8, 1 };
static volatile LONG ViolaUpClients;

static NTSTATUS NTAPI ViolaUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ViolaUpClients);
    *ProviderBindingContext = (PVOID)&ViolaUpClients;
    *ProviderDispatch = ViolaUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ViolaUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ViolaUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ViolaUpAttachClient, ViolaUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ViolaUpNpiId, &ViolaUpModuleId, 0, NULL }
};

typedef enum _VIOLA_KIND { ViolaNone, ViolaIsClient, ViolaIsProvider } VIOLA_KIND;

typedef struct _VIOLA {
    VIOLA_KIND Kind;
    HANDLE Handle;
} VIOLA, *PVIOLA;

static VIOLA ViolaObjects[2];

static VOID ViolaEnd(PVIOLA Viola)
{
    switch (Viola->Kind) {
    case ViolaIsClient:
        if (NmrDeregisterClient(Viola->Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Viola->Handle);
        }
        break;
    case ViolaIsProvider:
        if (NmrDeregisterProvider(Viola->Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Viola->Handle);
        }
        break;
    default:
        return;
    }
    Viola->Kind = ViolaNone;
    Viola->Handle = NULL;
}

static NTSTATUS ViolaBeginClient(PVIOLA Viola)
{
    NTSTATUS Status = NmrRegisterClient(&ViolaDownClient, NULL, &Viola->Handle);

    if (NT_SUCCESS(Status)) {
        Viola->Kind = ViolaIsClient;
    }
    return Status;
}

static NTSTATUS ViolaBeginProvider(PVIOLA Viola)
{
    NTSTATUS Status = NmrRegisterProvider(&ViolaUpProvider, NULL, &Viola->Handle);

    if (NT_SUCCESS(Status)) {
        Viola->Kind = ViolaIsProvider;
    }
    return Status;
}

VOID NTAPI ViolaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ViolaEnd(&ViolaObjects[1]);
    ViolaEnd(&ViolaObjects[0]);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = ViolaBeginClient(&ViolaObjects[0]);
    if (NT_SUCCESS(Status)) {
        Status = ViolaBeginProvider(&ViolaObjects[1]);
    }
    if (!NT_SUCCESS(Status)) {
        ViolaUnload(DriverObject);
        return Status;
    }
    DriverObject->DriverUnload = ViolaUnload;
    return STATUS_SUCCESS;
}
