/*
 * Good: the __finally block undoes the registration whenever the status that leaves the __try block is a failure.
 * (Twin: bad_seh_abnormal_only.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define SANDERLING_TAG 'nraS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SanderlingUnload;

static HANDLE SanderlingHandle;
static PVOID SanderlingTable;
static const NPIID SanderlingNpiId = { 0x4c97f7fe, 0x1050, 0x413f, { 0x8e, 0xac, 0xfe, 0x32, 0x3b, 0x59, 0xbe, 0x48 } };
static const NPI_MODULEID SanderlingModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x2e124abb, 0x2400, 0x422a, { 0x8e, 0xc4, 0xdc, 0x78, 0x49, 0xcc, 0x55, 0x91 } } }
};
static const ULONG SanderlingDispatch = 9;
static volatile LONG SanderlingClients;

static NTSTATUS NTAPI SanderlingAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SanderlingClients);
    *ProviderBindingContext = (PVOID)&SanderlingClients;
    *ProviderDispatch = &SanderlingDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SanderlingDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS SanderlingProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SanderlingAttachClient, SanderlingDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SanderlingNpiId, &SanderlingModuleId, 0, NULL }
};

VOID NTAPI SanderlingUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SanderlingHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SanderlingHandle);
    }
    ExFreePoolWithTag(SanderlingTable, SANDERLING_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status = STATUS_UNSUCCESSFUL;
    BOOLEAN Registered = FALSE;

    UNREFERENCED_PARAMETER(RegistryPath);

    __try {
        Status = NmrRegisterProvider(&SanderlingProvider, NULL, &SanderlingHandle);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        Registered = TRUE;

        SanderlingTable = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, SANDERLING_TAG);
        if (SanderlingTable == NULL) {
            Status = STATUS_INSUFFICIENT_RESOURCES;
            __leave;
        }
        DriverObject->DriverUnload = SanderlingUnload;
        Status = STATUS_SUCCESS;
    } __finally {
        if (!NT_SUCCESS(Status) && Registered) {
            if (NmrDeregisterProvider(SanderlingHandle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(SanderlingHandle);
            }
        }
    }
    return Status;
}
