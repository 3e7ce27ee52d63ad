/*
 * depot: the module's resource is held across the registration, and the attach callback takes it.
 */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _DEPOT_LOCK { ERESOURCE Resource; ULONG Uses; } DEPOT_LOCK, *PDEPOT_LOCK;

static struct {
    DEPOT_LOCK ModuleLock;
    DEPOT_LOCK BindingLock;
    BOOLEAN Bound;
    PVOID Provider;
    const VOID *Dispatch;
} Depot;

static HANDLE DepotHandle;

static const NPIID DepotNpiId = { 0xbf192ced, 0xabdf, 0x448f, { 0xdc, 0x74, 0xe1, 0x77, 0xb0, 0x8a, 0xce, 0x20 } };
static const NPI_MODULEID DepotModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x6e1d316c, 0x6e4a, 0x4c67, { 0xb6, 0x01, 0xa8, 0xb2, 0x02, 0xe1, 0x14, 0xb6 } }
};

static VOID
DepotEnter(PDEPOT_LOCK Lock)
{
    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(&Lock->Resource, TRUE);
    Lock->Uses++;
}

static VOID
DepotExit(PDEPOT_LOCK Lock)
{
    ExReleaseResourceLite(&Lock->Resource);
    KeLeaveCriticalRegion();
}

static NTSTATUS NTAPI
DepotAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    BOOLEAN bound;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    DepotEnter(&Depot.ModuleLock);
    bound = Depot.Bound;
    Depot.Bound = TRUE;
    DepotExit(&Depot.ModuleLock);
    if (bound) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &Depot, NULL, &Depot.Provider, &Depot.Dispatch);
}

static NTSTATUS NTAPI
DepotDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS DepotCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = DepotAttach,
    .ClientDetachProvider = DepotDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &DepotNpiId,
        .ModuleId = &DepotModuleId,
    },
};

static NTSTATUS
DepotStart(VOID)
{
    NTSTATUS status;

    DepotEnter(&Depot.ModuleLock);
    status = NmrRegisterClient(&DepotCharacteristics, NULL, &DepotHandle); // EXPECT: nmr-callback-deadlock
    DepotExit(&Depot.ModuleLock);
    return status;
}

static VOID
DepotDelete(VOID)
{
    ExDeleteResourceLite(&Depot.ModuleLock.Resource);
    ExDeleteResourceLite(&Depot.BindingLock.Resource);
}

static VOID NTAPI
DepotUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(DepotHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(DepotHandle);
    }
    DepotDelete();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeResourceLite(&Depot.ModuleLock.Resource);
    ExInitializeResourceLite(&Depot.BindingLock.Resource);
    status = DepotStart();
    if (!NT_SUCCESS(status)) {
        DepotDelete();
        return status;
    }
    DriverObject->DriverUnload = DepotUnload;
    return STATUS_SUCCESS;
}
