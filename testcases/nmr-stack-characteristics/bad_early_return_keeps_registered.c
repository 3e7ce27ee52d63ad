/*
 * Defect: the self-test registers from its own frame and ends the registration, except on the path on which the
 * provider did not answer in time.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WrenUnload;

static const NPIID WrenNpiId = { 0x2b89b6b6, 0xf7af, 0x4413, { 0x4a, 0x1a, 0xdc, 0x18, 0xff, 0x43, 0xac, 0xb8 } };
static const NPI_MODULEID WrenModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3b1bfc29, 0x9573, 0x4656, { 0xcd, 0xb7, 0x08, 0x66, 0x95, 0xdc, 0xfc, 0xae } } } };

static KEVENT WrenSeen;
static HANDLE WrenHandle;
static const ULONG WrenDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } WrenPeer;

static NTSTATUS NTAPI WrenAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    KeSetEvent(&WrenSeen, IO_NO_INCREMENT, FALSE);
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI WrenDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static NTSTATUS WrenProbe(VOID)
{
    NPI_CLIENT_CHARACTERISTICS Chars;
    LARGE_INTEGER Timeout;
    NTSTATUS Status;

    RtlZeroMemory(&Chars, sizeof(Chars));
    Chars.Length = sizeof(Chars);
    Chars.ClientAttachProvider = WrenAttach;
    Chars.ClientDetachProvider = WrenDetach;
    Chars.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Chars.ClientRegistrationInstance.NpiId = &WrenNpiId;
    Chars.ClientRegistrationInstance.ModuleId = &WrenModuleId;

    Status = NmrRegisterClient(&Chars, NULL, &WrenHandle); // EXPECT: nmr-stack-characteristics
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Timeout.QuadPart = -50 * 1000 * 1000;
    Status = KeWaitForSingleObject(&WrenSeen, Executive, KernelMode, FALSE, &Timeout);
    if (Status == STATUS_TIMEOUT) {
        return STATUS_DEVICE_NOT_READY;
    }
    if (NmrDeregisterClient(WrenHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(WrenHandle);
    }
    return STATUS_SUCCESS;
}

VOID NTAPI WrenUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&WrenSeen, NotificationEvent, FALSE);
    DriverObject->DriverUnload = WrenUnload;
    return WrenProbe();
}
