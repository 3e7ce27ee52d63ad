/* Defect: the start function takes the handle variable by value; the caller's variable stays NULL. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ToadUnload;

static const NPIID ToadNpiId = { 0xc7ccfc16, 0x1889, 0x4ed9, { 0xa9, 0x0f, 0xf2, 0x2c, 0x92, 0x36, 0x92, 0x26 } };
static const NPI_MODULEID ToadModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf2004aba, 0xf13c, 0x44a5, { 0xba, 0x95, 0xb4, 0x0b, 0x0c, 0x7c, 0xc2, 0x3f } } } };
static const ULONG ToadDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ToadPeer;

static NTSTATUS NTAPI ToadAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ToadPeer, &ToadDispatch, &ToadPeer.Context, &ToadPeer.Dispatch);
}

static NTSTATUS NTAPI ToadDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ToadPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ToadClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ToadAttach, ToadDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ToadNpiId, &ToadModuleId, 0, NULL }
};

static HANDLE ToadHandle;

static NTSTATUS ToadStart(ULONG Retries, HANDLE Handle)
{
    NTSTATUS Status = STATUS_UNSUCCESSFUL;
    LARGE_INTEGER Delay;

    Delay.QuadPart = -10 * 1000 * 100;
    do {
        Status = NmrRegisterClient(&ToadClient, NULL, &Handle); // EXPECT: nmr-lost-handle
        if (NT_SUCCESS(Status)) {
            break;
        }
        KeDelayExecutionThread(KernelMode, FALSE, &Delay);
    } while (Retries-- > 0);
    return Status;
}

VOID NTAPI ToadUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (ToadHandle != NULL) {
        if (NmrDeregisterClient(ToadHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(ToadHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ToadUnload;
    return ToadStart(3, ToadHandle);
}
