/*
 * Good: the function that takes the address of the handle dereferences it.
 * (Twin: bad_address_of_handle.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GrosbeakUnload;

static HANDLE GrosbeakHandle;
static const NPIID GrosbeakNpiId =
    { 0xf06ab745, 0xc774, 0x4196, { 0x86, 0x2d, 0x73, 0x63, 0xd3, 0x85, 0x6c, 0x06 } };

static const NPI_MODULEID GrosbeakModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x6424cfbc, 0x1f6e, 0x478d, { 0x82, 0x62, 0x08, 0x96, 0xb7, 0x81, 0xe6, 0x71 } } }
};

static NPI_PROVIDER_ATTACH_CLIENT_FN GrosbeakAttachClient;
static NPI_PROVIDER_DETACH_CLIENT_FN GrosbeakDetachClient;

static const ULONG_PTR GrosbeakDispatch[1] = { 0 };
static volatile LONG GrosbeakClients;

static NTSTATUS NTAPI
GrosbeakAttachClient(
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

    if (InterlockedCompareExchange(&GrosbeakClients, 1, 0) != 0)
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = GrosbeakDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
GrosbeakDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    InterlockedExchange(&GrosbeakClients, 0);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS GrosbeakProvider =
{
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    GrosbeakAttachClient,
    GrosbeakDetachClient,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &GrosbeakNpiId,
        &GrosbeakModuleId,
        0,
        NULL
    }
};

static VOID
GrosbeakEnd(
    PHANDLE Handle
    )
{
    NTSTATUS Status;

    Status = NmrDeregisterProvider(*Handle);
    if (Status == STATUS_PENDING)
    {
        NmrWaitForProviderDeregisterComplete(*Handle);
    }
    *Handle = NULL;
}

VOID NTAPI
GrosbeakUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    GrosbeakEnd(&GrosbeakHandle);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = GrosbeakUnload;
    return NmrRegisterProvider(&GrosbeakProvider, NULL, &GrosbeakHandle);
}
