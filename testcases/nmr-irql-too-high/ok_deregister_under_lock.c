/* gantree: the deregistration may start under the spin lock; only the wait has to be outside. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GANTREE {
    KSPIN_LOCK Lock;
    BOOLEAN Started;
    HANDLE Client;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} GANTREE, *PGANTREE;

static GANTREE Gantree;

static const NPIID GantreeNpiId = { 0x5413dce0, 0x2ab9, 0x46d9, { 0xa5, 0xa2, 0x51, 0x4f, 0x18, 0x08, 0xc0, 0xa0 } };
static const NPI_MODULEID GantreeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x94e8814c, 0x42a4, 0x4eee, { 0xa4, 0x17, 0x42, 0x45, 0xb0, 0x33, 0x40, 0x23 } } } };

static NTSTATUS NTAPI
GantreeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PGANTREE g = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, g, NULL, &g->ProviderContext, &g->ProviderDispatch);
}

static NTSTATUS NTAPI
GantreeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GantreeCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = GantreeAttach,
    .ClientDetachProvider = GantreeDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &GantreeNpiId,
        .ModuleId = &GantreeModuleId,
    },
};

static VOID
GantreeStop(PGANTREE G)
{
    NTSTATUS status = STATUS_NOT_FOUND;
    HANDLE handle = NULL;
    KIRQL irql;

    KeAcquireSpinLock(&G->Lock, &irql);
    if (G->Started) {
        G->Started = FALSE;
        handle = G->Client;
        status = NmrDeregisterClient(handle);
    }
    KeReleaseSpinLock(&G->Lock, irql);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(handle);
    }
}

static VOID NTAPI
GantreeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GantreeStop(&Gantree);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Gantree.Lock);
    status = NmrRegisterClient(&GantreeCharacteristics, &Gantree, &Gantree.Client);
    if (NT_SUCCESS(status)) {
        Gantree.Started = TRUE;
        DriverObject->DriverUnload = GantreeUnload;
    }
    return status;
}
