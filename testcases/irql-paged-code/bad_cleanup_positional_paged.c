/* jay: the cleanup callback has a code_seg of its own. */
#include <ntddk.h>
#include <netioddk.h>

#define JAY_TAG 'yaJn'

typedef struct _JAY_BINDING {
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} JAY_BINDING, *PJAY_BINDING;

static const NPIID JayNpiId = { 0xb27ad2bc, 0xcd22, 0x4a5f, { 0x50, 0xfe, 0xfa, 0xd3, 0x42, 0xa1, 0xdb, 0xaa } };
static const NPI_MODULEID JayModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd5894a44, 0xfbfc, 0x47e2, { 0x8d, 0xe9, 0xb0, 0x0e, 0xea, 0x3a, 0xad, 0x5f } } } };

__declspec(code_seg("PAGE")) static NTSTATUS NTAPI
JayAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PJAY_BINDING binding;
    NTSTATUS status;

    PAGED_CODE();
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), JAY_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, JAY_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
JayDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

__declspec(code_seg("PAGE")) static VOID NTAPI
JayCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, JAY_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS JayCharacteristics = {
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    JayAttach,
    JayDetach,
    JayCleanup, // EXPECT: irql-paged-code
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &JayNpiId,
        &JayModuleId,
        0,
        NULL
    }
};

static HANDLE JayHandle;

static VOID NTAPI
JayUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(JayHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(JayHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = JayUnload;
    return NmrRegisterClient(&JayCharacteristics, NULL, &JayHandle);
}
