/* gouge: a helper turns the status into a boolean, and the callback turns it back. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GOUGE { volatile LONG Used; PVOID Provider; const VOID *Dispatch; } GOUGE, *PGOUGE;

static GOUGE Gouge;
static HANDLE GougeHandle;

static const NPIID GougeNpiId = { 0x83c85f4f, 0xa60e, 0x49c2, { 0xba, 0x71, 0x35, 0xb1, 0x7d, 0x15, 0x09, 0x4a } };
static const NPI_MODULEID GougeModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x460f22f1, 0xd3cc, 0x4bd2, { 0xbf, 0xf2, 0xe0, 0x71, 0x33, 0x8e, 0x8a, 0x68 } }
};

static BOOLEAN
GougeBind(PGOUGE G, HANDLE NmrBindingHandle)
{
    return NmrClientAttachProvider(NmrBindingHandle, G, NULL, &G->Provider, &G->Dispatch) == STATUS_SUCCESS;
}

static NTSTATUS NTAPI
GougeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PGOUGE gouge = ClientContext;

    UNREFERENCED_PARAMETER(Instance);
    if (InterlockedExchange(&gouge->Used, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    if (!GougeBind(gouge, NmrBindingHandle)) {
        InterlockedExchange(&gouge->Used, 0);
        return STATUS_NOINTERFACE;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
GougeDetach(PVOID ClientBindingContext)
{
    ((PGOUGE)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
GougeCleanup(PVOID ClientBindingContext)
{
    InterlockedExchange(&((PGOUGE)ClientBindingContext)->Used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS GougeCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GougeAttach, GougeDetach, GougeCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GougeNpiId, &GougeModuleId, 0, NULL }
};

static VOID NTAPI
GougeUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(GougeHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(GougeHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GougeUnload;
    return NmrRegisterClient(&GougeCharacteristics, &Gouge, &GougeHandle);
}
