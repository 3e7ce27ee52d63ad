/*
 * Good: the function takes a pointer to static characteristics.
 * (Twin: bad_parameter_by_value.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WagtailUnload;

static HANDLE WagtailHandle;
static const NPIID WagtailNpiId =
    { 0x0be92785, 0x2e2f, 0x4406, { 0x82, 0x2d, 0x00, 0x28, 0x97, 0x51, 0x59, 0xb0 } };

static const NPI_MODULEID WagtailModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x877acc6d, 0x1456, 0x426a, { 0x8d, 0x5b, 0x4c, 0x2c, 0x56, 0xd6, 0x43, 0x3f } } }
};

static NPI_PROVIDER_ATTACH_CLIENT_FN WagtailAttachClient;
static NPI_PROVIDER_DETACH_CLIENT_FN WagtailDetachClient;

static const ULONG_PTR WagtailDispatch[1] = { 0 };
static volatile LONG WagtailClients;

static NTSTATUS NTAPI
WagtailAttachClient(
    HANDLE NmrBindingHandle,
    PVOID ProviderContext,
    PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext,
    const VOID *ClientDispatch,
    PVOID *ProviderBindingContext,
    const VOID **ProviderDispatch
    )
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);

    if (InterlockedCompareExchange(&WagtailClients, 1, 0) != 0)
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = WagtailDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
WagtailDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    InterlockedExchange(&WagtailClients, 0);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS WagtailProvider =
{
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    WagtailAttachClient,
    WagtailDetachClient,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &WagtailNpiId,
        &WagtailModuleId,
        0,
        NULL
    }
};

static NTSTATUS
WagtailOffer(
    const NPI_PROVIDER_CHARACTERISTICS *Provider,
    PHANDLE Handle
    )
{
    NT_ASSERT(Provider->Length == sizeof(*Provider));
    return NmrRegisterProvider(Provider, NULL, Handle);
}

VOID NTAPI
WagtailUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    if (NmrDeregisterProvider(WagtailHandle) == STATUS_PENDING)
    {
        NmrWaitForProviderDeregisterComplete(WagtailHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = WagtailUnload;
    return WagtailOffer(&WagtailProvider, &WagtailHandle);
}
