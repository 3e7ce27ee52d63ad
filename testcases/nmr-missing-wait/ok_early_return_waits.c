/*
 * Good: the short cut of unload, taken when no client is left, comes after the wait.
 * (Twin: bad_early_return_before_wait.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define MAGPIE_TAG 'ipgM'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MagpieUnload;

static HANDLE MagpieHandle;
static PVOID MagpieTrace;
static const NPIID MagpieNpiId = { 0xeaf82e38, 0xe799, 0x435f, { 0x85, 0x53, 0x94, 0x95, 0x21, 0x64, 0xbc, 0x71 } };
static const NPI_MODULEID MagpieModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x8ef1ca04, 0xd473, 0x4f93, { 0x8c, 0x1d, 0xea, 0xd0, 0x35, 0xed, 0x91, 0xf3 } } }
};
static const ULONG MagpieDispatch = 5;
static volatile LONG MagpieClients;

static NTSTATUS NTAPI MagpieAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&MagpieClients);
    *ProviderBindingContext = (PVOID)&MagpieClients;
    *ProviderDispatch = &MagpieDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MagpieDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS MagpieProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MagpieAttachClient, MagpieDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MagpieNpiId, &MagpieModuleId, 0, NULL }
};

VOID NTAPI MagpieUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterProvider(MagpieHandle);
    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(MagpieHandle);
    }
    if (MagpieClients == 0 && MagpieTrace == NULL) {
        return;
    }
    if (MagpieTrace != NULL) {
        ExFreePoolWithTag(MagpieTrace, MAGPIE_TAG);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    if (RegistryPath->Length > 80) {
        MagpieTrace = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, MAGPIE_TAG);
    }
    Status = NmrRegisterProvider(&MagpieProvider, NULL, &MagpieHandle);
    if (!NT_SUCCESS(Status)) {
        if (MagpieTrace != NULL) {
            ExFreePoolWithTag(MagpieTrace, MAGPIE_TAG);
        }
        return Status;
    }
    DriverObject->DriverUnload = MagpieUnload;
    return STATUS_SUCCESS;
}
