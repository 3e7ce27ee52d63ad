/*
 * Good: the characteristics are allocated from non-paged pool.
 * (Twin: bad_paged_pool_chars.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define LILAC_TAG 'aliL'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LilacUnload;

static HANDLE LilacHandle;
static PNPI_CLIENT_CHARACTERISTICS LilacChars;
static const NPIID LilacNpiId = { 0xd5afe1c2, 0x2f2e, 0x48f8, { 0x80, 0xfd, 0x23, 0xa9, 0xa9, 0x6b, 0x6f, 0x88 } };
static const NPI_MODULEID LilacModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xcc5ed1d3, 0xf115, 0x4ace, { 0x86, 0xcd, 0xb1, 0xc9, 0xa0, 0x52, 0x10, 0x84 } } }
};
static const ULONG LilacDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } LilacPeer;

static NTSTATUS NTAPI LilacAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &LilacPeer, &LilacDispatch, &LilacPeer.Context, &LilacPeer.Dispatch);
}

static NTSTATUS NTAPI LilacDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    LilacPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

VOID NTAPI LilacUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(LilacHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(LilacHandle);
    }
    ExFreePoolWithTag(LilacChars, LILAC_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    LilacChars = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*LilacChars), LILAC_TAG);
    if (LilacChars == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(LilacChars, sizeof(*LilacChars));
    LilacChars->Length = sizeof(*LilacChars);
    LilacChars->ClientAttachProvider = LilacAttach;
    LilacChars->ClientDetachProvider = LilacDetach;
    LilacChars->ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    LilacChars->ClientRegistrationInstance.NpiId = &LilacNpiId;
    LilacChars->ClientRegistrationInstance.ModuleId = &LilacModuleId;

    Status = NmrRegisterClient(LilacChars, NULL, &LilacHandle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(LilacChars, LILAC_TAG);
        return Status;
    }
    DriverObject->DriverUnload = LilacUnload;
    return STATUS_SUCCESS;
}
