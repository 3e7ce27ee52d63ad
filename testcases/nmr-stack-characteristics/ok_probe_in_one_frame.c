/*
 * Good: a probe whose characteristics, context and handle live in its frame; whatever happens, it deregisters and
 * waits before it returns.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DippperUnload;

static const NPIID DipperNpiId = { 0x019db321, 0xd506, 0x47cc, { 0x98, 0x20, 0x84, 0x3e, 0x25, 0x57, 0x61, 0x75 } };
static const NPI_MODULEID DipperModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf1f8afe9, 0x766a, 0x4983, { 0x69, 0xc0, 0x8e, 0x1a, 0x7b, 0x46, 0x89, 0x97 } } } };

typedef struct _DIPPER_PROBE {
    KEVENT Seen;
    ULONG Number;
} DIPPER_PROBE, *PDIPPER_PROBE;

static ULONG DipperNumber;

static NTSTATUS NTAPI DipperAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PDIPPER_PROBE Probe = ClientContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    Probe->Number = ProviderRegistrationInstance->Number;
    KeSetEvent(&Probe->Seen, IO_NO_INCREMENT, FALSE);
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI DipperDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static NTSTATUS DipperProbe(PULONG Number)
{
    NPI_CLIENT_CHARACTERISTICS Chars = {
        0, sizeof(NPI_CLIENT_CHARACTERISTICS), DipperAttach, DipperDetach, NULL,
        { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DipperNpiId, &DipperModuleId, 0, NULL }
    };
    DIPPER_PROBE Probe;
    LARGE_INTEGER Timeout;
    HANDLE Handle;
    NTSTATUS Status, EndStatus;

    KeInitializeEvent(&Probe.Seen, NotificationEvent, FALSE);
    Probe.Number = 0;

    Status = NmrRegisterClient(&Chars, &Probe, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Timeout.QuadPart = -50 * 1000 * 1000;
    Status = KeWaitForSingleObject(&Probe.Seen, Executive, KernelMode, FALSE, &Timeout);
    if (Status == STATUS_TIMEOUT) {
        Status = STATUS_NOT_FOUND;
        goto End;
    }
    *Number = Probe.Number;
    Status = STATUS_SUCCESS;

End:
    EndStatus = NmrDeregisterClient(Handle);
    NT_ASSERT(EndStatus == STATUS_PENDING);
    if (EndStatus == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
    return Status;
}

VOID NTAPI DippperUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DippperUnload;
    return DipperProbe(&DipperNumber);
}
