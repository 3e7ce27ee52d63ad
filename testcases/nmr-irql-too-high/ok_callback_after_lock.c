/* stern: the list of pending requests is walked by a helper that calls back. It collects first. */
#include <ntddk.h>
#include <netioddk.h>

typedef NTSTATUS (*PSTERN_ACTION)(PVOID Context);

typedef struct _STERN { BOOLEAN Registered; HANDLE Handle; PVOID Provider; const VOID *Dispatch; } STERN, *PSTERN;

static STERN Stern;
static KSPIN_LOCK SternLock;
static ULONG SternWanted;

static const NPIID SternNpiId = { 0xd9662520, 0x99e5, 0x425f, { 0x5b, 0x30, 0x68, 0xea, 0x7b, 0x51, 0x5a, 0x27 } };
static const NPI_MODULEID SternModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x54b7f3cd, 0x9caf, 0x4f59, { 0x4c, 0x69, 0x1c, 0x5b, 0x0c, 0x02, 0x59, 0x98 } }
};

static NTSTATUS NTAPI
SternAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PSTERN stern = ClientContext;

    UNREFERENCED_PARAMETER(Instance);
    return NmrClientAttachProvider(NmrBindingHandle, stern, NULL, &stern->Provider, &stern->Dispatch);
}

static NTSTATUS NTAPI
SternDetach(PVOID ClientBindingContext)
{
    ((PSTERN)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SternCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = SternAttach,
    .ClientDetachProvider = SternDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &SternNpiId,
        .ModuleId = &SternModuleId,
    },
};

static NTSTATUS
SternRegister(PVOID Context)
{
    PSTERN stern = Context;
    NTSTATUS status;

    status = NmrRegisterClient(&SternCharacteristics, stern, &stern->Handle);
    stern->Registered = (BOOLEAN)NT_SUCCESS(status);
    return status;
}

static NTSTATUS
SternIfWanted(PSTERN_ACTION Action, PVOID Context)
{
    NTSTATUS status = STATUS_SUCCESS;
    ULONG wanted;
    KIRQL irql;

    KeAcquireSpinLock(&SternLock, &irql);
    wanted = SternWanted;
    SternWanted = 0;
    KeReleaseSpinLock(&SternLock, irql);
    if (wanted != 0) {
        status = Action(Context);
    }
    return status;
}

static VOID NTAPI
SternUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Stern.Registered && NmrDeregisterClient(Stern.Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Stern.Handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&SternLock);
    SternWanted = 1;
    DriverObject->DriverUnload = SternUnload;
    return SternIfWanted(SternRegister, &Stern);
}
