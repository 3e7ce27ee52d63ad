/* Good: odd versions, fields filled in several places, the last of them just before the register call. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AcaciaUnload;

static const NPIID AcaciaNpiId = { 0x0b77ab9a, 0x52c5, 0x4b7a, { 0x4f, 0x12, 0x98, 0x4d, 0x20, 0x89, 0xf1, 0xed } };
static const NPI_MODULEID AcaciaModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x37453f21, 0x9c63, 0x4c71, { 0xb4, 0x90, 0x75, 0x6c, 0xce, 0xa2, 0x44, 0x64 } } } };
static const ULONG AcaciaDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AcaciaPeer;

static NTSTATUS NTAPI AcaciaAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AcaciaPeer, &AcaciaDispatch, &AcaciaPeer.Context, &AcaciaPeer.Dispatch);
}

static NTSTATUS NTAPI AcaciaDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AcaciaPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NPI_MODULEID AcaciaOwnModuleId;
static NPI_CLIENT_CHARACTERISTICS AcaciaChars = {
    .Version = 7,
    .ClientAttachProvider = AcaciaAttach,
    .ClientRegistrationInstance = { .Version = 3, .NpiId = &AcaciaNpiId, .ModuleId = &AcaciaOwnModuleId },
};
static HANDLE AcaciaHandle;

static VOID AcaciaComplete(USHORT Length, USHORT InstanceSize)
{
    AcaciaChars.Length = Length;
    AcaciaChars.ClientRegistrationInstance.Size = InstanceSize;
}

VOID NTAPI AcaciaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AcaciaHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AcaciaHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    RtlCopyMemory(&AcaciaOwnModuleId, &AcaciaModuleId, sizeof(AcaciaOwnModuleId));
    AcaciaComplete(sizeof(AcaciaChars), RTL_FIELD_SIZE(NPI_CLIENT_CHARACTERISTICS, ClientRegistrationInstance));
    AcaciaChars.ClientDetachProvider = AcaciaDetach;
    DriverObject->DriverUnload = AcaciaUnload;
    return NmrRegisterClient(&AcaciaChars, NULL, &AcaciaHandle);
}
