/* Good: the start function, which tries again after a failure, gets the variable's address. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SkinkUnload;

static const NPIID SkinkNpiId = { 0x439dd144, 0x949a, 0x4cba, { 0x16, 0xef, 0xad, 0x05, 0x3e, 0x46, 0xda, 0x6d } };
static const NPI_MODULEID SkinkModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd605d666, 0xbf32, 0x4a4c, { 0x9b, 0x01, 0x33, 0x6a, 0xf8, 0x19, 0xc4, 0xee } } } };
static const ULONG SkinkDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SkinkPeer;

static NTSTATUS NTAPI SkinkAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SkinkPeer, &SkinkDispatch, &SkinkPeer.Context, &SkinkPeer.Dispatch);
}

static NTSTATUS NTAPI SkinkDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SkinkPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SkinkClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SkinkAttach, SkinkDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SkinkNpiId, &SkinkModuleId, 0, NULL }
};

static HANDLE SkinkHandle;

static NTSTATUS SkinkStart(ULONG Retries, PHANDLE Handle)
{
    NTSTATUS Status;
    LARGE_INTEGER Delay;

    Delay.QuadPart = -10 * 1000 * 100;
    for (;;) {
        Status = NmrRegisterClient(&SkinkClient, NULL, Handle);
        if (NT_SUCCESS(Status) || Retries == 0) {
            return Status;
        }
        Retries -= 1;
        KeDelayExecutionThread(KernelMode, FALSE, &Delay);
    }
}

VOID NTAPI SkinkUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(SkinkHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SkinkHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SkinkUnload;
    return SkinkStart(3, &SkinkHandle);
}
