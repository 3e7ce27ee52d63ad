/* heron: the sockets' fast mutex is held over WskDeregister, which is for PASSIVE_LEVEL. */
#include <ntddk.h>
#include <wsk.h>

static FAST_MUTEX HeronMutex;
static ULONG HeronSockets;
static WSK_REGISTRATION HeronRegistration;
static const WSK_CLIENT_DISPATCH HeronDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static VOID
HeronStop(VOID)
{
    ExAcquireFastMutex(&HeronMutex);
    NT_ASSERT(HeronSockets == 0);
    WskDeregister(&HeronRegistration); // EXPECT: nmr-irql-too-high
    ExReleaseFastMutex(&HeronMutex);
}

static VOID NTAPI
HeronUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    HeronStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI npi = { NULL, &HeronDispatch };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&HeronMutex);
    status = WskRegister(&npi, &HeronRegistration);
    if (NT_SUCCESS(status)) {
        DriverObject->DriverUnload = HeronUnload;
    }
    return status;
}
