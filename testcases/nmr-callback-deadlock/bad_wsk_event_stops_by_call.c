// fulmar: on the event that the network goes away, the client event callback stops everything, deregistration included.
#include <ntddk.h>
#include <wsk.h>

static WSK_REGISTRATION FulmarRegistration;
static LONG FulmarUp;

static VOID
FulmarStop(VOID)
{
    if (InterlockedExchange(&FulmarUp, 0) != 0) {
        WskDeregister(&FulmarRegistration); // EXPECT: nmr-callback-deadlock
    }
}

static NTSTATUS NTAPI
FulmarEvent(PVOID ClientContext, ULONG Event, PVOID Information, SIZE_T InformationLength)
{
    (void)ClientContext;
    (void)Information;
    (void)InformationLength;
    if (Event == 0) {
        return STATUS_SUCCESS;
    }
    FulmarStop();
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DISPATCH FulmarDispatch = { MAKE_WSK_VERSION(1, 0), 0, FulmarEvent };

static VOID NTAPI
FulmarUnload(PDRIVER_OBJECT DriverObject)
{
    (void)DriverObject;
    FulmarStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI npi = { NULL, &FulmarDispatch };
    NTSTATUS status;

    (void)RegistryPath;
    status = WskRegister(&npi, &FulmarRegistration);
    if (!NT_SUCCESS(status))
        return status;
    FulmarUp = 1;
    DriverObject->DriverUnload = FulmarUnload;
    return STATUS_SUCCESS;
}
