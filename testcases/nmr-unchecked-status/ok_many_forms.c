/* Good: every form of a test: comparison with a constant, sign, conditional operator, switch, loop, assertion, field. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AniseUnload;

static const NPIID Anise0NpiId = { 0xdedc9046, 0xf1f4, 0x46c1, { 0x33, 0xc3, 0x6b, 0xb1, 0x6b, 0xe2, 0xca, 0xb4 } };
static const NPI_MODULEID Anise0ModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc5d2ffb3, 0xb09e, 0x4955, { 0xf0, 0x3e, 0xaa, 0x4f, 0x03, 0x84, 0x85, 0x58 } } } };
static const ULONG Anise0Dispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } Anise0Peer;

static NTSTATUS NTAPI Anise0Attach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &Anise0Peer, &Anise0Dispatch, &Anise0Peer.Context, &Anise0Peer.Dispatch);
}

static NTSTATUS NTAPI Anise0Detach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    Anise0Peer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS Anise0Client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Anise0Attach, Anise0Detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &Anise0NpiId, &Anise0ModuleId, 0, NULL }
};
static const NPIID Anise1NpiId = { 0x62a21d2b, 0x5e75, 0x43ad, { 0x82, 0x11, 0xbf, 0x97, 0x4e, 0x66, 0xe5, 0x67 } };
static const NPI_MODULEID Anise1ModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x59406fbd, 0x7a34, 0x4ba7, { 0xa0, 0x09, 0x9b, 0x25, 0x25, 0xab, 0x23, 0x1f } } } };
static const ULONG Anise1Dispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } Anise1Peer;

static NTSTATUS NTAPI Anise1Attach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &Anise1Peer, &Anise1Dispatch, &Anise1Peer.Context, &Anise1Peer.Dispatch);
}

static NTSTATUS NTAPI Anise1Detach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    Anise1Peer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS Anise1Client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Anise1Attach, Anise1Detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &Anise1NpiId, &Anise1ModuleId, 0, NULL }
};
static const NPIID Anise2NpiId = { 0x41d90aef, 0xcb3b, 0x422e, { 0x94, 0xe7, 0xf0, 0xa0, 0x4d, 0xb4, 0xdc, 0x52 } };
static const NPI_MODULEID Anise2ModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8dab118d, 0x9bac, 0x4ad8, { 0x60, 0x66, 0xb0, 0xe7, 0x0c, 0x2f, 0xac, 0xcc } } } };
static const ULONG Anise2Dispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } Anise2Peer;

static NTSTATUS NTAPI Anise2Attach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &Anise2Peer, &Anise2Dispatch, &Anise2Peer.Context, &Anise2Peer.Dispatch);
}

static NTSTATUS NTAPI Anise2Detach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    Anise2Peer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS Anise2Client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Anise2Attach, Anise2Detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &Anise2NpiId, &Anise2ModuleId, 0, NULL }
};
static const NPIID Anise3NpiId = { 0x2c8fe7cf, 0xd3e8, 0x49ee, { 0x13, 0xff, 0xa2, 0x82, 0x85, 0xd1, 0xf3, 0x61 } };
static const NPI_MODULEID Anise3ModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe92130aa, 0x4b9e, 0x4252, { 0x63, 0x18, 0xad, 0xa2, 0x75, 0xa8, 0xcf, 0x3c } } } };
static const ULONG Anise3Dispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } Anise3Peer;

static NTSTATUS NTAPI Anise3Attach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &Anise3Peer, &Anise3Dispatch, &Anise3Peer.Context, &Anise3Peer.Dispatch);
}

static NTSTATUS NTAPI Anise3Detach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    Anise3Peer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS Anise3Client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Anise3Attach, Anise3Detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &Anise3NpiId, &Anise3ModuleId, 0, NULL }
};
static const NPIID Anise4NpiId = { 0x54534281, 0xf56a, 0x45ca, { 0x81, 0x7a, 0x99, 0xf9, 0xee, 0x98, 0xd4, 0x1c } };
static const NPI_MODULEID Anise4ModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x305e5924, 0x8927, 0x40f3, { 0x6f, 0xf7, 0xb4, 0x2b, 0x9c, 0x4b, 0x83, 0x99 } } } };
static const ULONG Anise4Dispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } Anise4Peer;

static NTSTATUS NTAPI Anise4Attach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &Anise4Peer, &Anise4Dispatch, &Anise4Peer.Context, &Anise4Peer.Dispatch);
}

static NTSTATUS NTAPI Anise4Detach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    Anise4Peer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS Anise4Client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Anise4Attach, Anise4Detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &Anise4NpiId, &Anise4ModuleId, 0, NULL }
};
static const NPIID Anise5NpiId = { 0x06156b7e, 0x403b, 0x4c01, { 0xe1, 0x16, 0x3d, 0x17, 0x8a, 0xaa, 0xa7, 0x59 } };
static const NPI_MODULEID Anise5ModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0ccd562e, 0x0654, 0x48b8, { 0xf3, 0xa6, 0xde, 0xef, 0x41, 0x17, 0x50, 0x4b } } } };
static const ULONG Anise5Dispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } Anise5Peer;

static NTSTATUS NTAPI Anise5Attach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &Anise5Peer, &Anise5Dispatch, &Anise5Peer.Context, &Anise5Peer.Dispatch);
}

static NTSTATUS NTAPI Anise5Detach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    Anise5Peer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS Anise5Client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Anise5Attach, Anise5Detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &Anise5NpiId, &Anise5ModuleId, 0, NULL }
};

static HANDLE Anise[6];

static VOID AniseEnd(ULONG i)
{
    if (Anise[i] != NULL) {
        if (NmrDeregisterClient(Anise[i]) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Anise[i]);
        }
        Anise[i] = NULL;
    }
}

static BOOLEAN AniseByConstant(VOID)
{
    if (NmrRegisterClient(&Anise0Client, NULL, &Anise[0]) != STATUS_SUCCESS) {
        Anise[0] = NULL;
        return FALSE;
    }
    return TRUE;
}

static BOOLEAN AniseBySign(VOID)
{
    NTSTATUS Status = NmrRegisterClient(&Anise1Client, NULL, &Anise[1]);

    if (Status < 0) {
        Anise[1] = NULL;
        return FALSE;
    }
    return TRUE;
}

static BOOLEAN AniseByConditional(VOID)
{
    HANDLE Handle = NULL;

    Anise[2] = NT_SUCCESS(NmrRegisterClient(&Anise2Client, NULL, &Handle)) ? Handle : NULL;
    return Anise[2] != NULL;
}

static BOOLEAN AniseBySwitch(VOID)
{
    switch (NmrRegisterClient(&Anise3Client, NULL, &Anise[3])) {
    case STATUS_SUCCESS:
        return TRUE;
    default:
        Anise[3] = NULL;
        return FALSE;
    }
}

static VOID AniseByLoop(VOID)
{
    LARGE_INTEGER Delay;

    Delay.QuadPart = -10 * 1000 * 10;
    while (!NT_SUCCESS(NmrRegisterClient(&Anise4Client, NULL, &Anise[4]))) {
        KeDelayExecutionThread(KernelMode, FALSE, &Delay);
    }
}

static VOID AniseByAssertion(VOID)
{
    NTSTATUS Status = NmrRegisterClient(&Anise5Client, NULL, &Anise[5]);

    NT_FRE_ASSERT(NT_SUCCESS(Status));
}

VOID NTAPI AniseUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    AniseEnd(5);
    AniseEnd(4);
    AniseEnd(3);
    AniseEnd(2);
    AniseEnd(1);
    AniseEnd(0);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    if (!AniseByConstant() || !AniseBySign() || !AniseByConditional() || !AniseBySwitch()) {
        AniseUnload(DriverObject);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    AniseByLoop();
    AniseByAssertion();
    DriverObject->DriverUnload = AniseUnload;
    return STATUS_SUCCESS;
}
