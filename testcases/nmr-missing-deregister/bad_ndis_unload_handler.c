/*
 * An NDIS miniport driver. Defect: its unload handler, which NDIS calls, leaves the NMR registration.
 * (Twin: ok_ndis_unload_handler.c)
 */
#include <ntddk.h>
#include <ndis.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
MINIPORT_UNLOAD TurquoiseUnload;

static NDIS_HANDLE TurquoiseDriver;
static HANDLE TurquoiseNmr;
static const NPIID TurquoiseNpiId = { 0xa76ff615, 0x63f1, 0x47ab, { 0x8d, 0x1a, 0xac, 0x4f, 0x79, 0xa1, 0x5b, 0xbb } };
static const NPI_MODULEID TurquoiseModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xc3f22efa, 0x46c7, 0x4fbf, { 0x8a, 0x7f, 0x9a, 0x4b, 0xb3, 0xc0, 0x58, 0xac } } }
};
static const ULONG TurquoiseDispatch = 3;
static volatile LONG TurquoiseClients;

static NTSTATUS NTAPI TurquoiseAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&TurquoiseClients);
    *ProviderBindingContext = (PVOID)&TurquoiseClients;
    *ProviderDispatch = &TurquoiseDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TurquoiseDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS TurquoiseProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), TurquoiseAttachClient, TurquoiseDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TurquoiseNpiId, &TurquoiseModuleId, 0, NULL }
};

static VOID TurquoiseEnd(VOID)
{
    if (NmrDeregisterProvider(TurquoiseNmr) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(TurquoiseNmr);
    }
}

VOID TurquoiseUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisMDeregisterMiniportDriver(TurquoiseDriver);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS Miniport;
    NTSTATUS Status;

    Status = NmrRegisterProvider(&TurquoiseProvider, NULL, &TurquoiseNmr); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    RtlZeroMemory(&Miniport, sizeof(Miniport));
    Miniport.UnloadHandler = TurquoiseUnload;
    Status = NdisMRegisterMiniportDriver(DriverObject, RegistryPath, NULL, &Miniport, &TurquoiseDriver);
    if (!NT_SUCCESS(Status)) {
        TurquoiseEnd();
    }
    return Status;
}
