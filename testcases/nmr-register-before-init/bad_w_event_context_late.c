/* Defect: the WSK client event callback uses a lock that is initialised after WskRegister. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TubaUnload;

static struct {
    WSK_REGISTRATION Registration;
    KSPIN_LOCK Lock;
    ULONG Events;
} Tuba;

static NTSTATUS NTAPI TubaEvent(PVOID ClientContext, ULONG EventType, PVOID Information, SIZE_T InformationLength)
{
    KIRQL OldIrql;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(EventType);
    UNREFERENCED_PARAMETER(Information);
    UNREFERENCED_PARAMETER(InformationLength);
    KeAcquireSpinLock(&Tuba.Lock, &OldIrql);
    Tuba.Events += 1;
    KeReleaseSpinLock(&Tuba.Lock, OldIrql);
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DISPATCH TubaDispatch = { MAKE_WSK_VERSION(1, 0), 0, TubaEvent };

VOID NTAPI TubaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&Tuba.Registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &TubaDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &Tuba.Registration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    KeInitializeSpinLock(&Tuba.Lock); // EXPECT: nmr-register-before-init
    DriverObject->DriverUnload = TubaUnload;
    return STATUS_SUCCESS;
}
