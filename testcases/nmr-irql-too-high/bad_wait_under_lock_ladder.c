/* gantry: the stop path takes the state lock to read the handle, and keeps it over the wait. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GANTRY {
    KSPIN_LOCK Lock;
    BOOLEAN Started;
    HANDLE Client;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} GANTRY, *PGANTRY;

static GANTRY Gantry;

static const NPIID GantryNpiId = { 0xab2c20e8, 0xf1e5, 0x4f7b, { 0x76, 0xbc, 0x50, 0xb1, 0x0c, 0x88, 0x2b, 0xe8 } };
static const NPI_MODULEID GantryModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xbf3d5356, 0x17b6, 0x4c02, { 0x9c, 0xd5, 0xd9, 0x03, 0xb9, 0x55, 0x14, 0xed } } } };

static NTSTATUS NTAPI
GantryAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PGANTRY g = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, g, NULL, &g->ProviderContext, &g->ProviderDispatch);
}

static NTSTATUS NTAPI
GantryDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GantryCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GantryAttach, GantryDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GantryNpiId, &GantryModuleId, 0, NULL }
};

static NTSTATUS
GantryStart(PGANTRY G)
{
    NTSTATUS status = NmrRegisterClient(&GantryCharacteristics, G, &G->Client);
    KIRQL irql;

    if (NT_SUCCESS(status)) {
        KeAcquireSpinLock(&G->Lock, &irql);
        G->Started = TRUE;
        KeReleaseSpinLock(&G->Lock, irql);
    }
    return status;
}

static VOID
GantryStop(PGANTRY G)
{
    NTSTATUS status;
    KIRQL irql;

    KeAcquireSpinLock(&G->Lock, &irql);
    if (!G->Started) {
        goto Out;
    }
    G->Started = FALSE;
    status = NmrDeregisterClient(G->Client);
    if (status != STATUS_PENDING) {
        goto Out;
    }
    NmrWaitForClientDeregisterComplete(G->Client); // EXPECT: nmr-irql-too-high

Out:
    KeReleaseSpinLock(&G->Lock, irql);
}

static VOID NTAPI
GantryUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GantryStop(&Gantry);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Gantry.Lock);
    DriverObject->DriverUnload = GantryUnload;
    return GantryStart(&Gantry);
}
