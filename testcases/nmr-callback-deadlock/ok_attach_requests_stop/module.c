#include "keel.h"

KEEL Keel;

VOID
KeelStop(VOID)
{
    /* Not before the register call has returned. */
    if (Keel.Handle == NULL || InterlockedExchange(&Keel.Running, 0) == 0) {
        return;
    }
    if (NmrDeregisterClient(Keel.Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Keel.Handle);
    }
}

static VOID NTAPI
KeelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeelStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = KeelUnload;
    status = KeelStart();
    if (NT_SUCCESS(status) && Keel.Bad != 0) {
        KeelStop();
        status = STATUS_NOT_SUPPORTED;
    }
    return status;
}
