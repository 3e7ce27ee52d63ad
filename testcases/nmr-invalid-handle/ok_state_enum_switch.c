/* Good: the state says how far the start came; the stop function falls through the cases below it. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FirUnload;

static const NPIID FirDownNpiId = { 0x0426b1c4, 0xe6af, 0x4235, { 0xf3, 0xdd, 0xa5, 0xc3, 0xdd, 0x7b, 0x7d, 0x3e } };
static const NPI_MODULEID FirDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8f417a7d, 0x88ff, 0x41eb, { 0xce, 0x8f, 0x71, 0x2f, 0xbb, 0xcf, 0x62, 0x27 } } } };
static const ULONG FirDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } FirDownPeer;

static NTSTATUS NTAPI FirDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FirDownPeer, &FirDownDispatch, &FirDownPeer.Context, &FirDownPeer.Dispatch);
}

static NTSTATUS NTAPI FirDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FirDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FirDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FirDownAttach, FirDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FirDownNpiId, &FirDownModuleId, 0, NULL }
};
static const NPIID FirUpNpiId = { 0x8a252a97, 0x8ee3, 0x44e7, { 0xf9, 0xd8, 0x2f, 0x8f, 0x71, 0x2b, 0xf7, 0x1f } };
static const NPI_MODULEID FirUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xcc2e4c0d, 0xb298, 0x4ed7, { 0xc1, 0x08, 0xcc, 0x0e, 0xf0, 0x08, 0x41, 0x50 } } } };
static const ULONG FirUpDispatch[2] = { 8, 1 };
static volatile LONG FirUpClients;

static NTSTATUS NTAPI FirUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FirUpClients);
    *ProviderBindingContext = (PVOID)&FirUpClients;
    *ProviderDispatch = FirUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FirUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FirUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FirUpAttachClient, FirUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FirUpNpiId, &FirUpModuleId, 0, NULL }
};

typedef enum _FIR_STATE { FirIdle, FirDeviceMade, FirClientUp, FirProviderUp } FIR_STATE;

static FIR_STATE FirState = FirIdle;
static HANDLE FirClientHandle, FirProviderHandle;
static PDEVICE_OBJECT FirDevice;

static VOID FirStop(VOID)
{
    switch (FirState) {
    case FirProviderUp:
        if (NmrDeregisterProvider(FirProviderHandle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(FirProviderHandle);
        }
        __fallthrough;
    case FirClientUp:
        if (NmrDeregisterClient(FirClientHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(FirClientHandle);
        }
        __fallthrough;
    case FirDeviceMade:
        IoDeleteDevice(FirDevice);
        __fallthrough;
    case FirIdle:
        break;
    }
    FirState = FirIdle;
}

static NTSTATUS FirStart(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &FirDevice);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    FirState = FirDeviceMade;
    Status = NmrRegisterClient(&FirDownClient, NULL, &FirClientHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    FirState = FirClientUp;
    Status = NmrRegisterProvider(&FirUpProvider, NULL, &FirProviderHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    FirState = FirProviderUp;
    return STATUS_SUCCESS;
}

VOID NTAPI FirUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FirStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status = FirStart(DriverObject);

    UNREFERENCED_PARAMETER(RegistryPath);
    if (!NT_SUCCESS(Status)) {
        FirStop();
        return Status;
    }
    DriverObject->DriverUnload = FirUnload;
    return STATUS_SUCCESS;
}
