/* drape: the detach callback went to the PAGE section with its neighbours. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
NPI_CLIENT_ATTACH_PROVIDER_FN DrapeAttach;
NPI_CLIENT_DETACH_PROVIDER_FN DrapeDetach;
NPI_CLIENT_CLEANUP_BINDING_CONTEXT_FN DrapeCleanup;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, DrapeAttach)
#pragma alloc_text(PAGE, DrapeDetach)
#endif

#define DRAPE_TAG 'parD'

typedef struct _DRAPE { PVOID ProviderContext; const VOID *ProviderDispatch; volatile LONG Open; } DRAPE, *PDRAPE;

static HANDLE DrapeHandle;

static const NPIID DrapeNpiId = { 0xf7120df1, 0x2176, 0x435b, { 0x24, 0x2e, 0x53, 0x48, 0xcb, 0x96, 0x68, 0xfd } };
static const NPI_MODULEID DrapeModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x5a21dc8c, 0xe755, 0x4cc5, { 0x39, 0x14, 0xc4, 0x0c, 0x00, 0xee, 0xf6, 0x53 } }
};

static const NPI_CLIENT_CHARACTERISTICS DrapeCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = DrapeAttach,
    .ClientDetachProvider = DrapeDetach, // EXPECT: irql-paged-code
    .ClientCleanupBindingContext = DrapeCleanup,
    .ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE),
    .ClientRegistrationInstance.NpiId = &DrapeNpiId,
    .ClientRegistrationInstance.ModuleId = &DrapeModuleId,
};

NTSTATUS NTAPI
DrapeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Provider)
{
    NTSTATUS status;
    PDRAPE drape;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Provider);
    PAGED_CODE();
    drape = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*drape), DRAPE_TAG);
    if (drape == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    drape->Open = TRUE;
    status = NmrClientAttachProvider(NmrBindingHandle, drape, NULL, &drape->ProviderContext, &drape->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(drape, DRAPE_TAG);
    }
    return status;
}

NTSTATUS NTAPI
DrapeDetach(PVOID ClientBindingContext)
{
    InterlockedExchange(&((PDRAPE)ClientBindingContext)->Open, FALSE);
    return STATUS_SUCCESS;
}

VOID NTAPI
DrapeCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, DRAPE_TAG);
}

static VOID NTAPI
DrapeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(DrapeHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(DrapeHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DrapeUnload;
    return NmrRegisterClient(&DrapeCharacteristics, NULL, &DrapeHandle);
}
