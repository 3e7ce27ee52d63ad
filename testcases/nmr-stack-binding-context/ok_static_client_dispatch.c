/* osprey: the client dispatch table is built once, in static storage. */
#include <ntddk.h>
#include <netioddk.h>

#define OSPREY_TAG 'rpsO'

typedef struct _OSPREY_CLIENT_DISPATCH {
    USHORT Version;
    VOID (NTAPI *Notify)(PVOID ClientBindingContext, ULONG Event);
} OSPREY_CLIENT_DISPATCH;

typedef struct _OSPREY { volatile LONG Events; PVOID Provider; const VOID *Dispatch; } OSPREY, *POSPREY;

static HANDLE OspreyHandle;

static const NPIID OspreyNpiId = { 0x46fe9e55, 0x8845, 0x4812, { 0x7f, 0x7f, 0x72, 0x03, 0x86, 0x16, 0xf6, 0xf9 } };
static const NPI_MODULEID OspreyModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xebebd55d, 0xe51e, 0x4218, { 0xe5, 0x77, 0x9c, 0x93, 0x19, 0x29, 0x77, 0x73 } } }
};

static VOID NTAPI
OspreyNotify(PVOID ClientBindingContext, ULONG Event)
{
    if (Event != 0) {
        InterlockedIncrement(&((POSPREY)ClientBindingContext)->Events);
    }
}

static NTSTATUS NTAPI
OspreyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    static const OSPREY_CLIENT_DISPATCH dispatch = { 2, OspreyNotify };
    POSPREY osprey;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    osprey = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*osprey), OSPREY_TAG);
    if (osprey == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, osprey, &dispatch, &osprey->Provider, &osprey->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(osprey, OSPREY_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
OspreyDetach(PVOID ClientBindingContext)
{
    ((POSPREY)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
OspreyCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, OSPREY_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS OspreyCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = OspreyAttach,
    .ClientDetachProvider = OspreyDetach,
    .ClientCleanupBindingContext = OspreyCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &OspreyNpiId,
        .ModuleId = &OspreyModuleId,
    },
};

static VOID NTAPI
OspreyUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(OspreyHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OspreyHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OspreyUnload;
    return NmrRegisterClient(&OspreyCharacteristics, NULL, &OspreyHandle);
}
