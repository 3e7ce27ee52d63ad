/* gull: bindings are taken from paged pool, and the cleanup callback frees them at up to DISPATCH_LEVEL. */
#include <ntddk.h>
#include <netioddk.h>

#define GULL_TAG 'yaJn'

typedef struct _GULL_BINDING {
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} GULL_BINDING, *PGULL_BINDING;

static const NPIID GullNpiId = { 0xb27ad2bc, 0xcd22, 0x4a5f, { 0x50, 0xfe, 0xfa, 0xd3, 0x42, 0xa1, 0xdb, 0xaa } };
static const NPI_MODULEID GullModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd5894a44, 0xfbfc, 0x47e2, { 0x8d, 0xe9, 0xb0, 0x0e, 0xea, 0x3a, 0xad, 0x5f } } } };

static NTSTATUS NTAPI
GullAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PGULL_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    binding = ExAllocatePoolZero(PagedPool, sizeof(*binding), GULL_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, GULL_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
GullDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
GullCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, GULL_TAG); // EXPECT: irql-too-high
}

static const NPI_CLIENT_CHARACTERISTICS GullCharacteristics = {
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    GullAttach,
    GullDetach,
    GullCleanup, 
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &GullNpiId,
        &GullModuleId,
        0,
        NULL
    }
};

static HANDLE GullHandle;

static VOID NTAPI
GullUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(GullHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(GullHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GullUnload;
    return NmrRegisterClient(&GullCharacteristics, NULL, &GullHandle);
}
