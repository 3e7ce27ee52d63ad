/* Given as a part of a driver: the start function is called by code that is not visible. */
/* Good: one cleanup function that looks at bits, each set when its step has succeeded. */
#include <ntddk.h>
#include <netioddk.h>

#define ELM_DEVICE   0x01
#define ELM_CLIENT   0x02
#define ELM_PROVIDER 0x04

DRIVER_INITIALIZE GenericStart;
DRIVER_UNLOAD ElmUnload;

static const NPIID ElmDownNpiId = { 0x33c8b6c9, 0x36eb, 0x4a5d, { 0x1a, 0xc4, 0x22, 0x1f, 0xa1, 0x6c, 0x96, 0x0a } };
static const NPI_MODULEID ElmDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd3d18a75, 0xa885, 0x4f33, { 0xb8, 0xa1, 0xde, 0x6d, 0x4e, 0x7d, 0x30, 0xe0 } } } };
static const ULONG ElmDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ElmDownPeer;

static NTSTATUS NTAPI ElmDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ElmDownPeer, &ElmDownDispatch, &ElmDownPeer.Context, &ElmDownPeer.Dispatch);
}

static NTSTATUS NTAPI ElmDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ElmDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ElmDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ElmDownAttach, ElmDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ElmDownNpiId, &ElmDownModuleId, 0, NULL }
};
static const NPIID ElmUpNpiId = { 0x7d07e6d7, 0x83fb, 0x40a8, { 0xe7, 0x23, 0x7d, 0xc4, 0x80, 0x8c, 0xe5, 0x0d } };
static const NPI_MODULEID ElmUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x992b2da0, 0xa495, 0x4932, { 0x36, 0x54, 0xc5, 0x7b, 0xd7, 0xae, 0xa7, 0x8e } } } };
static const ULONG ElmUpDispatch[2] = { 8, 1 };
static volatile LONG ElmUpClients;

static NTSTATUS NTAPI ElmUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ElmUpClients);
    *ProviderBindingContext = (PVOID)&ElmUpClients;
    *ProviderDispatch = ElmUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ElmUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ElmUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ElmUpAttachClient, ElmUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ElmUpNpiId, &ElmUpModuleId, 0, NULL }
};

static struct {
    ULONG Initialised;
    HANDLE Client, Provider;
    PDEVICE_OBJECT Device;
} Elm;

static VOID ElmCleanup(VOID)
{
    if (FlagOn(Elm.Initialised, ELM_PROVIDER)) {
        if (NmrDeregisterProvider(Elm.Provider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Elm.Provider);
        }
    }
    if (FlagOn(Elm.Initialised, ELM_CLIENT)) {
        if (NmrDeregisterClient(Elm.Client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Elm.Client);
        }
    }
    if (FlagOn(Elm.Initialised, ELM_DEVICE)) {
        IoDeleteDevice(Elm.Device);
    }
    Elm.Initialised = 0;
}

VOID NTAPI ElmUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ElmCleanup();
}

NTSTATUS NTAPI GenericStart(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Elm.Device);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    SetFlag(Elm.Initialised, ELM_DEVICE);
    Status = NmrRegisterClient(&ElmDownClient, NULL, &Elm.Client);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    SetFlag(Elm.Initialised, ELM_CLIENT);
    Status = NmrRegisterProvider(&ElmUpProvider, NULL, &Elm.Provider);
    if (!NT_SUCCESS(Status)) {
        goto Exit;
    }
    SetFlag(Elm.Initialised, ELM_PROVIDER);
    DriverObject->DriverUnload = ElmUnload;

Exit:
    if (!NT_SUCCESS(Status)) {
        ElmCleanup();
    }
    return Status;
}
