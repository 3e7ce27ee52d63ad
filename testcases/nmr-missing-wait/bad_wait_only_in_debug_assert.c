/*
 * Defect: the wait stands inside an assertion that free builds drop: NT_ASSERT's expression is not evaluated there. Here
 * it is written as the free build sees it.
 */
#include <ntddk.h>
#include <netioddk.h>

#define DEBUG_ONLY(Expression) ((void)0)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BoleroUnload;

static const NPIID BoleroNpiId = { 0x84c6f679, 0xf2d8, 0x495e, { 0xdf, 0x08, 0x48, 0x99, 0x6a, 0x36, 0x74, 0xc3 } };
static const NPI_MODULEID BoleroModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x577eda24, 0x7397, 0x45bc, { 0x96, 0xde, 0x03, 0x0d, 0x0b, 0xd9, 0x9e, 0x54 } } } };
static const ULONG BoleroDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } BoleroPeer;

static NTSTATUS NTAPI BoleroAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BoleroPeer, &BoleroDispatch, &BoleroPeer.Context, &BoleroPeer.Dispatch);
}

static NTSTATUS NTAPI BoleroDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BoleroPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BoleroClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BoleroAttach, BoleroDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BoleroNpiId, &BoleroModuleId, 0, NULL }
};

static HANDLE BoleroHandle;

VOID NTAPI BoleroUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterClient(BoleroHandle); // EXPECT: nmr-missing-wait
    if (Status == STATUS_PENDING) {
        DEBUG_ONLY(NT_SUCCESS(NmrWaitForClientDeregisterComplete(BoleroHandle)));
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BoleroUnload;
    return NmrRegisterClient(&BoleroClient, NULL, &BoleroHandle);
}
