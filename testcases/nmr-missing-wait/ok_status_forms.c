/* Good: four forms of the same: an assertion, a verification, no test at all, an early return on an error. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FerretUnload;

static const NPIID FerretANpiId = { 0x8eb75ef7, 0x4a91, 0x4536, { 0xcb, 0xa0, 0x45, 0x34, 0xe5, 0xe9, 0xfa, 0x12 } };
static const NPI_MODULEID FerretAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x27136924, 0xbfe0, 0x4d01, { 0x30, 0x1d, 0x9e, 0x05, 0x36, 0x43, 0x79, 0xb8 } } } };
static const ULONG FerretADispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } FerretAPeer;

static NTSTATUS NTAPI FerretAAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FerretAPeer, &FerretADispatch, &FerretAPeer.Context, &FerretAPeer.Dispatch);
}

static NTSTATUS NTAPI FerretADetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FerretAPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FerretAClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FerretAAttach, FerretADetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FerretANpiId, &FerretAModuleId, 0, NULL }
};
static const NPIID FerretBNpiId = { 0x7dfd6a18, 0x827d, 0x4887, { 0x82, 0x8e, 0x59, 0xd8, 0x0d, 0xb0, 0x83, 0x60 } };
static const NPI_MODULEID FerretBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0c1aedd7, 0xedb0, 0x4159, { 0x31, 0xec, 0xf0, 0x66, 0x84, 0xe4, 0x19, 0xb9 } } } };
static const ULONG FerretBDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } FerretBPeer;

static NTSTATUS NTAPI FerretBAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FerretBPeer, &FerretBDispatch, &FerretBPeer.Context, &FerretBPeer.Dispatch);
}

static NTSTATUS NTAPI FerretBDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FerretBPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FerretBClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FerretBAttach, FerretBDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FerretBNpiId, &FerretBModuleId, 0, NULL }
};
static const NPIID FerretCNpiId = { 0x01af8059, 0x281b, 0x4dd7, { 0x1d, 0x8e, 0xec, 0xe9, 0x17, 0xfd, 0x0f, 0x22 } };
static const NPI_MODULEID FerretCModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8a9c6bdd, 0x8b24, 0x4791, { 0x26, 0xb2, 0x04, 0x32, 0x29, 0xeb, 0x33, 0x5c } } } };
static const ULONG FerretCDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } FerretCPeer;

static NTSTATUS NTAPI FerretCAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FerretCPeer, &FerretCDispatch, &FerretCPeer.Context, &FerretCPeer.Dispatch);
}

static NTSTATUS NTAPI FerretCDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FerretCPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FerretCClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FerretCAttach, FerretCDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FerretCNpiId, &FerretCModuleId, 0, NULL }
};
static const NPIID FerretDNpiId = { 0xb2a8478a, 0xe1e0, 0x4ed7, { 0x3a, 0x06, 0xff, 0x77, 0x6c, 0x0a, 0xf1, 0x66 } };
static const NPI_MODULEID FerretDModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x383e52d6, 0xbfc1, 0x4508, { 0xaa, 0x97, 0x02, 0xc6, 0x23, 0xa7, 0xa2, 0x41 } } } };
static const ULONG FerretDDispatch[2] = { 8, 1 };
static volatile LONG FerretDClients;

static NTSTATUS NTAPI FerretDAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FerretDClients);
    *ProviderBindingContext = (PVOID)&FerretDClients;
    *ProviderDispatch = FerretDDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FerretDDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FerretDProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FerretDAttachClient, FerretDDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FerretDNpiId, &FerretDModuleId, 0, NULL }
};

static HANDLE FerretA, FerretB, FerretC, FerretD;

static VOID FerretStopA(VOID)
{
    NTSTATUS Status = NmrDeregisterClient(FerretA);

    NT_FRE_ASSERT(Status == STATUS_PENDING);
    NmrWaitForClientDeregisterComplete(FerretA);
}

static VOID FerretStopB(VOID)
{
    NT_VERIFY(NmrDeregisterClient(FerretB) == STATUS_PENDING);
    NT_VERIFY(NT_SUCCESS(NmrWaitForClientDeregisterComplete(FerretB)));
}

static VOID FerretStopC(VOID)
{
    (VOID)NmrDeregisterClient(FerretC);
    (VOID)NmrWaitForClientDeregisterComplete(FerretC);
}

static NTSTATUS FerretStopD(VOID)
{
    NTSTATUS Status = NmrDeregisterProvider(FerretD);

    if (Status != STATUS_PENDING) {
        return Status;
    }
    return NmrWaitForProviderDeregisterComplete(FerretD);
}

VOID NTAPI FerretUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FerretStopA();
    FerretStopB();
    FerretStopC();
    if (!NT_SUCCESS(FerretStopD())) {
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "ferret: the provider did not end\n");
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&FerretAClient, NULL, &FerretA);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&FerretBClient, NULL, &FerretB);
    if (!NT_SUCCESS(Status)) {
        goto StopA;
    }
    Status = NmrRegisterClient(&FerretCClient, NULL, &FerretC);
    if (!NT_SUCCESS(Status)) {
        goto StopB;
    }
    Status = NmrRegisterProvider(&FerretDProvider, NULL, &FerretD);
    if (!NT_SUCCESS(Status)) {
        goto StopC;
    }
    DriverObject->DriverUnload = FerretUnload;
    return STATUS_SUCCESS;

StopC:
    FerretStopC();
StopB:
    FerretStopB();
StopA:
    FerretStopA();
    return Status;
}
