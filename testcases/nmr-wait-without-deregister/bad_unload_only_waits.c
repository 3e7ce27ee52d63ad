/*
 * Defect: unload waits for a deregistration that nobody has started; it never returns.
 * (Twin: ok_unload_ends_and_waits.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AlderUnload;

static HANDLE AlderHandle;
static const NPIID AlderNpiId = { 0x7ea15483, 0x3706, 0x4c92, { 0x8a, 0xc2, 0xf6, 0x2e, 0x43, 0xb8, 0x2b, 0xd3 } };
static const NPI_MODULEID AlderModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xfbec2394, 0xf472, 0x4b22, { 0x82, 0xe1, 0xf7, 0xc1, 0x75, 0x20, 0x17, 0xd1 } } }
};
static const ULONG AlderDispatch = 2;
static volatile LONG AlderClients;

static NTSTATUS NTAPI AlderAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&AlderClients);
    *ProviderBindingContext = (PVOID)&AlderClients;
    *ProviderDispatch = &AlderDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI AlderDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS AlderProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AlderAttachClient, AlderDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AlderNpiId, &AlderModuleId, 0, NULL }
};

VOID NTAPI AlderUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NmrWaitForProviderDeregisterComplete(AlderHandle); // EXPECT: nmr-wait-without-deregister
    AlderHandle = NULL;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = AlderUnload;
    return NmrRegisterProvider(&AlderProvider, NULL, &AlderHandle);
}
