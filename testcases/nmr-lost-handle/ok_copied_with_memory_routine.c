/* Good: the whole result structure, the handle with it, is moved with RtlCopyMemory. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD JuncoUnload;

static const NPIID JuncoNpiId = { 0xd46e68aa, 0xd51b, 0x4111, { 0x89, 0x1e, 0x39, 0x30, 0x10, 0x0a, 0xab, 0x97 } };
static const NPI_MODULEID JuncoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xaa0e4348, 0x57b7, 0x439f, { 0x17, 0x7e, 0x6f, 0x58, 0x2e, 0x76, 0x6e, 0x79 } } } };
static const ULONG JuncoDispatch[2] = { 8, 1 };
static volatile LONG JuncoClients;

static NTSTATUS NTAPI JuncoAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&JuncoClients);
    *ProviderBindingContext = (PVOID)&JuncoClients;
    *ProviderDispatch = JuncoDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI JuncoDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS JuncoProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), JuncoAttachClient, JuncoDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JuncoNpiId, &JuncoModuleId, 0, NULL }
};

typedef struct _JUNCO_RESULT {
    LARGE_INTEGER When;
    HANDLE Handle;
} JUNCO_RESULT, *PJUNCO_RESULT;

static JUNCO_RESULT JuncoResult;

static NTSTATUS JuncoRegister(PJUNCO_RESULT Out)
{
    JUNCO_RESULT Local;
    NTSTATUS Status;

    RtlZeroMemory(&Local, sizeof(Local));
    Status = NmrRegisterProvider(&JuncoProvider, NULL, &Local.Handle);
    if (NT_SUCCESS(Status)) {
        KeQuerySystemTime(&Local.When);
        RtlCopyMemory(Out, &Local, sizeof(*Out));
    }
    return Status;
}

VOID NTAPI JuncoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(JuncoResult.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(JuncoResult.Handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = JuncoUnload;
    return JuncoRegister(&JuncoResult);
}
