/* thimble: every failure frees the binding. */
#include <ntddk.h>
#include <netioddk.h>

#define THIMBLE_TAG 'mihT'

typedef struct _THIMBLE { ULONG Refused; PVOID Provider; const VOID *Dispatch; } THIMBLE, *PTHIMBLE;

static HANDLE ThimbleHandle;
static volatile LONG ThimbleRefusals, ThimbleErrors;

static const NPIID ThimbleNpiId = { 0x1b7706df, 0xb0ad, 0x44a0, { 0xf5, 0x82, 0x13, 0x6d, 0x3b, 0x25, 0x43, 0xfd } };
static const NPI_MODULEID ThimbleModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x34ba0409, 0x8ee9, 0x4353, { 0x03, 0x00, 0x8a, 0x63, 0xf8, 0x62, 0xd5, 0x78 } }
};

static NTSTATUS NTAPI
ThimbleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PTHIMBLE thimble;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    thimble = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*thimble), THIMBLE_TAG);
    if (thimble == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, thimble, NULL, &thimble->Provider, &thimble->Dispatch);
    switch (status) {
    case STATUS_SUCCESS:
        break;
    case STATUS_NOINTERFACE:
        InterlockedIncrement(&ThimbleRefusals);
        ExFreePoolWithTag(thimble, THIMBLE_TAG);
        break;
    default:
        InterlockedIncrement(&ThimbleErrors);
        ExFreePoolWithTag(thimble, THIMBLE_TAG);
        break;
    }
    return status;
}

static NTSTATUS NTAPI
ThimbleDetach(PVOID ClientBindingContext)
{
    ((PTHIMBLE)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
ThimbleCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, THIMBLE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS ThimbleCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ThimbleAttach, ThimbleDetach, ThimbleCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ThimbleNpiId, &ThimbleModuleId, 0, NULL }
};

static VOID NTAPI
ThimbleUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(ThimbleHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ThimbleHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ThimbleUnload;
    return NmrRegisterClient(&ThimbleCharacteristics, NULL, &ThimbleHandle);
}
